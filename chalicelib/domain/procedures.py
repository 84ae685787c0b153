"""手続種別: what can be applied for. A new procedure is one entry in `PROCEDURES`, its texts and its example data."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType


class Procedure(StrEnum):
    """手続種別."""

    CONTINUATION = "continuation"
    NEW_VEHICLE = "new_vehicle"


class Attachment(StrEnum):
    """添付書類, obtained from the systems of those who issue them.

    自動車損害賠償責任保険（共済）証明書, 保安基準適合証, 完成検査終了証兼譲渡証明書, 希望番号予約済証.
    """

    INSURANCE = "insurance"
    COMPLIANCE = "compliance"
    COMPLETION = "completion"
    PLATE_RESERVATION = "plate_reservation"

    @property
    def reference(self) -> str:
        """The field of the record that says where it can be obtained."""
        return f"{self.value}_reference"


class AttachmentState(StrEnum):
    """添付書類取得状況: 取得済, 未取得, 不要."""

    OBTAINED = "obtained"
    NOT_OBTAINED = "not_obtained"
    NOT_REQUIRED = "not_required"


class Step(StrEnum):
    """手続進捗状況: 手続準備, 軽自動車検査協会事務所等への手続, 軽自動車税申告窓口への手続, 返付, 交付."""

    PREPARATION = "preparation"
    INSPECTION_OFFICE = "inspection_office"
    TAX_OFFICE = "tax_office"
    RETURN = "return"
    ISSUE = "issue"


@dataclass(frozen=True)
class Rules:
    """What one procedure asks for. `number_digit`: the 13th digit of its application numbers.

    `required` and `optional` name fields of `Record`, in the order in which people are asked for them.
    """

    number_digit: str
    required: tuple[str, ...]
    optional: tuple[str, ...]
    attachments: tuple[Attachment, ...]
    steps: tuple[Step, ...]

    @property
    def fields(self) -> tuple[str, ...]:
        """Every field of a record of this procedure."""
        return self.required + self.optional

    def is_required(self, attachment: Attachment) -> bool:
        """Whether nothing goes on without it."""
        return attachment.reference in self.required


_RECORDING_AGENT = ("recording_agent_number", "recording_agent_name")

PROCEDURES: Mapping[Procedure, Rules] = MappingProxyType(
    {
        Procedure.CONTINUATION: Rules(
            number_digit="1",
            required=(
                "plate_number",
                "chassis_number",
                "applicant_name",
                "user_name",
                "office",
                Attachment.INSURANCE.reference,
                Attachment.COMPLIANCE.reference,
            ),
            optional=(*_RECORDING_AGENT, "receiver_name"),
            attachments=(Attachment.INSURANCE, Attachment.COMPLIANCE),
            steps=(Step.PREPARATION, Step.INSPECTION_OFFICE, Step.RETURN),
        ),
        Procedure.NEW_VEHICLE: Rules(
            number_digit="2",
            required=(
                "chassis_number",
                "model",
                "applicant_name",
                "user_name",
                "owner_name",
                "office",
                Attachment.COMPLETION.reference,
                Attachment.INSURANCE.reference,
            ),
            optional=(
                "user_name_extended",
                "owner_name_extended",
                *_RECORDING_AGENT,
                "receiver_name",
                Attachment.PLATE_RESERVATION.reference,
            ),
            attachments=(Attachment.COMPLETION, Attachment.INSURANCE, Attachment.PLATE_RESERVATION),
            steps=(Step.PREPARATION, Step.INSPECTION_OFFICE, Step.TAX_OFFICE, Step.ISSUE),
        ),
    }
)


@dataclass(frozen=True)
class Record:
    """申請内容: what was applied for, as it is shown; "" where the procedure or the applicant has nothing to say.

    `office` is an office's code, `plate_number` as in `plates.PlateNumber.text`; `…_extended` are the spellings in
    高水準文字.
    """

    plate_number: str = ""
    chassis_number: str = ""
    model: str = ""
    applicant_name: str = ""
    user_name: str = ""
    user_name_extended: str = ""
    owner_name: str = ""
    owner_name_extended: str = ""
    office: str = ""
    recording_agent_number: str = ""
    recording_agent_name: str = ""
    receiver_name: str = ""
    insurance_reference: str = ""
    compliance_reference: str = ""
    completion_reference: str = ""
    plate_reservation_reference: str = ""


RECORD_FIELDS = tuple(vars(Record()))
# What no office may ask to be corrected: another office would have to begin anew.
_FIXED = frozenset({"office"})


def correctable_fields(procedure: Procedure) -> tuple[str, ...]:
    """The fields that a correction (補正) can be about."""
    return tuple(name for name in PROCEDURES[procedure].fields if name not in _FIXED)


def attachments_at_start(procedure: Procedure, record: Record) -> dict[Attachment, AttachmentState]:
    """添付書類取得状況 of a new application: 不要 for what it neither needs nor names."""
    rules = PROCEDURES[procedure]
    return {
        one: AttachmentState.NOT_OBTAINED
        if rules.is_required(one) or getattr(record, one.reference)
        else AttachmentState.NOT_REQUIRED
        for one in rules.attachments
    }
