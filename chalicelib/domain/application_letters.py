"""What an applicant is written about an application: facts only, never the office's own words or anybody's name."""

from datetime import date, datetime

from chalicelib.domain.application_numbers import procedure_of
from chalicelib.domain.applications import Application, NoticeKind
from chalicelib.domain.letters import Letter, LetterName, LetterState, moment_fact
from chalicelib.domain.passcodes import PASSCODE_LIFETIME, Addressee


def filed_letter(application: Application, letter_id: str) -> Letter | None:
    """That it was received, or not accepted and why; None when there is no address."""
    codes = [reason.text for notice in application.notices for reason in notice.reasons if reason.is_code]
    facts = {**_facts(application), "reasons": ",".join(codes)}
    return _letter(application, letter_id, LetterName.APPLICATION_FILED, facts, application.filed_at)


def changed_letter(before: Application, after: Application, letter_id: str, now: datetime) -> Letter | None:
    """That something happened; None when nothing did that the applicant is told of, or there is no address."""
    changes, notices = after.history[len(before.history) :], after.notices[len(before.notices) :]
    if not changes and not notices:
        return None
    event = changes[-1].event if changes else None
    asked = [notice for notice in notices if notice.kind is NoticeKind.CORRECTION]
    facts = {
        **_facts(after),
        "event": event.value if event else "",
        "reasons_count": str(sum(len(notice.reasons) for notice in asked)),
    }
    return _letter(after, letter_id, LetterName.APPLICATION_CHANGED, facts, now)


def reminder_letter(application: Application, letter_id: str, now: datetime) -> Letter | None:
    """That the deadline is near; None when there is no address."""
    facts = {**_facts(application), "days_left": str(application.days_left(now) or 0)}
    return _letter(application, letter_id, LetterName.APPLICATION_REMINDER, facts, now)


def passcode_letter(
    number: str, passcode: str, addressee: Addressee | None, letter_id: str, language: str, now: datetime
) -> Letter:
    """ワンタイムパスコード; withheld when there is nobody to write to."""
    name = LetterName.APPLICATION_PASSCODE
    if addressee is None:
        return Letter(letter_id, name, "", language, now, state=LetterState.WITHHELD)
    facts = {
        "application_number": number,
        "procedure": procedure_of(number).value,
        "passcode": passcode,
        "expires_at": moment_fact(now + PASSCODE_LIFETIME),
    }
    return Letter(letter_id, name, addressee.address, addressee.language, now, facts)


def _letter(
    application: Application, letter_id: str, name: LetterName, facts: dict[str, str], now: datetime
) -> Letter | None:
    to = application.notification_email
    return Letter(letter_id, name, to, application.language, now, facts) if to else None


def _facts(application: Application) -> dict[str, str]:
    charge = application.open_charge
    return {
        "application_number": application.application_number,
        "procedure": application.procedure.value,
        "state": application.state.value,
        "due_on": _day_fact(application.due_on),
        "amount": str(charge.amount) if charge else "",
    }


def _day_fact(day: date | None) -> str:
    return day.isoformat() if day else ""
