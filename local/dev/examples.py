"""People who do not exist, registered the way everybody is."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from typing import Any

from chalicelib.capabilities.confirmation import usecases as confirmation
from chalicelib.capabilities.registration import usecases as registration
from chalicelib.domain.accounts import filer_id_of, payer_id_of
from chalicelib.domain.debit_accounts import DebitKind
from chalicelib.domain.drafts import Asked
from chalicelib.domain.holders import Corporation, Holder, Individual, kind_of
from chalicelib.domain.registrations import Registration
from chalicelib.wiring import World
from local.dev.applications import make_api_keys, make_applications, told_offices
from local.dev.circumstances import ask_for_address, ask_for_reset, hold_debit_accounts, lock
from local.dev.counter import make_codes, make_officers, make_receivers


@dataclass(frozen=True)
class Example:
    """An account to be, or, without a suffix, somebody who has not yet followed the link.

    `about`: what it is an example of, for the person at the terminal. `registered_ago`: how long they have had it.
    """

    holder: Holder
    management_email: str
    id_suffix: str = ""
    payer_password: str = ""
    filer_password: str = ""
    notification_email: str | None = None
    language: str = "ja"
    about: str = ""
    registered_ago: timedelta = timedelta(0)


ACCOUNTS = (
    Example(
        Individual(family_kana="ミホン", given_kana="タロウ", family_name="見本", given_name="太郎"),
        "taro.mihon@example.jp",
        "CA6288",
        "akai-ringo-to-aoi-sora",
        "shiroi-kumo-no-ue-made",
        about="個人",
    ),
    Example(
        Corporation(company_kana="ミホンウンソウ", company_name="見本運送株式会社", representative_name="見本　一郎"),
        "office@example.jp",
        "DB1024",
        "midori-no-oka-no-chaya",
        "kiiroi-densha-wa-hayai",
        notification_email="notice.office@example.jp",
        about="法人",
    ),
    Example(
        Individual(family_kana="ミホン", given_kana="ハナコ", family_name="Mihon", given_name="Hanako"),
        "hanako.mihon@example.jp",
        "EC2048",
        "yellow-boats-on-the-lake",
        "seven-quiet-mountains-away",
        language="en",
        about="個人、英語",
    ),
)
EXPIRED = Example(
    Individual(family_kana="ミホン", given_kana="キゲン", family_name="見本", given_name="期限"),
    "kigen.mihon@example.jp",
    "FD3061",
    "rokujuu-nichi-wo-sugita",
    "nagai-fuyu-no-ato-no-haru",
    about="パスワードの有効期限切れ",
    registered_ago=timedelta(days=61),
)
LOCKED = Example(
    Individual(family_kana="ミホン", given_kana="ロック", family_name="見本", given_name="錠"),
    "lock.mihon@example.jp",
    "GE4005",
    "gokai-machigaeta-ato-desu",
    "kagi-wa-mail-de-todoku",
    about="ロック中（パスワード初期化で解除）",
)
LARGE = Example(
    Corporation(company_kana="ミホンリース", company_name="見本リース株式会社", representative_name="見本　二郎"),
    "lease@example.jp",
    "HF2000",
    "nisen-no-kouza-ga-aru",
    "umi-kara-umi-e-hashiru",
    about="国庫金ダイレクト納付口座 2,000件",
)
PENDING = Example(
    Individual(family_kana="ミホン", given_kana="ジロウ", family_name="見本", given_name="次郎"),
    "jiro.mihon@example.jp",
)
_EVERYBODY = (*ACCOUNTS, EXPIRED, LOCKED, LARGE)
_NEW_ADDRESS = "lease.new@example.jp"
Told = dict[str, Any]


def make_examples(world: World) -> Mapping[str, list[Told]]:
    """Register everybody who is not there yet; the answer is what `/dev/examples.json` tells."""
    new = [example for example in _EVERYBODY if not _is_there(world, example)]
    for example in new:
        before = _earlier(world, example.registered_ago)
        _complete(before, example, _register(before, example))
    if LOCKED in new:
        lock(world, LOCKED.id_suffix)
    if LARGE in new:
        hold_debit_accounts(world, LARGE.id_suffix, DebitKind.TREASURY.limit)
    _register(world, PENDING)
    applications = make_applications(world)
    return {
        "accounts": [_told(example) for example in _EVERYBODY],
        "receivers": make_receivers(world),
        "officers": make_officers(world),
        "offices": told_offices(),
        "api_keys": make_api_keys(world),
        "applications": applications,
        "codes": make_codes(world, applications),
        "links": _links(world),
    }


def _links(world: World) -> list[Told]:
    """Mailed links, ready to be opened."""
    reset = ask_for_reset(world, LOCKED.id_suffix, LOCKED.management_email)
    address = ask_for_address(world, LARGE.id_suffix, _NEW_ADDRESS)
    return [
        _told_link("password_reset", LOCKED, reset, "パスワード初期化（30分間）"),
        _told_link("address", LARGE, address, "メールアドレスの確認（24時間）"),
    ]


def _told_link(name: str, example: Example, url: str, about: str) -> Told:
    return {"link": name, "payer_id": payer_id_of(example.id_suffix), "about": about, "url": url}


def _is_there(world: World, example: Example) -> bool:
    with world.begin() as work:
        return work.accounts.find(example.id_suffix) is not None


def _earlier(world: World, ago: timedelta) -> World:
    return replace(world, now=lambda: world.now() - ago)


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
        "about": example.about,
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
