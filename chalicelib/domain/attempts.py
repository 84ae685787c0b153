"""Wrong passwords in a row, counted before the password is looked at (spec: security.md, rule 7)."""

from enum import StrEnum

WRONG_IN_A_ROW = 5


class Door(StrEnum):
    """Which secret is guessed at; every screen that asks for the same secret shares its count.

    PAYER: 納付利用者パスワード, at the sign-in, the password change and wherever My Page asks for it again.
    FILER: 一括利用者パスワード, where business software asks for a token.
    APPLICATION: 申請用パスワード, at the status enquiry. PASSCODE: the mailed one.
    OFFICER: an officer's password and one-time password, at the counter.
    """

    PAYER = "payer"
    FILER = "filer"
    APPLICATION = "application"
    PASSCODE = "passcode"
    OFFICER = "officer"
