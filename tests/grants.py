"""What each function may do, read from its policy; and what a call to AWS asks for, in the same words.

A right is an action and where: a table by its noun, an index as `letters/index/open`, everything else as its policy
has it.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from chalicelib.storage.tables import TABLES
from infra.tables import noun_of, table_id

POLICIES = Path(__file__).parent.parent / ".chalice"
Right = tuple[str, str]
_IN_TRANSACTION = {
    "Put": "dynamodb:PutItem",
    "Update": "dynamodb:UpdateItem",
    "Delete": "dynamodb:DeleteItem",
    "ConditionCheck": "dynamodb:ConditionCheckItem",
    "Get": "dynamodb:GetItem",
}
_NOUNS = {f"{table_id(model)}.Arn": noun_of(model) for model in TABLES}
_TABLES = {model.Meta.table_name: noun_of(model) for model in TABLES}


def granted(function: str) -> frozenset[Right]:
    """The rights in the policy of a function."""
    policy = json.loads((POLICIES / f"policy-{function}.json").read_text(encoding="utf-8"))
    return frozenset(
        (action, _place(resource))
        for statement in policy["Statement"]
        for action in statement["Action"]
        for resource in statement["Resource"]
    )


def _place(resource: Mapping[str, Any]) -> str:
    if "Fn::GetAtt" in resource:
        name = ".".join(resource["Fn::GetAtt"])
        return _NOUNS.get(name, name)
    filled = resource["Fn::Sub"]
    text = str(filled if isinstance(filled, str) else filled[0])
    for name, noun in _NOUNS.items():
        text = text.replace(f"${{{name}}}", noun)
    return text


def needed(service: str, operation: str, params: Mapping[str, Any]) -> Iterator[Right]:
    """The rights that one call asks for (AWS, Service Authorization Reference)."""
    if service == "dynamodb":
        yield from _needed_of_store(operation, params)
    elif service == "sesv2" and operation == "SendEmail":
        yield from ((action, place) for action in _SENDING for place in _SENDING_PLACES)
    else:
        yield f"{service}:{operation}", str(params.get("Path", ""))


# A raw message is judged as SendRawEmail, whichever version of the API sends it.
_SENDING = ("ses:SendEmail", "ses:SendRawEmail")
_SES = "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:"
_SENDING_PLACES = (f"{_SES}identity/${{Domain}}", f"{_SES}configuration-set/${{MailConfiguration}}")


def _needed_of_store(operation: str, params: Mapping[str, Any]) -> Iterator[Right]:
    if "TransactItems" in params:
        for item in params["TransactItems"]:
            ((kind, what),) = item.items()
            yield _IN_TRANSACTION[kind], _TABLES[what["TableName"]]
    elif "RequestItems" in params:
        yield from ((f"dynamodb:{operation}", _TABLES[name]) for name in params["RequestItems"])
    else:
        index = f"/index/{params['IndexName']}" if "IndexName" in params else ""
        yield f"dynamodb:{operation}", _TABLES[params["TableName"]] + index
