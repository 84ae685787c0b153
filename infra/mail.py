"""Amazon SES: what is sent under our name, and how its feedback comes back."""

from infra.intrinsics import Node, filled, named, ref

DOMAIN = {"Fn::Select": [1, {"Fn::Split": ["@", ref("MailFrom")]}]}
_FEEDBACK = ["BOUNCE", "COMPLAINT", "DELIVERY", "REJECT"]


def mail_resources() -> dict[str, Node]:
    """The configuration set, its feedback by way of EventBridge's default bus, and on request the identity."""
    return {"MailConfiguration": _configuration(), "MailFeedback": _feedback(), "MailIdentity": _identity()}


def _configuration() -> Node:
    return {
        "Type": "AWS::SES::ConfigurationSet",
        "Properties": {
            "Name": named("mail"),
            "DeliveryOptions": {"TlsPolicy": "OPTIONAL"},
            "ReputationOptions": {"ReputationMetricsEnabled": True},
            "SuppressionOptions": {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]},
        },
    }


def _feedback() -> Node:
    bus = "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default"
    return {
        "Type": "AWS::SES::ConfigurationSetEventDestination",
        "Properties": {
            "ConfigurationSetName": ref("MailConfiguration"),
            "EventDestination": {
                "Name": "feedback",
                "Enabled": True,
                "MatchingEventTypes": _FEEDBACK,
                "EventBridgeDestination": {"EventBusArn": filled(bus)},
            },
        },
    }


def _identity() -> Node:
    return {
        "Type": "AWS::SES::EmailIdentity",
        "Condition": "CreatesMailIdentity",
        "DeletionPolicy": "Retain",
        "UpdateReplacePolicy": "Retain",
        "Properties": {"EmailIdentity": DOMAIN, "DkimAttributes": {"SigningEnabled": True}},
    }
