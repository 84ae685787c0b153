"""Somebody with an account, and what My Page's screens read before they act."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from chalicelib.capabilities.mypage import usecases
from chalicelib.capabilities.mypage.usecases import Credentials, PasswordExpired, Visit
from chalicelib.domain.accounts import Account
from chalicelib.domain.drafts import Draft, new_draft
from chalicelib.domain.sessions import Session
from chalicelib.domain.sign_ins import Origin
from tests.faults.rows import Found, Rows
from tests.faults.stage import Stage
from tests.steps import PASSWORDS

LIFETIME = timedelta(days=60)
FORM_LIFETIME = timedelta(hours=2)
PASSWORD = PASSWORDS["payer_password"]
WRONG = "wrong password of nobody"
BROWSER = f"browser-{1:024d}"
OTHER_BROWSER = f"browser-{2:024d}"


def has_account(stage: Stage) -> None:
    """Registered, and the mails are out."""
    stage.notes["suffix"] = stage.desk.completed(stage.now)
    stage.settle()


def is_signed_in(stage: Stage) -> None:
    """In My Page."""
    has_account(stage)
    enter(stage)
    stage.settle()


def visit(stage: Stage, browser: str = BROWSER) -> Visit:
    """A request of this browser."""
    return Visit(Origin("203.0.113.x", "Firefox", "Windows"), browser, stage.now, stage.notes.get("session"))


def credentials(stage: Stage, password: str = PASSWORD) -> Credentials:
    """What is typed beside 納付利用者ID."""
    return Credentials(stage.notes["suffix"], password)


def enter(stage: Stage, password: str = PASSWORD, browser: str = BROWSER) -> Session | PasswordExpired | None:
    """マイページログイン; a browser that gets a session keeps it."""
    led_to = usecases.sign_in(
        stage.begin, stage.dice, stage.world.hasher, credentials(stage, password), visit(stage, browser), LIFETIME
    )
    if isinstance(led_to, Session):
        stage.notes["session"] = led_to.name
    return led_to


def found_session(stage: Stage) -> tuple[Session, Account] | None:
    """The session of this browser, and its account."""
    with stage.begin() as work:
        return work.sessions.find(stage.notes["session"], stage.notes["suffix"])


def is_let_in(stage: Stage) -> bool:
    """Whether this browser's session counts."""
    found = found_session(stage)
    return found is not None and found[0].is_alive(found[1].epoch, stage.now, stage.now)


def shown_account(stage: Stage) -> Account:
    """What every page of somebody signed in reads first."""
    found = found_session(stage)
    assert found is not None, "the session is gone"
    return found[1]


def type_in(stage: Stage, values: Mapping[str, str], note: str = "form") -> None:
    """Send a form without a mistake: what its check page shows is kept under a name of its own."""
    name = stage.notes[note] = stage.dice.new_token()
    fresh = new_draft(name, "mypage", stage.now, values, FORM_LIFETIME)
    with stage.begin() as work:
        work.drafts.keep(replace(fresh, submission_id=stage.dice.new_token()))


def kept_form(stage: Stage, note: str = "form") -> Draft:
    """What the check page confirms."""
    with stage.begin() as work:
        return work.drafts.find(stage.notes[note], stage.now)


def submission(stage: Stage, note: str = "submission") -> None:
    """Open a page whose form has no check page: the form's name is drawn with it."""
    stage.notes[note] = stage.dice.new_token()


def the_account(after: Rows) -> Found:
    """The only one."""
    (account,) = after.accounts
    return account


def tries(after: Rows) -> int:
    """Wrong passwords in a row, as they are counted."""
    return sum(int(row["tries"]) for row in after.attempts)


def letters_named(after: Rows, name: str) -> list[Found]:
    """Letters of one kind."""
    return [row for row in after.letters if row["name"] == name]
