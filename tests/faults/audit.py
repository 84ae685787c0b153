"""What holds at the end of every case: nothing is lost, nothing exists twice, and all counts agree."""

from collections import Counter
from collections.abc import Iterable

from chalicelib.capabilities.mypage.usecases_profile import DONE
from chalicelib.capabilities.status.usecases_application import CORRECTED
from chalicelib.domain.debit_accounts import DebitKind
from tests.faults.audit_applications import require_applications
from tests.faults.audit_codes import require_codes
from tests.faults.rows import Found, Rows


def require_order(before: Rows, after: Rows, taken: list[str], unnoted: frozenset[str]) -> None:
    """Hold `after` against everything that can be said without knowing the case.

    `before` may hold counts that were set by hand, so counts are compared by how they grew. `unnoted`: letters that
    the mail service took while our note of it was lost.
    """
    _require_accounts(after)
    _require_counts(before, after)
    _require_debit_counts(before, after)
    _require_letters(after, Counter(taken), unnoted)
    _require_drafts(after)
    require_applications(before, after)
    require_codes(before, after)


def _require_accounts(after: Rows) -> None:
    """An account for each completed registration, and none beside."""
    issued = Counter(row["id_suffix"] for row in after.registrations if row["state"] == "completed")
    existing = Counter(row["id_suffix"] for row in after.accounts)
    assert issued == existing, f"IDs issued {issued}, accounts {existing}"


def _require_counts(before: Rows, after: Rows) -> None:
    """What each address is said to have had is what it has had; one that an account left has one less."""
    accounts = _grown(before.accounts, after.accounts, "address_key")
    letters = len(after.letters) - len(before.letters)
    counted = _counted(after)
    counted.subtract(_counted(before))
    hours = sum(counted.pop(key) for key in list(counted) if "#" in key)
    assert counted == accounts, f"accounts counted {counted}, issued {accounts}"
    assert hours == letters, f"mails counted {hours}, letters posted {letters}"


def _counted(state: Rows) -> Counter[str]:
    return Counter({row["address"]: int(row["used"]) for row in state.address_limits})


def _grown(before: Iterable[Found], after: Iterable[Found], name: str) -> Counter[str]:
    grown = Counter(row[name] for row in after)
    grown.subtract(row[name] for row in before)
    return grown


_HELD = {DebitKind.TREASURY: "treasury_held", DebitKind.LOCAL_TAX: "local_tax_held"}


def _require_debit_counts(before: Rows, after: Rows) -> None:
    """Every account counts the debit accounts that it holds."""
    for kind, name in _HELD.items():
        stored = _held(after, kind)
        stored.subtract(_held(before, kind))
        counted = Counter({row["id_suffix"]: int(row.get(name, 0)) for row in after.accounts})
        counted.subtract({row["id_suffix"]: int(row.get(name, 0)) for row in before.accounts})
        assert counted == stored, f"{kind.name} counted {counted}, stored {stored}"


def _held(state: Rows, kind: DebitKind) -> Counter[str]:
    return Counter(row["id_suffix"] for row in state.debit_accounts if row["debit_account_id"].startswith(kind))


def _require_letters(after: Rows, taken: Counter[str], unnoted: frozenset[str]) -> None:
    """Every letter has left the outbox, and each that is sent was mailed once."""
    for row in after.letters:
        letter_id, state = row["letter_id"], row["state"]
        mails = taken.pop(letter_id, 0)
        assert "open_shard" not in row, f"{letter_id} is {state} and still in the outbox"
        if state == "sent":
            assert mails == 1 + (letter_id in unnoted), f"{letter_id} was mailed {mails} times"
            assert "facts" not in row, f"{letter_id} was sent and still holds its facts"
        elif state == "withheld":
            assert mails == 0, f"{letter_id} was to be withheld"
        else:
            assert state == "parked", f"{letter_id} is {state}"
            assert mails <= (letter_id in unnoted), f"{letter_id} is parked and was mailed {mails} times"
    assert not taken, f"mails without a letter: {taken}"


def _require_drafts(after: Rows) -> None:
    """A draft that was confirmed leads to what came of it."""
    results = {
        "registration": {row["registration_id"] for row in after.registrations},
        "confirmation": {row["id_suffix"] for row in after.accounts},
        "mypage": {DONE, *(row["debit_account_id"] for row in after.debit_accounts)},
        "status": {CORRECTED},
    }
    for row in after.drafts:
        if "outcome" in row:
            assert row["outcome"] in results[row["capability"]], f"a draft leads to nothing: {row['outcome']}"
        assert row["ttl"] == row["expires_at"], "a draft outlives itself"
