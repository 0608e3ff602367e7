"""What each function runs with, and the one role that says what it may do."""

from dataclasses import dataclass

from infra.template.queues import MEDIA_TIMEOUT_S, QUEUES, event_source
from infra.template.syntax import Json, allow, arn, ref, sub, when

READ = ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query", "dynamodb:ConditionCheckItem"]
WRITE = ["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem", "dynamodb:BatchWriteItem"]
# AWS counts a batch as SendMessage, the local AWS as an action of its own.
SEND = "sqs:SendMessage*"
TABLES = {"ShopsTable": "", "ThreadsTable": "inbox", "DueTable": "due"}
OBJECTS = sub("${MediaBucket.Arn}/*")
# Files of a message that was taken back are found by its folder.
FILES = "media/"


@dataclass(frozen=True)
class Function:
    """A Lambda function as Chalice names it in the template."""

    sends_to: tuple[str, ...] = ()
    reads_from: str = ""
    kms: tuple[str, ...] = ("kms:Decrypt",)
    s3: tuple[str, ...] = ("s3:GetObject", "s3:PutObject")
    timeout_s: int = 30
    memory_mb: int = 512
    measures: tuple[str, ...] = ()
    forgets_files: bool = False
    lists_bucket: bool = False


FUNCTIONS = {
    # API Gateway answers 504 after 29 s, so the function need not outlive that.
    "APIHandler": Function(
        sends_to=QUEUES,
        kms=("kms:Encrypt", "kms:Decrypt"),
        s3=("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
        timeout_s=29,
        memory_mb=1024,
        measures=QUEUES,
    ),
    # A body that waited in the store is cut here, and its events go back to the queue. A channel may tell of
    # a campaign's message that it could not deliver yet: it goes back to its own.
    "ReceiveInbound": Function(
        reads_from="Inbound",
        sends_to=("Inbound", "Outbound", "Later", "Bulk", "Media"),
        s3=("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
        memory_mb=1024,
        forgets_files=True,
    ),
    "SendOutbound": Function(reads_from="Outbound", sends_to=("Outbound", "Later")),
    # Connections are checked here, and a renewed token is sealed. What the shop's people sent from a phone is
    # settled here too, and may have files. People are erased here.
    "SendLater": Function(
        reads_from="Later",
        sends_to=("Outbound", "Later", "Bulk", "Media"),
        kms=("kms:Encrypt", "kms:Decrypt"),
        s3=("s3:GetObject", "s3:PutObject", "s3:DeleteObject"),
        lists_bucket=True,
    ),
    # Ten threads of it share what a processor it has.
    "SendBulk": Function(reads_from="Bulk", sends_to=("Later", "Bulk"), memory_mb=1024),
    "FetchMedia": Function(
        reads_from="Media",
        s3=("s3:PutObject", "s3:DeleteObject"),
        timeout_s=MEDIA_TIMEOUT_S,
        forgets_files=True,
    ),
    "Tick": Function(sends_to=QUEUES, kms=("kms:Encrypt", "kms:Decrypt")),
}


def build(version: str) -> Json:
    resources: Json = {
        # Else a body that isn't UTF-8 reaches the function altered, and its signature fails.
        "RestAPI": {"Properties": {"BinaryMediaTypes": ["*/*"]}},
    }
    for name, function in FUNCTIONS.items():
        resources[name] = {"Properties": _properties(name, function)}
        resources[f"{name}Role"] = _role(name, function)
        resources[f"{name}Logs"] = {
            "Type": "AWS::Logs::LogGroup",
            "Properties": {"RetentionInDays": ref("LogRetentionDays")},
        }
    return {
        "Globals": {"Function": {"Environment": {"Variables": _environment(version)}}},
        "Resources": resources,
        "Outputs": {
            "ApiUrl": {"Value": sub("https://${RestAPI}.execute-api.${AWS::Region}.${AWS::URLSuffix}/api")},
            "TickFunction": {"Value": ref("Tick")},
        },
    }


def _environment(version: str) -> Json:
    """chalicelib/settings.py reads exactly these."""
    return {
        "STAGE": ref("Stage"),
        "VERSION": version,
        "LOG_LEVEL": ref("LogLevel"),
        "SHOPS_TABLE": ref("ShopsTable"),
        "THREADS_TABLE": ref("ThreadsTable"),
        "DUE_TABLE": ref("DueTable"),
        **{f"{name.upper()}_QUEUE_URL": ref(f"{name}Queue") for name in QUEUES},
        "MEDIA_BUCKET": ref("MediaBucket"),
        "MEDIA_MOST_MB": ref("MediaMostMb"),
        "MESSAGE_DAYS": ref("MessageDays"),
        "RAW_DAYS": ref("RawDays"),
        "MEDIA_DAYS": ref("MediaDays"),
        "KMS_KEY_ID": ref("TokenKey"),
        "ADMIN_KEY_HASH": ref("AdminKeyHash"),
        "PUBLIC_URL": ref("PublicUrl"),
        "GRAPH_URL": ref("GraphUrl"),
        "INSTAGRAM_URL": ref("InstagramUrl"),
        "TELEGRAM_URL": ref("TelegramUrl"),
        "SHOPIFY_URL": ref("ShopifyUrl"),
        "WOOCOMMERCE_URL": ref("WooCommerceUrl"),
        "CLOCK_URL": when("HasClock", ref("ClockUrl")),
    }


def _properties(name: str, function: Function) -> Json:
    properties: Json = {
        "Role": arn(f"{name}Role"),
        "Timeout": function.timeout_s,
        "MemorySize": function.memory_mb,
        "LoggingConfig": {"LogGroup": ref(f"{name}Logs")},
    }
    if function.reads_from:
        properties["Events"] = {f"{name}SqsEventSource": event_source(function.reads_from)}
    if name == "Tick":
        # The next minute brings the next tick: a late or failed one is not worth repeating.
        properties["EventInvokeConfig"] = {"MaximumRetryAttempts": 0, "MaximumEventAgeInSeconds": 60}
    return properties


def _role(name: str, function: Function) -> Json:
    statements = [
        allow(["logs:CreateLogStream", "logs:PutLogEvents"], arn(f"{name}Logs")),
        allow([*READ, *WRITE], *(arn(table) for table in TABLES)),
        allow(
            ["dynamodb:Query"],
            *(sub(f"${{{table}.Arn}}/index/{index}") for table, index in TABLES.items() if index),
        ),
        allow(list(function.kms), arn("TokenKey")),
        allow(list(function.s3), OBJECTS),
    ]
    if function.sends_to:
        statements.append(allow([SEND], *(arn(f"{queue}Queue") for queue in function.sends_to)))
    if function.forgets_files:
        in_folder = {"Condition": {"StringLike": {"s3:prefix": f"{FILES}*"}}}
        statements.append(allow(["s3:ListBucket"], arn("MediaBucket")) | in_folder)
    if function.lists_bucket:  # of all: without it a missing body can't be told from a forbidden one
        statements.append(allow(["s3:ListBucket"], arn("MediaBucket")))
    if function.reads_from:
        consume = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"]
        statements.append(allow(consume, arn(f"{function.reads_from}Queue")))
    if function.measures:
        statements.append(
            allow(["sqs:GetQueueAttributes"], *(arn(f"{queue}Queue") for queue in function.measures))
        )
    return {
        "Type": "AWS::IAM::Role",
        "Properties": {
            "AssumeRolePolicyDocument": _policy(
                {
                    "Effect": "Allow",
                    "Principal": {"Service": "lambda.amazonaws.com"},
                    "Action": "sts:AssumeRole",
                }
            ),
            "Policies": [{"PolicyName": "what-it-needs", "PolicyDocument": _policy(*statements)}],
        },
    }


def _policy(*statements: Json) -> Json:
    return {"Version": "2012-10-17", "Statement": list(statements)}
