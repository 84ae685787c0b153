"""受取者認証兼受取車両個別申告用二次元コード: one application's own code."""

from datetime import datetime

from chalicelib.domain.application_refusals import ApplicationMoved
from chalicelib.domain.applications import Application
from chalicelib.domain.code_refusals import NotReadyToCollect
from chalicelib.domain.qr_codes import Purpose, QrCode
from chalicelib.ports import Begin, Chance, StoreUnavailable
from chalicelib.verbs.applications import find_application
from chalicelib.verbs.qr_codes import drawn_key, until_free

_TRIES = 3


def issue_single_code(begin: Begin, chance: Chance, application_number: str, now: datetime) -> str:
    """The code's key; asked again, the same. Issuing it changes how the application is collected, for good.

    Raises ApplicationUnknown, NotReadyToCollect.
    """
    for _ in range(_TRIES):
        application = find_application(begin, application_number)
        if not application.is_ready:
            raise NotReadyToCollect
        if application.pickup_code:
            return application.pickup_code
        try:
            return until_free(lambda: _store(begin, chance, application, now))  # noqa: B023 - asked at once
        except ApplicationMoved:
            continue
    raise StoreUnavailable("contention")


def _store(begin: Begin, chance: Chance, application: Application, now: datetime) -> str:
    key = drawn_key(chance, Purpose.SINGLE_VEHICLE)
    code = QrCode(
        lookup_key=key,
        purpose=Purpose.SINGLE_VEHICLE,
        issued_at=now,
        expires_at=None,
        procedure=application.procedure,
        application_number=application.application_number,
    )
    with begin() as work:
        work.applications.change(application, application.with_pickup_code(key))
        work.qr_codes.add(code)
    return key


def single_code(begin: Begin, application_number: str) -> tuple[Application, QrCode]:
    """The application and its code. Raises ApplicationUnknown, NotReadyToCollect when it is not ready or has none."""
    application = find_application(begin, application_number)
    if not application.is_ready or application.pickup_code is None:
        raise NotReadyToCollect
    with begin() as work:
        code = work.qr_codes.find(application.pickup_code)
    if code is None:
        raise NotReadyToCollect
    return application, code
