"""What business software sends and is told, as JSON."""

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from chalicelib.domain.application_states import State
from chalicelib.domain.charges import PaymentMethod
from chalicelib.domain.passwords import PASSWORD_LIMIT
from chalicelib.domain.procedures import RECORD_FIELDS, Procedure
from chalicelib.forms.application_messages import CURSOR_PATTERN, LARGEST_PAGE, Message, Moment

MOST_AT_ONCE = 25
# More than a file of ours can have: a larger one is kept as 未受付, as every file that is none of ours.
LARGEST_BULK_FILE = 64 * 1024
_LONGEST_TEXT = 500
Text = Annotated[str, Meta(max_length=_LONGEST_TEXT)]
FieldName = Annotated[str, Meta(pattern=f"^({'|'.join(RECORD_FIELDS)})$")]
Secret = Annotated[str, Meta(max_length=PASSWORD_LIMIT * 2)]


class TokenRequest(Message, frozen=True):
    """一括利用者ID and its password."""

    filer_id: Annotated[str, Meta(max_length=40, description="一括利用者ID", examples=["KICA6288"])]
    filer_password: Annotated[Secret, Meta(description="一括利用者パスワード")]


class TokenAnswer(msgspec.Struct, frozen=True):
    """A token for the Authorization header, good for `expires_in` seconds, or until the filer password changes."""

    access_token: str
    expires_in: int
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a kind, not a token


class Filing(Message, frozen=True):
    """申請. Which members a procedure needs, and which it does not know, stands in docs/filing-api.md."""

    procedure: Procedure
    application_password: Annotated[Secret, Meta(description="申請用パスワード")]
    payment_method: PaymentMethod = PaymentMethod.INDIVIDUAL
    bulk_payment_file: Annotated[
        str, Meta(max_length=LARGEST_BULK_FILE, description="まとめ納付管理ファイルの内容（まとめ納付のとき）")
    ] = ""
    notification_email: Annotated[Text, Meta(description="申請状況を知らせるメールアドレス")] = ""
    language: Literal["ja", "en"] = "ja"
    plate_number: Annotated[Text, Meta(description="車両番号", examples=["品川-580-さ-1234"])] = ""
    chassis_number: Annotated[Text, Meta(description="車台番号", examples=["AX01-0000001"])] = ""
    model: Annotated[Text, Meta(description="型式")] = ""
    applicant_name: Annotated[Text, Meta(description="申請者名")] = ""
    user_name: Annotated[Text, Meta(description="使用者名")] = ""
    user_name_extended: Annotated[Text, Meta(description="使用者名（高水準）")] = ""
    owner_name: Annotated[Text, Meta(description="所有者名")] = ""
    owner_name_extended: Annotated[Text, Meta(description="所有者名（高水準）")] = ""
    office: Annotated[Text, Meta(description="申請先の事務所のコード", examples=["TK01"])] = ""
    recording_agent_number: Annotated[Text, Meta(description="記録等事務代行者委託番号")] = ""
    recording_agent_name: Annotated[Text, Meta(description="記録等事務代行者氏名又は名称")] = ""
    receiver_name: Annotated[Text, Meta(description="受取者名")] = ""
    insurance_reference: Annotated[Text, Meta(description="自動車損害賠償責任保険（共済）証明書の番号")] = ""
    compliance_reference: Annotated[Text, Meta(description="保安基準適合証の番号")] = ""
    completion_reference: Annotated[Text, Meta(description="完成検査終了証兼譲渡証明書の番号")] = ""
    plate_reservation_reference: Annotated[Text, Meta(description="希望番号予約済証の番号")] = ""


class Filings(Message, frozen=True):
    """One application, or up to 25 at once; each is dealt with by itself."""

    applications: Annotated[list[Filing], Meta(min_length=1, max_length=MOST_AT_ONCE)]


class FieldError(msgspec.Struct, frozen=True):
    """What is wrong with one member."""

    field: str
    reason: str
    detail: str


class Filed(msgspec.Struct, frozen=True):
    """What became of one application. `not_accepted`: kept as 未受付, so that its reason can be looked up."""

    status: Literal["accepted", "not_accepted", "refused"]
    application_number: str | None = None
    state: State | None = None
    errors: list[FieldError] = []


class FilingsAnswer(msgspec.Struct, frozen=True):
    """What became of each, in the order in which they were sent."""

    results: list[Filed]


class FilerList(Message, frozen=True):
    """Which of the filer's applications."""

    state: State | None = None
    since: Moment | None = None
    cursor: Annotated[str, Meta(pattern=CURSOR_PATTERN)] | None = None
    limit: Annotated[int, Meta(ge=1, le=LARGEST_PAGE)] = 50


class Withdrawal(Message, frozen=True):
    """取り下げ: nothing more is said."""


class CorrectionSent(Message, frozen=True):
    """補正: every field that the office named, and no other."""

    fields: Annotated[dict[FieldName, Text], Meta(min_length=1, max_length=20)]
