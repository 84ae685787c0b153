"""Amazon SES: what is sent under our name, and how its feedback comes back."""

from infra.intrinsics import Node, filled, named, ref

DOMAIN = {"Fn::Select": [1, {"Fn::Split": ["@", ref("MailFrom")]}]}
_FEEDBACK = ["BOUNCE", "COMPLAINT", "DELIVERY", "REJECT"]


def mail_resources() -> dict[str, Node]:
    """The configuration set, its feedback by way of EventBridge's default bus, and on request the identity."""
    return {
        "MailConfiguration": {
            "Type": "AWS::SES::ConfigurationSet",
            "Properties": {
                "Name": named("mail"),
                "DeliveryOptions": {"TlsPolicy": "OPTIONAL"},
                "ReputationOptions": {"ReputationMetricsEnabled": True},
                "SuppressionOptions": {"SuppressedReasons": ["BOUNCE", "COMPLAINT"]},
            },
        },
        "MailFeedback": {
            "Type": "AWS::SES::ConfigurationSetEventDestination",
            "Properties": {
                "ConfigurationSetName": ref("MailConfiguration"),
                "EventDestination": {
                    "Name": "feedback",
                    "Enabled": True,
                    "MatchingEventTypes": _FEEDBACK,
                    "EventBridgeDestination": {
                        "EventBusArn": filled(
                            "arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/default"
                        )
                    },
                },
            },
        },
        "MailIdentity": {
            "Type": "AWS::SES::EmailIdentity",
            "Condition": "CreatesMailIdentity",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": {"EmailIdentity": DOMAIN, "DkimAttributes": {"SigningEnabled": True}},
        },
    }
