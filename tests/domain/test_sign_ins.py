"""ログイン履歴: how long it is kept."""

from datetime import timedelta

from chalicelib.domain.sign_ins import BROWSER_KEPT, SIGN_INS_KEPT
from tests.builders import NOW, a_sign_in


def test_a_try_is_kept_ninety_days_and_a_browser_a_year() -> None:
    assert a_sign_in().kept_until == NOW + timedelta(days=90)
    assert (timedelta(days=90), timedelta(days=365)) == (SIGN_INS_KEPT, BROWSER_KEPT)
