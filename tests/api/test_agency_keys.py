"""What each key of an office may do."""

from typing import Any

import pytest

from chalicelib.domain.api_keys import Scope
from chalicelib.domain.attempts import Door
from chalicelib.domain.refusals import AttemptsSpent
from tests.api.program import Program
from tests.api.steps import AT_OFFICES, filed, issue_key, look, tell, today

_REASONS = [{"text": "申請の内容が要件を満たしていません。"}]


def test_the_helpdesk_opens_a_locked_password(filer: Program, helpdesk: Program) -> None:
    number = filed(filer)
    begin = helpdesk.portal.world().begin
    for _ in range(5):
        with begin() as work:
            work.attempts.reserve(Door.APPLICATION, number)
    with pytest.raises(AttemptsSpent), begin() as work:
        work.attempts.reserve(Door.APPLICATION, number)
    assert tell(helpdesk, number, "unlocked").said["state"] == "inspection_fee_due"
    with begin() as work:
        work.attempts.reserve(Door.APPLICATION, number)


def test_the_helpdesk_looks_at_every_office_and_moves_nothing(filer: Program, helpdesk: Program) -> None:
    number = filed(filer, office="OS01")
    look(helpdesk, number)
    assert tell(helpdesk, number, "voided", reasons=_REASONS, expect=403).code == "forbidden_scope"


@pytest.mark.parametrize(
    ("scope", "kind"),
    [(Scope.READ, "voided"), (Scope.PAYMENTS, "voided"), (Scope.WRITE, "payment_reported"), (Scope.WRITE, "unlocked")],
)
def test_a_key_tells_only_what_its_scopes_allow(filer: Program, scope: Scope, kind: str) -> None:
    number = filed(filer)
    program = issue_key(filer.portal, "TK01", [scope])
    facts: dict[str, dict[str, Any]] = {
        "voided": {"reasons": _REASONS},
        "payment_reported": {"kind": "inspection_fee", "amount": 1_500, "paid_on": today(filer.portal)},
        "unlocked": {},
    }
    assert tell(program, number, kind, **facts[kind], expect=403).code == "forbidden_scope"
    assert look(filer, number).said["state"] == "inspection_fee_due"


def test_without_the_scope_to_read_nothing_is_shown(filer: Program) -> None:
    number = filed(filer)
    program = issue_key(filer.portal, "TK01", [Scope.WRITE])
    assert look(program, number, expect=403).code == "forbidden_scope"
    assert program.get(AT_OFFICES, state="void", expect=403).code == "forbidden_scope"
    tell(program, number, "voided", reasons=_REASONS)
