"""`make deploy STAGE=…`: dist/ to AWS, by CloudFormation through boto3. Idempotent.

The same code deploys to the local AWS: it talks to wherever its session and endpoint point.
"""

import hashlib
import json
import os
import secrets
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from infra.package import DIST
from infra.template.syntax import Json

CAPABILITIES: Final = ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"]
ENOUGH_CONCURRENCY: Final = 100
DEADLINE_S: Final = 30 * 60

# Environment variable -> template parameter. Left out, a parameter keeps the value it has.
CHOICES: Final = {
    "PUBLIC_URL": "PublicUrl",
    "GRAPH_URL": "GraphUrl",
    "INSTAGRAM_URL": "InstagramUrl",
    "TELEGRAM_URL": "TelegramUrl",
    "SHOPIFY_URL": "ShopifyUrl",
    "WOOCOMMERCE_URL": "WooCommerceUrl",
    "ALERT_EMAIL": "AlertEmail",
    "PROMISES_AT_RISK_LIMIT": "PromisesAtRiskLimit",
    "PROMISES_BROKEN_LIMIT": "PromisesBrokenLimit",
    "MEDIA_MOST_MB": "MediaMostMb",
    "LOG_LEVEL": "LogLevel",
    "LOG_RETENTION_DAYS": "LogRetentionDays",
}


class DeploymentFailed(Exception):
    """Says in one line what failed first, and why."""


@dataclass(frozen=True)
class Deployed:
    outputs: dict[str, str]
    changed: bool
    admin_key: str | None  # only on the deployment that made it: only its hash is kept


class Deployment:
    """One stage of Parley in one account and region."""

    def __init__(self, session: boto3.Session, stage: str, endpoint_url: str | None = None) -> None:
        self.name = f"parley-{stage}"
        self.stage = stage
        self.cloudformation: Any = session.client("cloudformation", endpoint_url=endpoint_url)
        self.s3: Any = session.client("s3", endpoint_url=endpoint_url)
        self.sts: Any = session.client("sts", endpoint_url=endpoint_url)
        self.functions: Any = session.client("lambda", endpoint_url=endpoint_url)

    def concurrency(self) -> int:
        """How many functions the account may run at once: 10 in a new one, 1000 in an old one."""
        return int(self.functions.get_account_settings()["AccountLimit"]["ConcurrentExecutions"])

    def run(self, chosen: Mapping[str, str], rotate_admin_key: bool = False, dist: Path = DIST) -> Deployed:
        """Create or update the stack from `dist`, with these template parameters."""
        stack = self._stack()
        if stack and stack["StackStatus"] == "ROLLBACK_COMPLETE":
            self._forget_failed_creation()
            stack = {}
        is_new = not stack or stack["StackStatus"] == "REVIEW_IN_PROGRESS"
        known = set() if is_new else {entry["ParameterKey"] for entry in stack["Parameters"]}
        admin_key = secrets.token_urlsafe(32) if is_new or rotate_admin_key else None
        values = {"Stage": self.stage, **chosen}
        if admin_key:
            values["AdminKeyHash"] = hashlib.sha256(admin_key.encode()).hexdigest()
        template_url, template = self._upload(dist)
        parameters = _parameters(template["Parameters"], values, known)
        changed = self._change(template_url, parameters, is_new)
        outputs = {entry["OutputKey"]: entry["OutputValue"] for entry in self._stack()["Outputs"]}
        return Deployed(outputs, changed, admin_key)

    def _stack(self) -> Json:
        try:
            stack: Json = self.cloudformation.describe_stacks(StackName=self.name)["Stacks"][0]
        except ClientError as error:
            if "does not exist" in error.response["Error"]["Message"]:
                return {}
            raise
        return stack

    def _forget_failed_creation(self) -> None:
        """A stack whose creation was rolled back can't be updated, only deleted. It holds nothing."""
        self.cloudformation.delete_stack(StackName=self.name)
        _wait(lambda: not self._stack())

    def _upload(self, dist: Path) -> tuple[str, Json]:
        """Put zip and template into the deployment bucket, under names made from their content."""
        bucket = self._deployment_bucket()
        code = (dist / "deployment.zip").read_bytes()
        code_key = f"{hashlib.sha256(code).hexdigest()}.zip"
        self.s3.put_object(Bucket=bucket, Key=code_key, Body=code)
        template: Json = json.loads((dist / "template.json").read_text())
        for resource in template["Resources"].values():
            if resource["Type"] == "AWS::Serverless::Function":
                resource["Properties"]["CodeUri"] = {"Bucket": bucket, "Key": code_key}
        document = json.dumps(template, sort_keys=True).encode()
        document_key = f"{hashlib.sha256(document).hexdigest()}.json"
        self.s3.put_object(Bucket=bucket, Key=document_key, Body=document)
        return f"{self.s3.meta.endpoint_url}/{bucket}/{document_key}", template

    def _deployment_bucket(self) -> str:
        """One private bucket per account and region, shared by all stages."""
        region = self.s3.meta.region_name
        bucket = f"parley-deployments-{self.sts.get_caller_identity()['Account']}-{region}"
        try:
            self.s3.head_bucket(Bucket=bucket)
        except ClientError:
            elsewhere = {"CreateBucketConfiguration": {"LocationConstraint": region}}
            self.s3.create_bucket(Bucket=bucket, **({} if region == "us-east-1" else elsewhere))
            blocked = ("BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy", "RestrictPublicBuckets")
            self.s3.put_public_access_block(
                Bucket=bucket, PublicAccessBlockConfiguration=dict.fromkeys(blocked, True)
            )
        return bucket

    def _change(self, template_url: str, parameters: list[Json], is_new: bool) -> bool:
        """Make a change set and carry it out. False if there was nothing to change."""
        change_set: str = self.cloudformation.create_change_set(
            StackName=self.name,
            ChangeSetName=f"deploy-{time.time_ns()}",
            ChangeSetType="CREATE" if is_new else "UPDATE",
            TemplateURL=template_url,
            Parameters=parameters,
            Capabilities=CAPABILITIES,
        )["Id"]
        made = self._settled(
            lambda: self.cloudformation.describe_change_set(ChangeSetName=change_set), "Status"
        )
        if made["Status"] == "FAILED":
            self.cloudformation.delete_change_set(ChangeSetName=change_set)
            if _says_no_change(made["StatusReason"]):
                return False
            raise DeploymentFailed(_one_line(made["StatusReason"]))
        before = self._events()
        self.cloudformation.execute_change_set(ChangeSetName=change_set)
        status = self._settled(self._stack, "StackStatus")["StackStatus"]
        if status not in ("CREATE_COMPLETE", "UPDATE_COMPLETE"):
            raise DeploymentFailed(self._first_failure(before) or f"the stack ended {status}")
        return True

    def _settled(self, look: Callable[[], Json], field: str) -> Json:
        state: Json = _wait(lambda: _if_settled(look(), field))
        return state

    def _events(self) -> set[str]:
        pages = self.cloudformation.get_paginator("describe_stack_events").paginate(StackName=self.name)
        return {event["EventId"] for page in pages for event in page["StackEvents"]}

    def _first_failure(self, before: set[str]) -> str:
        """The earliest failure that is not the echo of another."""
        pages = self.cloudformation.get_paginator("describe_stack_events").paginate(StackName=self.name)
        failures = [
            f"{event['LogicalResourceId']}: {_one_line(event.get('ResourceStatusReason', ''))}"
            for page in pages
            for event in page["StackEvents"]
            if event["EventId"] not in before
            and event["ResourceStatus"].endswith("_FAILED")
            and "cancelled" not in event.get("ResourceStatusReason", "")
        ]
        return failures[-1] if failures else ""  # events come newest first


def _parameters(declared: Json, values: Mapping[str, str], known: set[str]) -> list[Json]:
    """What was chosen; else what the stack has; else, left out, the template's default."""
    chosen = [{"ParameterKey": name, "ParameterValue": values[name]} for name in declared if name in values]
    kept = [
        {"ParameterKey": name, "UsePreviousValue": True}
        for name in declared
        if name not in values and name in known
    ]
    return chosen + kept


def _if_settled(state: Json, field: str) -> Json:
    is_moving = state[field].endswith(("_IN_PROGRESS", "_PENDING"))
    return {} if is_moving and state[field] != "REVIEW_IN_PROGRESS" else state


def _wait(look: Callable[[], Any]) -> Any:
    """Look until there is something to see: often at first, then every five seconds."""
    pause_s, deadline = 0.1, time.monotonic() + DEADLINE_S
    while not (seen := look()):
        if time.monotonic() > deadline:
            raise DeploymentFailed(f"CloudFormation has not finished after {DEADLINE_S // 60} minutes")
        time.sleep(pause_s)
        pause_s = min(5.0, pause_s * 1.5)
    return seen


def _says_no_change(reason: str) -> bool:
    return "didn't contain changes" in reason or "No updates are to be performed" in reason


def _one_line(text: str) -> str:
    return " ".join(text.split())


def main() -> None:
    stage = os.environ.get("STAGE") or "dev"
    chosen = {CHOICES[name]: os.environ[name] for name in CHOICES if name in os.environ}
    try:
        deployment = Deployment(boto3.Session(), stage)
        limit = deployment.concurrency()
        if limit < ENOUGH_CONCURRENCY:
            print(f"Warning: this account runs only {limit} functions at once, so webhooks may have to wait.")
            print("Ask AWS for 1000: Service Quotas, AWS Lambda, 'Concurrent executions'.")
        deployed = deployment.run(chosen, rotate_admin_key=os.environ.get("ROTATE_ADMIN_KEY") == "1")
    except (DeploymentFailed, BotoCoreError, ClientError) as error:
        sys.exit(f"deploy: {_one_line(str(error))}")
    print(f"{deployment.name}: {'deployed' if deployed.changed else 'no change'}")
    print(f"API        {deployed.outputs['ApiUrl']}")
    if deployed.admin_key:
        print(f"Admin key  {deployed.admin_key}   (shown once: keep it)")


if __name__ == "__main__":
    main()
