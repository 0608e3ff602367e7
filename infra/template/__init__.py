"""The CloudFormation that `chalice package` merges into the template it makes from app.py.

Chalice writes the functions, the REST API and their triggers; these pieces add what the functions need and
what they may do. They are plain dictionaries, built in Python because five queues, seven functions and their
alarms differ in a word each.

No resource has a name of its own: CloudFormation makes one from the stack's, so that any number of stages
fit in an account and a stack that was deleted can be deployed again beside the tables it left.
Source: docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-name.html
"""

from infra.template import alarms, functions, parameters, queues, stores
from infra.template.syntax import Json


def build(version: str) -> Json:
    """All pieces as one document. `version` is what GET /health answers."""
    pieces = [parameters.build(), stores.build(), queues.build(), functions.build(version), alarms.build()]
    document: Json = {}
    for piece in pieces:
        for section, entries in piece.items():
            known = document.setdefault(section, {})
            if twice := known.keys() & entries.keys():
                raise ValueError(f"{section} declared twice: {sorted(twice)}")
            known.update(entries)
    return document
