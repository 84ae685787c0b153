"""What officers send."""

from wtforms.form import BaseForm

from chalicelib.forms.base import Form
from chalicelib.forms.fields import AsciiField, ConsentField
from chalicelib.forms.problems import Problem
from chalicelib.forms.secret_fields import SecretField

SCANNED_LIMIT = 500


class OfficerIdField(AsciiField):
    """職員ID, also in lower case and full width."""

    def converted(self, text: str) -> str:
        """Half-width capitals."""
        return super().converted(text).upper()


class OneTimePasswordField(AsciiField):
    """認証アプリの6桁の数字."""

    inputmode = "numeric"
    limit = 20


class CounterSignInForm(Form):
    """窓口ログイン."""

    officer_id = OfficerIdField(autocomplete="username")
    officer_password = SecretField()
    one_time_password = OneTimePasswordField(autocomplete="one-time-code")


class ScannedField(AsciiField):
    """What a scanner typed, or a person: capitals and digits."""

    def converted(self, text: str) -> str:
        """Half-width capitals without hyphens; of anything longer than a code, its beginning."""
        return super().converted(text[:SCANNED_LIMIT]).upper().replace("-", "")

    def problem(self, form: BaseForm) -> Problem | None:  # noqa: ARG002
        """Nothing at all. Whatever else a scanner reads, such as a visiting card, has a verdict."""
        return None if self.typed else Problem("required")


class ScanForm(Form):
    """読み取り."""

    scanned = ScannedField()


class ApprovalForm(Form):
    """The papers were seen."""

    papers_seen = ConsentField()
