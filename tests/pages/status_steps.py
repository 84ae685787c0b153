"""What people do at the status enquiry, one screen a function."""

from datetime import timedelta
from typing import Any

from chalicelib.domain.application_states import State
from chalicelib.domain.applications import Application
from chalicelib.domain.procedures import Procedure
from tests.application_builders import APPLICATION_PASSWORD, an_application
from tests.pages.portal import OpenPortal
from tests.pages.visitor import Shown, Visitor

NUMBER, LOGIN = "/status", "/status/login"
APPLICATION, WITHDRAWAL = "/status/application", "/status/withdrawal"
CORRECTION, CHECK = "/status/correction", "/status/correction/check"
PASSCODE, PASSCODE_ENTRY = "/status/passcode", "/status/passcode/entry"
WRONG = "wrong password of nobody"
CHASSIS = "BX02-0000002"


def store_application(
    portal: OpenPortal,
    state: State = State.INSPECTION_FEE_DUE,
    procedure: Procedure = Procedure.CONTINUATION,
    **other: Any,
) -> Application:
    """An application in that state, which changed within the last day; `APPLICATION_PASSWORD` opens it."""
    application = an_application(procedure, state, filed_at=portal.clock.now - timedelta(hours=20), **other)
    portal.discretion.tokens.add(application.application_number)
    with portal.world().begin() as work:
        work.applications.add(application)
    return application


def stored(portal: OpenPortal, application: Application) -> Application:
    """The application as it is stored now."""
    with portal.world().begin() as work:
        found = work.applications.find(application.application_number)
    assert found is not None
    return found


def name_application(visitor: Visitor, number: str, *, expect: int = 200) -> Shown:
    """受付番号, to the password."""
    visitor.get(NUMBER)
    return visitor.submit(NUMBER, application_number=number, expect=expect)


def try_to_enter(visitor: Visitor, number: str, password: str = APPLICATION_PASSWORD, *, expect: int = 422) -> Shown:
    """Fill in both pages."""
    name_application(visitor, number)
    return visitor.submit(LOGIN, application_password=password, expect=expect)


def enter(visitor: Visitor, application: Application) -> Shown:
    """To the application."""
    return try_to_enter(visitor, application.application_number, expect=200)


def looking_at(visitor: Visitor, state: State, **other: Any) -> Application:
    """Somebody who was let in to an application in that state."""
    application = store_application(visitor.portal, state, **other)
    enter(visitor, application)
    return application


def ask_passcode(visitor: Visitor, address: str = "taro@example.jp", *, expect: int = 200) -> Shown:
    """「パスコードを送る」."""
    visitor.get(PASSCODE)
    return visitor.submit(PASSCODE, notification_email=address, expect=expect)


def passcode_in_newest_letter(portal: OpenPortal) -> str:
    """The passcode that was mailed last."""
    portal.deliver_letters()
    letter = next(one for one in reversed(portal.sender.sent) if one.name == "application_passcode")
    code = letter.facts["passcode"]
    portal.discretion.passwords.add(code)
    return code
