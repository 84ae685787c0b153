"""Everything that is tried under faults. A capability joins with a module in `cases/` and a line here."""

from tests.faults.cases import confirmation, feedback, mailer, registration
from tests.faults.trial import Case

CASES: tuple[Case, ...] = (
    *registration.CASES,
    *confirmation.CASES,
    *mailer.CASES,
    *feedback.CASES,
)
