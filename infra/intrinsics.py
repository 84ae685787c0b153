"""CloudFormation's own functions, spelt shortly."""

from typing import Any

Node = dict[str, Any]
NOTHING: Node = {"Ref": "AWS::NoValue"}


def ref(name: str) -> Node:
    """The value of a parameter, or the id of a resource."""
    return {"Ref": name}


def attribute(resource: str, name: str) -> Node:
    """One attribute of a resource."""
    return {"Fn::GetAtt": [resource, name]}


def filled(text: str, **values: Any) -> Node:
    """`text` with its `${…}` filled in, first from `values`."""
    return {"Fn::Sub": [text, values] if values else text}


def either(condition: str, then: Any, otherwise: Any) -> Node:
    """One of two, decided when the stack is made."""
    return {"Fn::If": [condition, then, otherwise]}


def named(suffix: str) -> Node:
    """A name that begins with the stack's own: several stages may share an account."""
    return filled(f"${{AWS::StackName}}-{suffix}")


def resource_name(words: str) -> str:
    """The logical id for words such as `address_limits`: `AddressLimits`."""
    return "".join(word.capitalize() for word in words.replace("-", "_").split("_"))
