"""What an operator is told of: alarms."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from infra.functions import functions_of
from infra.intrinsics import Node, attribute, filled, named, ref
from infra.metrics import NAMESPACE
from infra.paths import STAGE


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


def alarms(resources: dict[str, Node]) -> dict[str, Node]:
    """Where alarms go, and all of them."""
    watched = {**_portal(), **_applications(), **_mail(), **_functions(functions_of(resources))}
    return {**_topic(), **{f"{name}Alarm": _alarm(name, one) for name, one in watched.items()}}


def _portal() -> dict[str, Watched]:
    api: dict[str, Node | str] = {"ApiName": named("portal"), "Stage": STAGE}
    return {
        "ServerErrors": Watched("5XXError", "AWS/ApiGateway", 5, "Pages fail: see the log line of the request", api),
        "SlowPages": Watched(
            "Latency", "AWS/ApiGateway", 3000, "One page in twenty takes three seconds or more", api, "p95", 5, 3
        ),
        "SignInsRefused": Watched("SignInsRefused", NAMESPACE, 300, "Somebody guesses passwords, or the sign-in fails"),
        "EnquiriesRefused": Watched("EnquiriesRefused", NAMESPACE, 300, "Somebody guesses, or the enquiry fails"),
        "TokensRefused": Watched("TokensRefused", NAMESPACE, 100, "Somebody guesses, or asking for tokens fails"),
        "CounterSignInsRefused": Watched(
            "CounterSignInsRefused", NAMESPACE, 20, "Somebody guesses at officers, or the sign-in of counters fails"
        ),
    }


def _applications() -> dict[str, Watched]:
    return {
        "ExpiriesFailed": Watched("ExpiriesFailed", NAMESPACE, 1, "A deadline could not be dealt with"),
        "OfficeEventsRefused": Watched(
            "OfficeEventsRefused", NAMESPACE, 50, "An office's system tells what cannot be taken", {}, "Sum", 60
        ),
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
