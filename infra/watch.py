"""What an operator is told of: metrics from the log lines, and alarms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from infra.functions import functions_of, log_group_id
from infra.intrinsics import Node, attribute, filled, named, ref
from infra.paths import STAGE


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
OF_TRADE = (
    Counted("RegistrationsStarted", "Registration", _STARTED),
    Counted("RegistrationsCompleted", "Confirmation", _COMPLETED),
)
OF_DOORS = (
    Counted("SignIns", "Mypage", _SIGN_INS % "signed_in"),
    Counted("SignInsRefused", "Mypage", _SIGN_INS % "sign_in_refused"),
    Counted("PasswordsExpired", "Mypage", _SIGN_INS % "password_expired"),
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
COUNTED = (*OF_TRADE, *OF_DOORS, *OF_MAIL)
NAMESPACE = "Madoguchi/${AWS::StackName}"


@dataclass(frozen=True)
class Watched:
    """One metric and when it is too much: at `threshold` or above, `periods` times running for `minutes` each."""

    metric: str
    namespace: str
    threshold: float
    says: str
    dimensions: Mapping[str, Node | str] = field(default_factory=dict)
    statistic: str = "Sum"
    minutes: int = 5
    periods: int = 1


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


def alarms(resources: dict[str, Node]) -> dict[str, Node]:
    """Where alarms go, and all of them."""
    watched = {**_portal(), **_mail(), **_functions(functions_of(resources))}
    return {**_topic(), **{f"{name}Alarm": _alarm(name, one) for name, one in watched.items()}}


def _portal() -> dict[str, Watched]:
    api: dict[str, Node | str] = {"ApiName": named("portal"), "Stage": STAGE}
    return {
        "ServerErrors": Watched("5XXError", "AWS/ApiGateway", 5, "Pages fail: see the log line of the request", api),
        "SlowPages": Watched(
            "Latency", "AWS/ApiGateway", 3000, "One page in twenty takes three seconds or more", api, "p95", 5, 3
        ),
        "SignInsRefused": Watched("SignInsRefused", NAMESPACE, 300, "Somebody guesses passwords, or the sign-in fails"),
    }


def _mail() -> dict[str, Watched]:
    queue: dict[str, Node | str] = {"QueueName": attribute("Parking", "QueueName")}
    mailer: dict[str, Node | str] = {"FunctionName": ref("Mailer")}
    return {
        "MailLate": Watched(
            "IteratorAge", "AWS/Lambda", 300_000, "Letters wait longer than five minutes", mailer, "Maximum"
        ),
        "EventsParked": Watched(
            "ApproximateNumberOfMessagesVisible", "AWS/SQS", 1, "An event failed every time", queue, "Maximum"
        ),
        "LettersParked": Watched("MailsParked", NAMESPACE, 1, "A letter was given up"),
        "LettersParkedBySweep": Watched("MailsParkedBySweep", NAMESPACE, 1, "A letter was given up"),
        "Bounces": Watched(
            "Reputation.BounceRate", "AWS/SES", 0.04, "Near the rate at which SES stops an account", {}, "Average", 60
        ),
        "Complaints": Watched(
            "Reputation.ComplaintRate", "AWS/SES", 0.0008, "Near the rate at which SES stops", {}, "Average", 60
        ),
    }


def _functions(names: Iterable[str]) -> dict[str, Watched]:
    return {
        f"{name}{metric}": Watched(metric, "AWS/Lambda", threshold, says, {"FunctionName": ref(name)})
        for name in names
        for metric, threshold, says in (("Errors", 3, "The function fails"), ("Throttles", 5, "Too many at once"))
    }


def _alarm(name: str, one: Watched) -> Node:
    is_percentile = one.statistic.startswith("p")
    return {
        "Type": "AWS::CloudWatch::Alarm",
        "Properties": {
            "AlarmName": named(name),
            "AlarmDescription": f"{one.says}. What to do: docs/operations.md",
            "Namespace": filled(one.namespace) if "${" in one.namespace else one.namespace,
            "MetricName": one.metric,
            "Dimensions": [{"Name": key, "Value": value} for key, value in one.dimensions.items()],
            "ExtendedStatistic" if is_percentile else "Statistic": one.statistic,
            "Period": one.minutes * 60,
            "EvaluationPeriods": one.periods,
            "Threshold": one.threshold,
            "ComparisonOperator": "GreaterThanOrEqualToThreshold",
            "TreatMissingData": "notBreaching",
            "AlarmActions": [ref("Alarms")],
            "OKActions": [ref("Alarms")],
        },
    }


def _topic() -> dict[str, Node]:
    return {
        "Alarms": {"Type": "AWS::SNS::Topic", "Properties": {"TopicName": named("alarms")}},
        "AlarmReader": {
            "Type": "AWS::SNS::Subscription",
            "Condition": "HasAlarmEmail",
            "Properties": {"TopicArn": ref("Alarms"), "Protocol": "email", "Endpoint": ref("AlarmEmail")},
        },
    }
