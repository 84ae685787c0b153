"""Everything that is tried under faults. A capability joins with a module in `cases/` and a line here."""

from tests.faults.cases import (
    agency,
    confirmation,
    expiry,
    feedback,
    filing,
    mailer,
    mypage,
    mypage_debit,
    mypage_passwords,
    mypage_profile,
    registration,
    status,
)
from tests.faults.trial import Case

MYPAGE = (*mypage.CASES, *mypage_passwords.CASES, *mypage_profile.CASES, *mypage_debit.CASES)
APPLICATIONS = (*status.CASES, *filing.CASES, *agency.CASES, *expiry.CASES)
CASES: tuple[Case, ...] = (
    *registration.CASES,
    *confirmation.CASES,
    *MYPAGE,
    *APPLICATIONS,
    *mailer.CASES,
    *feedback.CASES,
)
