"""What is counted: metrics from the log lines."""

from dataclasses import dataclass

from infra.functions import functions_of, log_group_id
from infra.intrinsics import Node, filled, ref


@dataclass(frozen=True)
class Counted:
    """A count taken from the log lines of one function: `value` per line that `pattern` finds."""

    metric: str
    function: str
    pattern: str
    value: str = "1"


def _per_job(metric: str, function: str, outcome: str) -> Counted:
    return Counted(metric, function, f'{{ $.event = "job" && $.{outcome} > 0 }}', f"$.{outcome}")


_STARTED = '{ $.function = "post_check" && ($.outcome = "letter_posted" || $.outcome = "letter_dropped") }'
_COMPLETED = '{ $.function = "post_check" && $.outcome = "registration_completed" }'
_SIGN_INS = '{ $.function = "post_sign_in" && $.outcome = "%s" }'
_ENQUIRIES = '{ $.outcome = "%s" }'
_TOKENS_REFUSED = '{ $.function = "ask_token" && $.outcome = "credentials_wrong" }'
# One request files up to 25 applications.
_FILING_REQUESTS = '{ $.function = "file_applications" && $.status = 200 }'
_OFFICE_EVENTS = '{ $.function = "tell_event" && $.outcome = "event_taken" }'
_OFFICE_EVENTS_REFUSED = '{ $.function = "tell_event" && $.status >= 400 }'
_CODES = '{ $.function = "%s" && $.outcome = "code_issued" }'
_SCANS_REFUSED = '{ $.function = "post_scan" && ($.outcome = "forged" || $.outcome = "credential_wrong") }'
# One hand-over takes up to 20 applications.
_HAND_OVERS = '{ $.function = "post_hand_over" && $.outcome = "handed_over" }'
OF_TRADE = (
    Counted("RegistrationsStarted", "Registration", _STARTED),
    Counted("RegistrationsCompleted", "Confirmation", _COMPLETED),
)
OF_DOORS = (
    Counted("SignIns", "Mypage", _SIGN_INS % "signed_in"),
    Counted("SignInsRefused", "Mypage", _SIGN_INS % "sign_in_refused"),
    Counted("PasswordsExpired", "Mypage", _SIGN_INS % "password_expired"),
    Counted("Enquiries", "Status", _ENQUIRIES % "signed_in"),
    Counted("EnquiriesRefused", "Status", _ENQUIRIES % "sign_in_refused"),
    Counted("TokensRefused", "Filing", _TOKENS_REFUSED),
    Counted("CounterSignIns", "Counter", _SIGN_INS % "signed_in"),
    Counted("CounterSignInsRefused", "Counter", _SIGN_INS % "sign_in_refused"),
)
OF_APPLICATIONS = (
    Counted("FilingRequests", "Filing", _FILING_REQUESTS),
    Counted("OfficeEvents", "Agency", _OFFICE_EVENTS),
    Counted("OfficeEventsRefused", "Agency", _OFFICE_EVENTS_REFUSED),
    _per_job("ApplicantsReminded", "Expiry", "reminded"),
    _per_job("ApplicationsVoided", "Expiry", "voided"),
    _per_job("ApplicationsRejected", "Expiry", "rejected"),
    _per_job("ExpiriesFailed", "Expiry", "failed"),
)
OF_CODES = (
    Counted("CodesIssued", "Qrcodes", _CODES % "post_entry"),
    Counted("SingleCodesIssued", "Status", _CODES % "issue_code"),
    Counted("ScansRefused", "Counter", _SCANS_REFUSED),
    Counted("HandOvers", "Counter", _HAND_OVERS),
)
OF_MAIL = (
    _per_job("MailsSent", "Mailer", "sent"),
    _per_job("MailsSentBySweep", "Sweep", "sent"),
    _per_job("MailsPostponed", "Mailer", "postponed"),
    _per_job("MailsParked", "Mailer", "parked"),
    _per_job("MailsParkedBySweep", "Sweep", "parked"),
    _per_job("MailsDelivered", "Feedback", "delivered"),
    _per_job("MailsDeferred", "Feedback", "deferred"),
    _per_job("MailsBounced", "Feedback", "bounced"),
    _per_job("MailsComplained", "Feedback", "complained"),
)
COUNTED = (*OF_TRADE, *OF_DOORS, *OF_APPLICATIONS, *OF_CODES, *OF_MAIL)
NAMESPACE = "Madoguchi/${AWS::StackName}"


def metric_filters(resources: dict[str, Node]) -> dict[str, Node]:
    """The counts of the trade, taken from the log lines; a filter says nothing about anybody."""
    present = functions_of(resources)
    return {f"{one.metric}Count": _filter(one) for one in COUNTED if one.function in present}


def _filter(one: Counted) -> Node:
    counted = {"MetricNamespace": filled(NAMESPACE), "MetricName": one.metric, "MetricValue": one.value}
    return {
        "Type": "AWS::Logs::MetricFilter",
        "Properties": {
            "LogGroupName": ref(log_group_id(one.function)),
            "FilterPattern": one.pattern,
            "MetricTransformations": [{**counted, "DefaultValue": 0}],
        },
    }
