"""The packaged template keeps its promises before AWS is asked."""

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

QUEUES = {"Inbound", "Outbound", "Later", "Bulk", "Media"}
FUNCTIONS = {"APIHandler", "ReceiveInbound", "SendOutbound", "SendLater", "SendBulk", "FetchMedia", "Tick"}


def of_type(template: dict[str, Any], kind: str) -> dict[str, Any]:
    resources = template["Resources"]
    return {name: resource for name, resource in resources.items() if resource["Type"] == kind}


def statements(template: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for name, role in of_type(template, "AWS::IAM::Role").items():
        for policy in role["Properties"]["Policies"]:
            for statement in policy["PolicyDocument"]["Statement"]:
                yield name, statement


def test_cfn_lint_finds_nothing(dist: Path) -> None:
    linted = subprocess.run(
        [Path(sys.executable).with_name("cfn-lint"), dist / "template.json"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert linted.stdout + linted.stderr == ""


def test_every_level_of_a_path_has_one_variable_name(template: dict[str, Any]) -> None:
    """API Gateway refuses siblings of different names; it is {id} after every first segment."""
    names: dict[str, set[str]] = defaultdict(set)
    paths = template["Resources"]["RestAPI"]["Properties"]["DefinitionBody"]["paths"]
    for path in paths:
        segments = path.strip("/").split("/")
        for level, segment in enumerate(segments):
            if segment.startswith("{"):
                names["/".join(segments[:level])].add(segment)
                assert level != 1 or segment == "{id}", path
    assert all(len(found) == 1 for found in names.values()), dict(names)


def test_bodies_reach_the_function_as_they_were_sent(template: dict[str, Any]) -> None:
    assert template["Resources"]["RestAPI"]["Properties"]["BinaryMediaTypes"] == ["*/*"]


@pytest.mark.parametrize("name", sorted(QUEUES))
def test_a_message_that_keeps_failing_is_kept_and_wakes_somebody(template: dict[str, Any], name: str) -> None:
    resources = template["Resources"]
    dead_letters = resources[f"{name}DeadLetters"]["Properties"]
    redrive = resources[f"{name}Queue"]["Properties"]["RedrivePolicy"]
    alarm = resources[f"{name}DeadLettersAlarm"]["Properties"]
    assert redrive == {
        "deadLetterTargetArn": {"Fn::GetAtt": [f"{name}DeadLetters", "Arn"]},
        "maxReceiveCount": 5,
    }
    assert dead_letters["MessageRetentionPeriod"] == 14 * 24 * 3600
    assert alarm["Dimensions"][0]["Value"] == {"Fn::GetAtt": [f"{name}DeadLetters", "QueueName"]}
    assert (alarm["Threshold"], alarm["AlarmActions"]) == (0, [{"Ref": "AlertTopic"}])


def test_every_queue_is_one_of_the_five_or_its_dead_letters(template: dict[str, Any]) -> None:
    expected = {f"{name}{kind}" for name in QUEUES for kind in ("Queue", "DeadLetters")}
    assert of_type(template, "AWS::SQS::Queue").keys() == expected


@pytest.mark.parametrize("name", ["Inbound", "Outbound"])
def test_one_shoppers_messages_keep_their_order(template: dict[str, Any], name: str) -> None:
    for kind in ("Queue", "DeadLetters"):
        properties = template["Resources"][f"{name}{kind}"]["Properties"]
        assert properties["FifoQueue"] is True
        assert properties["DeduplicationScope"] == "messageGroup"
        assert properties["FifoThroughputLimit"] == "perMessageGroupId"


def test_only_the_failed_messages_of_a_batch_come_back(template: dict[str, Any]) -> None:
    sources = [
        event["Properties"]
        for function in of_type(template, "AWS::Serverless::Function").values()
        for event in function["Properties"].get("Events", {}).values()
        if event["Type"] == "SQS"
    ]
    assert len(sources) == len(QUEUES)
    for source in sources:
        assert source["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
        (queue,) = [name for name in QUEUES if name in source["Queue"]["Fn::Sub"]]
        assert source["BatchSize"] == {"Inbound": 10, "Bulk": 64}.get(queue, 1)
        assert list(source["Queue"]) == ["Fn::Sub"]


def test_a_campaign_cannot_take_every_function(template: dict[str, Any]) -> None:
    """A new account runs ten at once."""
    source = template["Resources"]["SendBulk"]["Properties"]["Events"]["SendBulkSqsEventSource"]
    assert 2 <= source["Properties"]["ScalingConfig"]["MaximumConcurrency"] <= 5


def test_a_queue_waits_longer_than_its_function_runs(template: dict[str, Any]) -> None:
    """Else a message would be handed out again while it is being worked on."""
    shortest = template["Parameters"]["VisibilityTimeoutSeconds"]
    functions = of_type(template, "AWS::Serverless::Function")
    timeouts = {name: function["Properties"]["Timeout"] for name, function in functions.items()}
    fetching = timeouts.pop("FetchMedia")
    assert max(timeouts.values()) < shortest["MinValue"]
    assert shortest["Default"] == 180
    assert template["Resources"]["MediaQueue"]["Properties"]["VisibilityTimeout"] == 6 * fetching


def test_what_merchants_own_outlives_the_stack(template: dict[str, Any]) -> None:
    kept = {"AWS::DynamoDB::Table": 3, "AWS::S3::Bucket": 1, "AWS::KMS::Key": 1}
    for kind, count in kept.items():
        found = of_type(template, kind)
        assert len(found) == count
        for resource in found.values():
            assert resource["DeletionPolicy"] in ("Retain", "RetainExceptOnCreate")
            assert resource["UpdateReplacePolicy"] == "Retain"


def test_tables_can_be_restored_are_encrypted_and_paid_by_use(template: dict[str, Any]) -> None:
    for table in of_type(template, "AWS::DynamoDB::Table").values():
        properties = table["Properties"]
        assert properties["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
        assert properties["SSESpecification"] == {"SSEEnabled": True}
        assert properties["BillingMode"] == "PAY_PER_REQUEST"


def test_nothing_stored_can_be_public(template: dict[str, Any]) -> None:
    (bucket,) = of_type(template, "AWS::S3::Bucket").values()
    assert all(bucket["Properties"]["PublicAccessBlockConfiguration"].values())
    assert bucket["Properties"]["BucketEncryption"]


def test_stored_files_travel_encrypted(template: dict[str, Any]) -> None:
    (policy,) = of_type(template, "AWS::S3::BucketPolicy").values()
    (statement,) = policy["Properties"]["PolicyDocument"]["Statement"]
    assert policy["Properties"]["Bucket"] == {"Ref": "MediaBucket"}
    assert (statement["Effect"], statement["Principal"], statement["Action"]) == ("Deny", "*", "s3:*")
    assert statement["Condition"] == {"Bool": {"aws:SecureTransport": "false"}}
    assert [one["Fn::Sub"] for one in statement["Resource"]] == [
        "${MediaBucket.Arn}",
        "${MediaBucket.Arn}/*",
    ]
    assert policy["UpdateReplacePolicy"] == "Retain"
    assert template["Conditions"][policy["Condition"]] == {"Fn::Equals": [{"Ref": "PlainHttp"}, "refused"]}
    assert template["Parameters"]["PlainHttp"]["Default"] == "refused"


def test_shoppers_files_are_kept_when_bodies_are_forgotten(template: dict[str, Any]) -> None:
    (bucket,) = of_type(template, "AWS::S3::Bucket").values()
    rules = bucket["Properties"]["LifecycleConfiguration"]["Rules"]
    assert [rule["Prefix"] for rule in rules if "ExpirationInDays" in rule] == ["bodies/", "media/"]


@pytest.mark.parametrize("function", ["ReceiveInbound", "SendLater", "SendBulk", "APIHandler", "Tick"])
def test_whoever_hears_of_a_campaigns_message_may_put_it_back(
    template: dict[str, Any], function: str
) -> None:
    sends_to = [
        queue
        for role, statement in statements(template)
        if role == f"{function}Role" and statement["Action"] == ["sqs:SendMessage*"]
        for queue in statement["Resource"]
    ]
    assert {"Fn::GetAtt": ["BulkQueue", "Arn"]} in sends_to


def test_files_are_fetched_by_a_function_that_can_do_little_else(template: dict[str, Any]) -> None:
    allowed = {
        action: statement
        for role, statement in statements(template)
        if role == "FetchMediaRole"
        for action in statement["Action"]
    }
    source = template["Resources"]["FetchMedia"]["Properties"]["Events"]["FetchMediaSqsEventSource"]
    assert source["Properties"]["Queue"] == {"Fn::Sub": "${MediaQueue.Arn}"}
    assert 2 <= source["Properties"]["ScalingConfig"]["MaximumConcurrency"] <= 3
    assert not {"sqs:SendMessage*", "kms:Encrypt", "s3:GetObject"} & allowed.keys()
    assert {"s3:PutObject", "s3:DeleteObject", "kms:Decrypt", "sqs:DeleteMessage"} <= allowed.keys()
    assert allowed["s3:ListBucket"]["Resource"] == [{"Fn::GetAtt": ["MediaBucket", "Arn"]}]
    assert allowed["s3:ListBucket"]["Condition"] == {"StringLike": {"s3:prefix": "media/*"}}


def test_a_deployment_says_how_large_a_file_it_keeps(template: dict[str, Any]) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    assert variables["MEDIA_MOST_MB"] == {"Ref": "MediaMostMb"}
    assert template["Parameters"]["MediaMostMb"]["Default"] == 100


def test_every_function_has_a_role_of_its_own(template: dict[str, Any]) -> None:
    functions = of_type(template, "AWS::Serverless::Function")
    assert functions.keys() == FUNCTIONS
    for name, function in functions.items():
        assert function["Properties"]["Role"] == {"Fn::GetAtt": [f"{name}Role", "Arn"]}
        assert function["Properties"]["LoggingConfig"] == {"LogGroup": {"Ref": f"{name}Logs"}}


def test_a_role_names_what_it_may_touch(template: dict[str, Any]) -> None:
    for role, statement in statements(template):
        assert statement["Resource"], f"{role} has an empty statement"
        assert not any("*" in action for action in statement["Action"] if action != "sqs:SendMessage*"), role
        for resource in statement["Resource"]:
            text = str(resource.get("Fn::Sub", ""))
            assert resource != "*", role
            assert re.fullmatch(r"(\$\{\w+\.Arn\}(/\*|/index/\w+))?", text), (role, text)


def test_logs_are_forgotten_after_a_while(template: dict[str, Any]) -> None:
    groups = of_type(template, "AWS::Logs::LogGroup")
    assert groups.keys() == {f"{name}Logs" for name in FUNCTIONS}
    assert all(group["Properties"]["RetentionInDays"] for group in groups.values())


def test_production_has_no_clock_but_its_own(template: dict[str, Any]) -> None:
    variables = template["Globals"]["Function"]["Environment"]["Variables"]
    assert template["Parameters"]["ClockUrl"]["Default"] == ""
    assert variables["CLOCK_URL"] == {"Fn::If": ["HasClock", {"Ref": "ClockUrl"}, {"Ref": "AWS::NoValue"}]}


def test_production_talks_to_the_real_platforms(template: dict[str, Any]) -> None:
    parameters = template["Parameters"]
    assert parameters["GraphUrl"]["Default"] == "https://graph.facebook.com"
    assert parameters["InstagramUrl"]["Default"] == "https://graph.instagram.com"
    assert parameters["TelegramUrl"]["Default"] == "https://api.telegram.org"
    assert parameters["ShopifyUrl"]["Default"] == "https://{shop}"
    assert parameters["WooCommerceUrl"]["Default"] == ""


def test_the_admin_keys_hash_is_not_shown(template: dict[str, Any]) -> None:
    assert template["Parameters"]["AdminKeyHash"]["NoEcho"] is True


def test_work_that_is_overdue_wakes_somebody(template: dict[str, Any]) -> None:
    alarm = template["Resources"]["OverdueAlarm"]["Properties"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("Parley", "OldestOverdueSeconds")
    assert alarm["Dimensions"] == [{"Name": "stage", "Value": {"Ref": "Stage"}}]
    assert alarm["Threshold"] == 300
    stopped = template["Resources"]["TickStoppedAlarm"]["Properties"]
    assert stopped["TreatMissingData"] == "breaching"


@pytest.mark.parametrize(("what", "limit"), [("AtRisk", 20), ("Broken", 10)])
def test_many_promises_that_run_out_wake_somebody(template: dict[str, Any], what: str, limit: int) -> None:
    alarm = template["Resources"][f"Promises{what}Alarm"]["Properties"]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("Parley", f"Promise{what}")
    assert (alarm["Statistic"], alarm["Threshold"]) == ("Sum", {"Ref": f"Promises{what}Limit"})
    assert alarm["Dimensions"] == [{"Name": "stage", "Value": {"Ref": "Stage"}}]
    assert template["Parameters"][f"Promises{what}Limit"]["Default"] == limit


def test_the_tick_comes_every_minute(template: dict[str, Any]) -> None:
    (event,) = template["Resources"]["Tick"]["Properties"]["Events"].values()
    assert (event["Type"], event["Properties"]["Schedule"]) == ("Schedule", "rate(1 minute)")
