"""利用者情報変更 and the links that confirm addresses, under faults."""

import contextlib
import json

from chalicelib.capabilities.mypage import usecases, usecases_profile
from chalicelib.capabilities.mypage.usecases_profile import ProfileMoved
from chalicelib.domain.accounts import AddressRole
from chalicelib.domain.address_loads import MAILS_PER_ADDRESS_AND_HOUR
from chalicelib.domain.links import AddressLink
from chalicelib.domain.refusals import MailLimitReached, MailLimitSpent
from chalicelib.storage.addresses import AddressRow
from chalicelib.storage.digests import address_digest
from tests.builders import ADDRESS, NEW_ADDRESS, a_letter
from tests.faults import insider
from tests.faults.insider import is_signed_in, kept_form, letters_named, the_account
from tests.faults.rows import Rows
from tests.faults.stage import Stage
from tests.faults.trial import Case, again

NAMES = {"family_kana": "ミホン", "given_kana": "タロウ", "family_name": "見本", "given_name": "太郎"}
NOTIFICATION_ADDRESS = "shirase@example.jp"
BOTH = {"management_email": NEW_ADDRESS, "notification_email": NOTIFICATION_ADDRESS}
MOVED, DONE = "moved", "done"


def _type(stage: Stage, note: str, **values: str) -> None:
    version = str(insider.shown_account(stage).version)
    kept = {**NAMES, "management_email": ADDRESS, "notification_email": "", "version": version, **values}
    insider.type_in(stage, kept, note)


def _typed(stage: Stage) -> None:
    """New names and two new addresses here, another name in another tab."""
    is_signed_in(stage)
    _type(stage, "form", given_name="次郎", **BOTH)
    _type(stage, "of another tab", given_name="三郎")


def _change(stage: Stage, note: str = "form") -> object:
    account = insider.shown_account(stage)
    try:
        return usecases_profile.change_profile(stage.begin, stage.dice, account, kept_form(stage, note), stage.now)
    except ProfileMoved:
        return MOVED


def _another_tab_changes(stage: Stage) -> None:
    _change(stage, "of another tab")


def _is_changed_once(stage: Stage, after: Rows) -> None:
    account = the_account(after)
    assert account["version"] == 2
    assert account["management_email"] == ADDRESS, "nothing changes before the link is opened"
    is_ours = json.loads(account["holder"])["given_name"] == "次郎"
    links = letters_named(after, "address_link")
    assert {row["to"] for row in links} == ({NEW_ADDRESS, NOTIFICATION_ADDRESS} if is_ours else set())
    assert len(links) == (2 if is_ours else 0)
    assert len(letters_named(after, "address_change_asked")) == int(is_ours)


def _in_a_full_hour(stage: Stage) -> None:
    """The new address may have one more mail in this hour."""
    _typed(stage)
    key = address_digest(stage.world.settings.pepper)(NEW_ADDRESS)
    AddressRow(f"{key}#{stage.now:%Y-%m-%dT%H}", used=MAILS_PER_ADDRESS_AND_HOUR - 1).save()


def _somebody_uses_the_last_mail(stage: Stage) -> None:
    with contextlib.suppress(MailLimitReached), stage.begin() as work:
        work.addresses.count_mail(NEW_ADDRESS, stage.now)
        work.letters.post(a_letter(letter_id="of-somebody-else", to=NEW_ADDRESS, posted_at=stage.now, about=None))


def _is_all_or_nothing(stage: Stage, after: Rows) -> None:
    is_changed = the_account(after)["version"] == 2
    assert len(letters_named(after, "address_link")) == (2 if is_changed else 0)


def _asked(stage: Stage) -> None:
    """Both links are mailed."""
    is_signed_in(stage)
    _type(stage, "form", **BOTH)
    _change(stage)
    stage.settle()
    pending = insider.shown_account(stage).pending
    stage.notes["links"] = {role: AddressLink(stage.notes["suffix"], role, pending[role].mark) for role in AddressRole}
    for role in AddressRole:
        insider.submission(stage, role.value)


def _confirm(stage: Stage, role: AddressRole = AddressRole.MANAGEMENT) -> object:
    link, submission_id = stage.notes["links"][role], stage.notes[role.value]
    account = usecases_profile.open_link(stage.begin, link, submission_id, stage.now)
    if account is None:
        return DONE
    credentials, visit = insider.credentials(stage), insider.visit(stage)
    judged = usecases.judge(stage.begin, stage.world.hasher, credentials, visit, lambda _: account)
    assert judged is not None
    usecases_profile.confirm_address(stage.begin, stage.dice, account, link, submission_id, stage.now)
    return DONE


def _the_other_is_confirmed(stage: Stage) -> None:
    _confirm(stage, AddressRole.NOTIFICATION)


def _is_confirmed(stage: Stage, after: Rows) -> None:
    account = the_account(after)
    is_other = account.get("notification_email") == NOTIFICATION_ADDRESS
    assert account["management_email"] == NEW_ADDRESS
    assert len(letters_named(after, "address_changed")) == 1 + is_other
    assert not [row for row in after.address_limits if row["used"] < 0]


CASES = (
    Case(
        "change the profile",
        _typed,
        _change,
        again(_change),
        _is_changed_once,
        rivals=(_change, _another_tab_changes),
    ),
    Case(
        "change addresses with the last mail of the hour",
        _in_a_full_hour,
        _change,
        again(_change, MailLimitSpent),
        _is_all_or_nothing,
        rivals=(_change, _somebody_uses_the_last_mail),
        refusals=(MailLimitSpent,),
    ),
    Case(
        "confirm an address",
        _asked,
        _confirm,
        again(_confirm),
        _is_confirmed,
        rivals=(_confirm, _the_other_is_confirmed),
    ),
)
