"""`make deploy`, against the local AWS and a template that takes no time."""

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from infra.deploy import Deployed, Deployment, DeploymentFailed
from infra.local.aws import ROOT_CREDENTIALS, root_session, start_aws
from infra.local.parts import Part, free_ports
from infra.package import PROJECT

SMALL: dict[str, Any] = {
    "Parameters": {
        "Stage": {"Type": "String"},
        "AdminKeyHash": {"Type": "String", "NoEcho": True},
        "Words": {"Type": "String", "Default": "as they came"},
    },
    "Resources": {
        "Queue": {"Type": "AWS::SQS::Queue"},
        "Kept": {"Type": "AWS::SSM::Parameter", "Properties": {"Type": "String", "Value": {"Ref": "Words"}}},
        "Door": {
            "Type": "AWS::SSM::Parameter",
            "Properties": {"Type": "String", "Value": {"Ref": "AdminKeyHash"}},
        },
    },
    "Outputs": {
        "Words": {"Value": {"Ref": "Words"}},
        "Hash": {"Value": {"Ref": "AdminKeyHash"}},
        "Queue": {"Value": {"Ref": "Queue"}},
    },
}
BROKEN = {"Type": "AWS::SQS::Queue", "Properties": {"VisibilityTimeout": 99_999_999}}


@pytest.fixture
def stage(request: pytest.FixtureRequest) -> str:
    return str(request.node.name).replace("test_", "").replace("_", "-")[:60]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deployment.zip").write_bytes(b"a zip")
    write(tmp_path, SMALL)
    return tmp_path


def write(folder: Path, template: dict[str, Any]) -> None:
    (folder / "template.json").write_text(json.dumps(template))


def with_resource(name: str, resource: dict[str, Any]) -> dict[str, Any]:
    return SMALL | {"Resources": SMALL["Resources"] | {name: resource}}


def deploy(aws_url: str, stage: str, folder: Path, **asked: Any) -> Deployed:
    return Deployment(root_session(), stage, aws_url).run(asked.pop("chosen", {}), dist=folder, **asked)


def test_first_deployment_makes_the_admin_key(aws_url: str, stage: str, folder: Path) -> None:
    deployed = deploy(aws_url, stage, folder)
    assert deployed.changed
    assert deployed.admin_key
    assert deployed.outputs["Hash"] == hashlib.sha256(deployed.admin_key.encode()).hexdigest()


def test_deploying_the_same_again_is_no_change(aws_url: str, stage: str, folder: Path) -> None:
    first = deploy(aws_url, stage, folder)
    again = deploy(aws_url, stage, folder)
    assert again == Deployed(first.outputs, changed=False, admin_key=None)


def test_what_was_chosen_before_stays_chosen(aws_url: str, stage: str, folder: Path) -> None:
    deploy(aws_url, stage, folder, chosen={"Words": "chosen"})
    write(folder, with_resource("More", {"Type": "AWS::SQS::Queue"}))
    again = deploy(aws_url, stage, folder)
    assert (again.changed, again.outputs["Words"]) == (True, "chosen")


def test_the_admin_key_can_be_rotated(aws_url: str, stage: str, folder: Path) -> None:
    first = deploy(aws_url, stage, folder)
    rotated = deploy(aws_url, stage, folder, rotate_admin_key=True)
    assert rotated.admin_key
    assert rotated.admin_key != first.admin_key
    assert rotated.outputs["Hash"] == hashlib.sha256(rotated.admin_key.encode()).hexdigest()


def test_a_failure_names_the_first_resource_that_failed(aws_url: str, stage: str, folder: Path) -> None:
    deploy(aws_url, stage, folder)
    write(folder, with_resource("Broken", BROKEN))
    with pytest.raises(DeploymentFailed, match=r"^Broken: .*VisibilityTimeout") as failed:
        deploy(aws_url, stage, folder)
    assert "\n" not in str(failed.value)


def test_a_first_deployment_that_failed_can_be_tried_again(aws_url: str, stage: str, folder: Path) -> None:
    write(folder, with_resource("Broken", BROKEN))
    with pytest.raises(DeploymentFailed, match=r"^Broken: "):
        deploy(aws_url, stage, folder)
    write(folder, SMALL)
    assert deploy(aws_url, stage, folder).admin_key


def make_deploy(aws_url: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "infra.deploy"],
        cwd=PROJECT,
        env=os.environ | ROOT_CREDENTIALS | {"AWS_ENDPOINT_URL": aws_url} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.usefixtures("dist")
def test_make_deploy_shows_the_admin_key_once(aws_url: str) -> None:
    first = make_deploy(aws_url, STAGE="whole")
    assert first.returncode == 0, first.stderr
    assert re.fullmatch(
        r"parley-whole: deployed\n"
        r"API        https://\w+\.execute-api\.us-east-1\.amazonaws\.com/api\n"
        r"Admin key  [\w-]{43}   \(shown once: keep it\)\n",
        first.stdout,
    )
    again = make_deploy(aws_url, STAGE="whole")
    assert again.stdout == "parley-whole: no change\n" + first.stdout.splitlines(keepends=True)[1]


@pytest.mark.usefixtures("dist")
def test_make_deploy_says_in_one_line_what_failed(aws_url: str) -> None:
    failed = make_deploy(aws_url, STAGE="Not-A-Stage")
    assert failed.returncode == 1
    assert re.fullmatch(r"deploy: .*Stage.*\n", failed.stderr)


@pytest.mark.usefixtures("dist")
def test_an_account_that_runs_few_functions_is_warned_of(tmp_path: Path) -> None:
    part = Part("aws", tmp_path, free_ports(1)[0])
    start_aws(part, tmp_path / "aws", concurrency=10)
    try:
        part.wait_for_port()
        deployed = make_deploy(f"http://127.0.0.1:{part.port}")
    finally:
        part.stop()
    assert "this account runs only 10 functions at once" in deployed.stdout
