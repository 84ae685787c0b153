"""What one mail address has had so far: its accounts, and its mails of this hour."""

from dataclasses import dataclass

ACCOUNTS_PER_ADDRESS = 100
MAILS_PER_ADDRESS_AND_HOUR = 20
RESETS_PER_ADDRESS_AND_HOUR = 20


@dataclass(frozen=True)
class AddressLoad:
    """利用者管理用メールアドレス: counts of one address, compared without case and width."""

    accounts: int
    mails_this_hour: int

    @property
    def is_full(self) -> bool:
        """Whether the address holds as many accounts as it may."""
        return self.accounts >= ACCOUNTS_PER_ADDRESS

    @property
    def may_be_mailed(self) -> bool:
        """Whether one more mail fits into this hour."""
        return self.mails_this_hour < MAILS_PER_ADDRESS_AND_HOUR
