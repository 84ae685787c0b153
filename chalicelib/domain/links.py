"""What mailed links of My Page carry, apart from their signature."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from chalicelib.domain.accounts import Account, AddressRole
from chalicelib.domain.addresses import comparison_key
from chalicelib.domain.letters import moment_fact
from chalicelib.domain.refusals import AddressLinkDead, AddressLinkExpired, ResetLinkDead, ResetLinkExpired

RESET_LINK_LIFETIME = timedelta(minutes=30)


def address_mark(address: str) -> str:
    """Stands for an address in a link, so that the link dies with it: 64 bits, in hexadecimal."""
    return hashlib.sha256(comparison_key(address).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class ResetLink:
    """パスワード初期化用URL: good for the password and the address that the account had when it was asked for."""

    id_suffix: str
    epoch: int
    address_mark: str
    asked_at: datetime

    def require_open(self, account: Account | None, now: datetime) -> Account:
        """The account whose password it may set. Raises ResetLinkExpired, ResetLinkDead."""
        if now >= self.asked_at + RESET_LINK_LIFETIME:
            raise ResetLinkExpired
        if account is None or account.epoch != self.epoch:
            raise ResetLinkDead
        if address_mark(account.management_email) != self.address_mark:
            raise ResetLinkDead
        return account

    def facts(self) -> dict[str, str]:
        """What a letter needs to make the link when it is sent."""
        return {
            "id_suffix": self.id_suffix,
            "epoch": str(self.epoch),
            "address_mark": self.address_mark,
            "asked_at": moment_fact(self.asked_at),
            "expires_at": moment_fact(self.asked_at + RESET_LINK_LIFETIME),
        }


def reset_link_in(facts: Mapping[str, str]) -> ResetLink:
    """The link in a letter's facts."""
    asked_at = datetime.fromisoformat(facts["asked_at"])
    return ResetLink(facts["id_suffix"], int(facts["epoch"]), facts["address_mark"], asked_at)


@dataclass(frozen=True)
class AddressLink:
    """メールアドレス確認用URL: good for the newest address that was asked for in that role."""

    id_suffix: str
    role: AddressRole
    mark: str

    def require_open(self, account: Account | None, now: datetime) -> Account:
        """The account whose address it may confirm. Raises AddressLinkExpired, AddressLinkDead."""
        pending = account.pending.get(self.role) if account else None
        if account is None or pending is None or pending.mark != self.mark:
            raise AddressLinkDead
        if now >= pending.expires_at:
            raise AddressLinkExpired
        return account

    def facts(self) -> dict[str, str]:
        """What a letter needs to make the link when it is sent."""
        return {"id_suffix": self.id_suffix, "role": self.role.value, "link_mark": self.mark}


def address_link_in(facts: Mapping[str, str]) -> AddressLink:
    """The link in a letter's facts."""
    return AddressLink(facts["id_suffix"], AddressRole(facts["role"]), facts["link_mark"])
