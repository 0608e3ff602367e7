"""Every test here runs on Amazon's own DynamoDB, in `make soak` on ministack's too. None may scan a table."""

import json
from collections.abc import Iterator
from secrets import token_hex
from typing import Any, Final

import pytest
from access_patterns import Requests, check
from noted_aws import Noted

from chalicelib.storage.due import DynamoDue
from chalicelib.storage.models import ThreadsRow
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.shops import DynamoShops
from chalicelib.storage.templates import DynamoTemplates
from chalicelib.storage.threads import DynamoThreads
from tests.dynamo import bound_to, client_of, create_tables, dynamodb_local, ministack, rows_of

# The tests of the running stack work on ministack's all the time.
ON: Final = (pytest.param("ministack", marks=pytest.mark.soak), "dynamodb_local")


@pytest.fixture(scope="session", params=ON)
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
        check(name, body)


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
def people(bound: str) -> DynamoPeople:
    return DynamoPeople()


@pytest.fixture
def templates(bound: str) -> DynamoTemplates:
    return DynamoTemplates()


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
