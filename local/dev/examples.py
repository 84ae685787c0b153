"""People who do not exist, registered the way everybody is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from chalicelib.capabilities.confirmation import usecases as confirmation
from chalicelib.capabilities.registration import usecases as registration
from chalicelib.domain.accounts import filer_id_of, payer_id_of
from chalicelib.domain.drafts import Asked
from chalicelib.domain.holders import Corporation, Holder, Individual, kind_of
from chalicelib.domain.registrations import Registration
from chalicelib.wiring import World


@dataclass(frozen=True)
class Example:
    """An account to be, or, without a suffix, somebody who has not yet followed the link."""

    holder: Holder
    management_email: str
    id_suffix: str = ""
    payer_password: str = ""
    filer_password: str = ""
    notification_email: str | None = None
    language: str = "ja"


ACCOUNTS = (
    Example(
        Individual(family_kana="ミホン", given_kana="タロウ", family_name="見本", given_name="太郎"),
        "taro.mihon@example.jp",
        "CA6288",
        "akai-ringo-to-aoi-sora",
        "shiroi-kumo-no-ue-made",
    ),
    Example(
        Corporation(company_kana="ミホンウンソウ", company_name="見本運送株式会社", representative_name="見本　一郎"),
        "office@example.jp",
        "DB1024",
        "midori-no-oka-no-chaya",
        "kiiroi-densha-wa-hayai",
        notification_email="notice.office@example.jp",
    ),
    Example(
        Individual(family_kana="ミホン", given_kana="ハナコ", family_name="Mihon", given_name="Hanako"),
        "hanako.mihon@example.jp",
        "EC2048",
        "yellow-boats-on-the-lake",
        "seven-quiet-mountains-away",
        language="en",
    ),
)
PENDING = Example(
    Individual(family_kana="ミホン", given_kana="ジロウ", family_name="見本", given_name="次郎"),
    "jiro.mihon@example.jp",
)
_NOT_YET = ("receivers", "officers", "offices", "api_keys", "applications")


def make_examples(world: World) -> Mapping[str, list[dict[str, Any]]]:
    """Register everybody who is not there yet; the answer is what `/dev/examples.json` tells."""
    for example in ACCOUNTS:
        with world.begin() as work:
            is_there = work.accounts.find(example.id_suffix) is not None
        if not is_there:
            _complete(world, example, _register(world, example))
    _register(world, PENDING)
    return {"accounts": [_told(example) for example in ACCOUNTS], **{name: [] for name in _NOT_YET}}


def _register(world: World, example: Example) -> Registration:
    now = world.now()
    draft_name = registration.accept_terms(world.begin, world, None, now)
    with world.begin() as work:
        draft = work.drafts.find(draft_name, now)
    values = {"email": example.management_email, "email_confirmation": example.management_email, **_names(example)}
    submission_id = world.new_token()
    registration.keep_entry(world.begin, draft, values, submission_id, now)
    asked = Asked(draft_name, submission_id, example.language)
    registration.register(world.begin, world, asked, now)
    return registration.find_sent(world.begin, draft_name, now)


def _complete(world: World, example: Example, registered: Registration) -> None:
    now = world.now()
    secrets = {"payer_password": example.payer_password, "filer_password": example.filer_password}
    values = {"notification_email": example.notification_email or ""}
    values = confirmation.hashed(world.hasher, values, secrets)
    draft = confirmation.keep_details(world.begin, world, None, registered, values, now)
    asked = Asked(draft.name, draft.submission_id or "", example.language)
    chance = replace(world, new_id_suffix=lambda: example.id_suffix)
    confirmation.complete_registration(world.begin, chance, asked, now)


def _names(example: Example) -> dict[str, str]:
    return {"kind": kind_of(example.holder).value, **asdict(example.holder)}


def _told(example: Example) -> dict[str, Any]:
    return {
        "payer_id": payer_id_of(example.id_suffix),
        "filer_id": filer_id_of(example.id_suffix),
        "id_suffix": example.id_suffix,
        "payer_password": example.payer_password,
        "filer_password": example.filer_password,
        "management_email": example.management_email,
        "notification_email": example.notification_email,
        "language": example.language,
        **_names(example),
    }
