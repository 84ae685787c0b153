"""Finishes the template that Chalice wrote: usage: python -m infra.template FROM TO.

Runs in a fresh interpreter whose TABLE_PREFIX is a stand-in: every real name comes from the stack.
"""

import json
import sys
from pathlib import Path

from infra.dashboard import dashboard
from infra.functions import ALL_PATHS, log_groups, parking, shape_functions
from infra.gateway import gateway_resources, shape_api
from infra.intrinsics import Node, attribute, either, filled, ref
from infra.mail import mail_resources
from infra.metrics import metric_filters
from infra.parameters import BASE_URL, CONDITIONS, environment, parameters
from infra.paths import invoke_permissions, lead_paths
from infra.tables import table_resources
from infra.watch import alarms


def finish(template: Node) -> Node:
    """The whole template of the service, from the one of Chalice."""
    resources = {name: made for name, made in template["Resources"].items() if name not in ALL_PATHS}
    definition = resources["RestAPI"]["Properties"]["DefinitionBody"]
    lead_paths(definition, resources)
    shape_functions(resources)
    shape_api(resources["RestAPI"])
    resources.update(
        **invoke_permissions(definition),
        **log_groups(resources),
        **parking(),
        **table_resources(),
        **mail_resources(),
        **gateway_resources(),
        **metric_filters(resources),
        **alarms(resources),
        **dashboard(resources),
    )
    return {
        "AWSTemplateFormatVersion": "2010-09-09",
        "Transform": "AWS::Serverless-2016-10-31",
        "Description": "Madoguchi: one Lambda function per capability behind one API",
        "Parameters": parameters(),
        "Conditions": CONDITIONS,
        "Globals": {"Function": {"Environment": {"Variables": environment()}}},
        "Resources": dict(sorted(resources.items())),
        "Outputs": _outputs(),
    }


def _outputs() -> Node:
    return {
        "PortalURL": {"Description": "The portal", "Value": {"Fn::Join": ["", [BASE_URL, "/"]]}},
        "RestAPIId": {"Description": "The API", "Value": ref("RestAPI")},
        "DomainTarget": {
            "Description": "Where the own domain's alias record points to",
            "Value": either("HasDomain", attribute("Domain", "RegionalDomainName"), "-"),
        },
        "ParkingURL": {"Description": "Queue of events that failed every time", "Value": ref("Parking")},
        "AlarmsTopic": {"Description": "Topic of the alarms", "Value": ref("Alarms")},
        "SecretsPath": {"Description": "Where the keys are kept", "Value": filled("/${AWS::StackName}")},
    }


def main() -> None:
    """Read one template, write the other; the same input gives the same bytes."""
    source, target = map(Path, sys.argv[1:])
    template = finish(json.loads(source.read_text(encoding="utf-8")))
    target.write_text(json.dumps(template, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
