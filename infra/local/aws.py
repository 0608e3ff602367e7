"""The local AWS: ministack, with its state in a folder and the roles' policies enforced."""

import shutil
from pathlib import Path
from typing import Final

import boto3

from infra.local.parts import Part
from infra.local.settings import REGION

# Whoever deploys may do anything, and is this user here. Functions get keys of their own roles.
ROOT_KEY: Final = "test"
ROOT_CREDENTIALS: Final = {
    "AWS_ACCESS_KEY_ID": ROOT_KEY,
    "AWS_SECRET_ACCESS_KEY": ROOT_KEY,
    "AWS_DEFAULT_REGION": REGION,
}


def root_session() -> boto3.Session:
    return boto3.Session(aws_access_key_id=ROOT_KEY, aws_secret_access_key=ROOT_KEY, region_name=REGION)


def start_aws(part: Part, state: Path, concurrency: int = 100) -> None:
    """Start it on the part's port; it listens on this machine only, and saves its state when it stops.

    concurrency: how many functions the account may run at once.
    """
    scratch = state / "tmp"  # functions are unpacked here
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    environment = {
        "GATEWAY_PORT": str(part.port),
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "MINISTACK_REGION": REGION,
        "AUTH": "true",
        "LAMBDA_ACCOUNT_CONCURRENCY": str(concurrency),
        "PERSIST_STATE": "1",
        "STATE_DIR": str(state / "state"),
        "S3_PERSIST": "1",
        "S3_DATA_DIR": str(state / "s3"),
        "TMPDIR": str(scratch),
        "SFTP_ENABLED": "0",
        "IOT_MTLS_ENABLED": "0",
        "DOCKER_HOST": f"unix://{scratch}/none",  # functions run as processes, whatever else is here
    }
    part.start("ministack", environment=environment | ROOT_CREDENTIALS)
