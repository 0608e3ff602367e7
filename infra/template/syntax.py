"""CloudFormation's functions, short enough to read in a table."""

from typing import Any

Json = dict[str, Any]

NOTHING: Json = {"Ref": "AWS::NoValue"}


def ref(name: str) -> Json:
    return {"Ref": name}


def arn(name: str) -> Json:
    return {"Fn::GetAtt": [name, "Arn"]}


def sub(text: str) -> Json:
    return {"Fn::Sub": text}


def when(condition: str, then: Any, otherwise: Any = NOTHING) -> Json:
    return {"Fn::If": [condition, then, otherwise]}


def allow(actions: list[str], *resources: Any) -> Json:
    """One statement of a role's policy. Resources are ARNs, never `*`."""
    return {"Effect": "Allow", "Action": actions, "Resource": list(resources)}
