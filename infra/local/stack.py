"""Bring the local stack up, take it down, forget it."""

import contextlib
import fcntl
import json
import shutil
import time
from collections.abc import Iterator
from typing import Final

import requests
from botocore.exceptions import BotoCoreError, ClientError

from infra.deploy import Deployed, Deployment, DeploymentFailed
from infra.local.aws import ROOT_CREDENTIALS, root_session, start_aws
from infra.local.parts import Part, is_listening, require_free_port, wait_until
from infra.local.settings import REGION, LocalStackFailed, Settings
from infra.package import PackagingFailed, package
from infra.template.syntax import Json

STAGE: Final = "local"
SAMPLE_SHOP: Final = {"name": "Sample shop"}
STATE: Final = ("aws", "sandbox.json", "stack.json", "shell")


class LocalStack:
    """ministack (the local AWS), the sandbox (the platforms) and the forwarder (the front door)."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home = settings.home
        self.aws = Part("aws", self.home, settings.aws_port)
        self.sandbox = Part("sandbox", self.home, settings.sandbox_port)
        self.forward = Part("forward", self.home, settings.api_port)
        self.parts = (self.forward, self.sandbox, self.aws)  # in the order in which they stop
        self.stack_file = self.home / "stack.json"

    def up(self) -> Json:
        """Everything, ready to use. If it already runs, only what changed is deployed again."""
        with _as_one_line(), self._alone(wait=False):
            if self.is_running():
                package()
                return self._deploy()
            self._stop()
            self._require_ports()
            package()
            try:
                return self._start()
            except BaseException:
                self._stop()
                raise

    def wait(self) -> None:
        """Return when another command has stopped it all; raise if a part ended by itself."""
        while all(part.is_running() for part in self.parts):
            time.sleep(0.5)
        with self._alone():
            ended = [part for part in self.parts if not part.is_running()]
            if len(ended) < len(self.parts):
                raise LocalStackFailed(f"{ended[0].name} ended: {ended[0].last_words()} (in {ended[0].log})")

    def down(self) -> None:
        with self._alone():
            self._stop()

    def reset(self) -> None:
        """Forget every shop, message and key. What was downloaded stays."""
        with self._alone():
            self._stop()
            for name in STATE:
                path = self.home / name
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    @contextlib.contextmanager
    def _alone(self, wait: bool = True) -> Iterator[None]:
        """One command at a time; `up` doesn't wait for another."""
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise LocalStackFailed("another command is at work on the local stack") from error
            yield

    def _stop(self) -> None:
        for part in self.parts:
            part.stop()

    def is_running(self) -> bool:
        """All of it, on the ports that these settings name."""
        return all(part.is_running() and is_listening(part.port) for part in self.parts)

    def _require_ports(self) -> None:
        require_free_port(self.settings.api_port, "PARLEY_PORT")
        require_free_port(self.settings.sandbox_port, "SANDBOX_PORT")
        require_free_port(self.settings.aws_port, "AWS_PORT")

    def _start(self) -> Json:
        start_aws(self.aws, self.home / "aws")
        self._start_sandbox()
        self.aws.wait_for_port()
        self.sandbox.wait_for_port()
        return self._deploy()

    def _start_sandbox(self) -> None:
        state = ("--state", str(self.home / "sandbox.json"), "--stack", str(self.stack_file))
        port = ("--port", str(self.settings.sandbox_port))
        self.sandbox.start("infra.sandbox", *port, *state, environment=ROOT_CREDENTIALS)

    def _deploy(self) -> Json:
        """The package onto the local AWS, the front door before it, a sample shop into it."""
        known = self._known()
        deployment = Deployment(root_session(), STAGE, self.settings.aws_url)
        parameters = self.settings.template_parameters()
        deployed = deployment.run(parameters, rotate_admin_key="admin_key" not in known)
        if deployed.admin_key:
            known = {"admin_key": deployed.admin_key}
        stack = known | self._addresses(deployed)
        self._write(stack)
        if not self.forward.is_running():
            ports = ("--port", str(self.settings.api_port), "--aws-port", str(self.settings.aws_port))
            self.forward.start("infra.forward", *ports, "--api", deployed.outputs["RestAPIId"])
            self.forward.wait_for_port()
        wait_until(
            self._answers, 30, f"GET {self.settings.api_url}/health is not answered 200; see {self.aws.log}"
        )
        if "api_key" not in stack:
            stack |= self._create_sample_shop(stack["admin_key"])
            self._write(stack)
        return stack

    def _answers(self) -> bool:
        with contextlib.suppress(requests.RequestException):
            return requests.get(f"{self.settings.api_url}/health", timeout=30).status_code == 200
        return False

    def _create_sample_shop(self, admin_key: str) -> Json:
        answer = requests.post(
            f"{self.settings.api_url}/merchants",
            json=SAMPLE_SHOP,
            headers={"Authorization": f"Bearer {admin_key}"},
            timeout=30,
        )
        if answer.status_code != 201:
            raise LocalStackFailed(f"POST /merchants answered {answer.status_code}: {answer.text[:200]}")
        created = answer.json()
        return {"merchant_id": created["merchant_id"], "api_key": created["api_key"]}

    def _addresses(self, deployed: Deployed) -> Json:
        outputs = deployed.outputs
        return {
            "api_url": self.settings.api_url,
            "sandbox_url": self.settings.sandbox_url,
            "aws_url": self.settings.aws_url,
            "region": REGION,
            "tick_function": outputs["TickFunction"],
            "rest_api_id": outputs["RestAPIId"],
            "shops_table": outputs["ShopsTable"],
            "threads_table": outputs["ThreadsTable"],
            "due_table": outputs["DueTable"],
            "media_bucket": outputs["MediaBucket"],
            "kms_key_id": outputs["TokenKey"],
            "queues": {name: url for name, url in outputs.items() if name.endswith("QueueUrl")},
            "dead_letters": {name: url for name, url in outputs.items() if name.endswith("DeadLettersUrl")},
        }

    def _known(self) -> Json:
        """What earlier deployments of this state left: the admin key and the sample shop's."""
        if not self.stack_file.exists():
            return {}
        kept: Json = json.loads(self.stack_file.read_text())
        return {name: kept[name] for name in ("admin_key", "merchant_id", "api_key") if name in kept}

    def _write(self, stack: Json) -> None:
        fresh = self.stack_file.with_suffix(".new")
        fresh.write_text(json.dumps(stack, indent=2) + "\n")
        fresh.replace(self.stack_file)
        names = {"API": "api_url", "SANDBOX": "sandbox_url", "KEY": "api_key"}
        known = "".join(f"{name}={stack[key]}\n" for name, key in names.items() if key in stack)
        (self.home / "shell").write_text(known)  # for `. .local/shell` before a curl


@contextlib.contextmanager
def _as_one_line() -> Iterator[None]:
    try:
        yield
    except (PackagingFailed, DeploymentFailed, BotoCoreError, ClientError) as error:
        raise LocalStackFailed(str(error)) from error
