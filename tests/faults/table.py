"""Everything that is tried under faults. A capability joins with a module in `cases/` and a line here."""

from tests.faults.cases import (
    agency,
    confirmation,
    counter,
    expiry,
    feedback,
    filing,
    mailer,
    mypage,
    mypage_debit,
    mypage_passwords,
    mypage_profile,
    qrcodes,
    registration,
    status,
    status_code,
)
from tests.faults.trial import Case

MYPAGE = (*mypage.CASES, *mypage_passwords.CASES, *mypage_profile.CASES, *mypage_debit.CASES)
APPLICATIONS = (*status.CASES, *filing.CASES, *agency.CASES, *expiry.CASES)
CODES = (*qrcodes.CASES, *status_code.CASES, *counter.CASES)
CASES: tuple[Case, ...] = (
    *registration.CASES,
    *confirmation.CASES,
    *MYPAGE,
    *APPLICATIONS,
    *CODES,
    *mailer.CASES,
    *feedback.CASES,
)
