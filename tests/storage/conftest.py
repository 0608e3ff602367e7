"""Every test here runs twice: on ministack's DynamoDB and on Amazon's own. No test may scan a table."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from secrets import token_hex
from typing import Any, Final

import pytest
from noted_aws import Noted

from chalicelib.storage.due import DynamoDue
from chalicelib.storage.models import ThreadsRow
from chalicelib.storage.shops import DynamoShops
from chalicelib.storage.threads import DynamoThreads
from tests.dynamo import bound_to, client_of, create_tables, dynamodb_local, ministack, rows_of

# What may be read, as the models' docstrings name it: table or index, hash key, range key.
ACCESS_PATTERNS: Final = {
    "ThreadsTable": (
        (r"mt_\w+#address#.*", r"address"),
        (r"mt_\w+#th_.*", r"thread|m#.*"),
        (r"mt_\w+#pointer#.*", r"pointer"),
        (r"mt_\w+#key#.*", r"key"),
        (r"(mt_\w+)?#unreadable#.*", r".*"),
    ),
    "ThreadsTable/inbox": ((r"mt_\w+#(open|closed)#\w+", r".*"),),
    "ShopsTable": (
        (r"mt_\w+", r"merchant|settings|key#|connection#"),
        (r"key#.*", r"key"),
        (r"connection#.*", r"connection"),
        (r"claim#.*", r"claim"),
        (r"apps|merchants", r".*"),
        (r"group#.*", r""),
        (r"mt_\w+#waits#\w+", r"\d{4}-\d\d-\d\d.*"),
    ),
    "DueTable/due": ((r"\d+", r"\d{13}#~"),),
}
# Counts and indexes may lag a moment; nothing is decided on them that is not decided again.
MAY_LAG: Final = re.compile(r"mt_\w+#waits#\w+")


@dataclass
class Requests:
    """What our stores have asked for: operations and their bodies."""

    made: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def note(self, model: Any, params: Any, **_: Any) -> None:
        self.made.append((model.name, json.loads(params["body"])))

    @property
    def names(self) -> list[str]:
        return [name for name, _ in self.made]

    def clear(self) -> None:
        self.made.clear()


@pytest.fixture(scope="session", params=["ministack", "dynamodb_local"])
def dynamo(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a DynamoDB that holds the template's three tables."""
    home = tmp_path_factory.mktemp("storage")
    with ministack(home) if request.param == "ministack" else dynamodb_local() as url:
        create_tables(url)
        yield url


@pytest.fixture(scope="module")
def bound(dynamo: str) -> Iterator[str]:
    with bound_to(dynamo):
        yield dynamo


@pytest.fixture
def raw(bound: str) -> Any:
    """DynamoDB itself, to look at rows not through our own code."""
    return client_of("dynamodb", bound)


@pytest.fixture(autouse=True)
def requests(bound: str) -> Iterator[Requests]:
    """What the test's stores ask for; afterwards, all of it must be among the named access patterns."""
    events = ThreadsRow._get_connection().connection.client.meta.events
    noted = Requests()
    every = noted.made.copy()

    def note(**given: Any) -> None:
        noted.note(**given)
        every.append(noted.made[-1])

    events.register("before-call.dynamodb", note, unique_id="noted")
    yield noted
    events.unregister("before-call.dynamodb", unique_id="noted")
    for name, body in every:
        _check(name, body)


def _check(name: str, body: dict[str, Any]) -> None:
    assert name != "Scan", body
    if name == "Query":
        index = body.get("IndexName")
        hash_key, range_key = _span(body)
        assert _is_named(f"{body['TableName']}/{index}" if index else body["TableName"], hash_key, range_key)
        assert index or body.get("ConsistentRead") or MAY_LAG.fullmatch(hash_key), body
    if name == "GetItem":
        assert _is_named(body["TableName"], body["Key"]["pk"]["S"], body["Key"]["sk"]["S"]), body
        assert body["ConsistentRead"], body
    if name == "BatchGetItem":
        for table, wanted in body["RequestItems"].items():
            assert all(_is_named(table, key["pk"]["S"], key["sk"]["S"]) for key in wanted["Keys"]), body
            assert wanted["ConsistentRead"], body


def _span(body: dict[str, Any]) -> tuple[str, str]:
    """The hash key, and the first end of the range: PynamoDB numbers values as they stand."""
    values = {name: str(*value.values()) for name, value in body["ExpressionAttributeValues"].items()}
    return values[":0"], values.get(":1", "")


def _is_named(place: str, hash_key: str, range_key: str) -> bool:
    return any(
        re.fullmatch(first, hash_key, re.DOTALL) and re.fullmatch(second, range_key, re.DOTALL)
        for first, second in ACCESS_PATTERNS[place]
    )


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a local AWS, for what is no table."""
    with ministack(tmp_path_factory.mktemp("cloud")) as url, bound_to(url):
        yield url


@pytest.fixture
def aws(cloud: str) -> Noted:
    return Noted()


@pytest.fixture
def merchant() -> str:
    """A merchant of the test's own: tables are shared."""
    return f"mt_{token_hex(6)}"


@pytest.fixture
def threads(bound: str) -> DynamoThreads:
    return DynamoThreads()


@pytest.fixture
def dues(bound: str, raw: Any) -> DynamoDue:
    """An empty table of due work, which all merchants share."""
    for row in rows_of(raw, "DueTable"):
        raw.delete_item(TableName="DueTable", Key={"id": row["id"]})
    return DynamoDue()


@pytest.fixture
def shops(bound: str) -> DynamoShops:
    return DynamoShops(OwnersVault())


class OwnersVault:
    """Seals nothing, but keeps owners apart."""

    def seal(self, owner: str, secrets: Any) -> str:
        return json.dumps([owner, secrets])

    def unseal(self, owner: str, sealed: str) -> dict[str, Any]:
        whose, secrets = json.loads(sealed)
        assert whose == owner, "another's secrets"
        return dict(secrets)
