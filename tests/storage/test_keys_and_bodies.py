"""KMS behind the vault and S3 behind the BodyStore."""

from typing import Final

import pytest
from noted_aws import REFUSED, Noted
from samples import NOW

from chalicelib.ports.errors import StoreBusy
from chalicelib.storage.aws import KmsVault, S3Bodies
from tests.dynamo import client_of


@pytest.fixture(autouse=True)
def requests() -> None:
    """No tables here."""


@pytest.fixture(scope="module")
def key_id(cloud: str) -> str:
    return str(client_of("kms", cloud).create_key()["KeyMetadata"]["KeyId"])


SECRETS: Final = {"token": "EAAG💙", "signing_secrets": ["one", "two"]}


def test_what_was_sealed_for_a_merchant_opens_for_them(aws: Noted, key_id: str) -> None:
    sealed = KmsVault(aws, key_id).seal("mt_1", SECRETS)
    assert "EAAG" not in sealed
    assert KmsVault(aws, key_id).unseal("mt_1", sealed) == SECRETS


def test_nobody_else_opens_it(aws: Noted, key_id: str) -> None:
    vault = KmsVault(aws, key_id)
    sealed = vault.seal("mt_1", SECRETS)
    assert vault.unseal("mt_1", sealed) == SECRETS  # remembered, for mt_1 only
    with pytest.raises(StoreBusy):
        vault.unseal("mt_2", sealed)


def test_what_was_opened_is_not_asked_for_again(aws: Noted, key_id: str) -> None:
    vault = KmsVault(aws, key_id)
    sealed = vault.seal("mt_1", SECRETS)
    aws.calls.clear()
    for _ in range(3):
        vault.unseal("mt_1", sealed)
    assert [name for name, _ in aws.calls] == ["Decrypt"]


def test_a_key_that_is_busy_may_open_it_later(aws: Noted, key_id: str) -> None:
    vault = KmsVault(aws, key_id)
    sealed = vault.seal("mt_1", SECRETS)
    aws.trouble += [REFUSED, REFUSED]
    with pytest.raises(StoreBusy):
        vault.seal("mt_1", SECRETS)
    with pytest.raises(StoreBusy):
        vault.unseal("mt_1", sealed)
    assert vault.unseal("mt_1", sealed) == SECRETS


@pytest.fixture
def bodies(aws: Noted, cloud: str) -> S3Bodies:
    client_of("s3", cloud).create_bucket(Bucket="bodies")
    return S3Bodies(aws, "bodies")


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"x" * 3_000_000, "💙".encode()])
def test_a_body_comes_back_byte_by_byte(bodies: S3Bodies, body: bytes) -> None:
    key = bodies.keep("cn_1", body, NOW)
    assert bodies.body(key) == body
    assert bodies.keep("cn_1", body, NOW) == key


def test_bodies_of_connections_lie_apart(bodies: S3Bodies) -> None:
    keys = {bodies.keep(connection, b"same", NOW) for connection in ("cn_1", "cn_2", "")}
    assert len(keys) == 3
    assert all(key.startswith("bodies/") for key in keys)


def test_a_store_that_is_busy_may_keep_it_later(bodies: S3Bodies, aws: Noted) -> None:
    key = bodies.keep("cn_1", b"body", NOW)
    aws.trouble += [REFUSED, REFUSED]
    with pytest.raises(StoreBusy):
        bodies.keep("cn_1", b"body", NOW)
    with pytest.raises(StoreBusy):
        bodies.body(key)
