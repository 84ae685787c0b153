"""Keys of the agency API: what they may do, and how they end."""

from datetime import timedelta

from chalicelib.domain.api_keys import HELPDESK, ApiKey, Scope
from chalicelib.domain.offices import OFFICES
from tests.builders import NOW


def _a_key(office: str = "TK01") -> ApiKey:
    return ApiKey("key-1", "digest", office, frozenset({Scope.READ}), NOW)


def test_a_revoked_key_stays_revoked_since_the_first_time() -> None:
    revoked = _a_key().revoked(NOW)
    assert (_a_key().is_revoked, revoked.is_revoked) == (False, True)
    assert revoked.revoked(NOW + timedelta(days=1)) == revoked
    assert revoked.revoked_at == NOW


def test_only_the_helpdesk_serves_every_office() -> None:
    assert _a_key(HELPDESK).serves_all_offices
    assert not any(_a_key(office).serves_all_offices for office in OFFICES)


def test_scopes_are_written_as_what_and_what_for() -> None:
    assert all(scope.value.count(":") == 1 for scope in Scope)
