"""The five queues and, behind each, its dead letters."""

from infra.template.syntax import NOTHING, Json, arn, ref, sub

QUEUES = ("Inbound", "Outbound", "Later", "Bulk", "Media")
FIFO = ("Inbound", "Outbound")

DAY_S = 24 * 60 * 60
DEAD_LETTERS_KEPT_S = 14 * DAY_S  # the longest there is
# Shorter than its dead letters: on a standard queue their clock starts when a message is first sent.
KEPT_S = 4 * DAY_S
TRIES = 5
# A platform may take 13 s to answer one call, and a function that ends in the middle of one leaves a
# message of which nobody knows whether it left: senders take one at a time. Campaigns alone take many, send
# some of them together, and give back what they have no time for.
BATCH_SIZES = {"Inbound": 10, "Outbound": 1, "Later": 1, "Bulk": 64, "Media": 1}
# More than ten at once are given only to who waits for them.
# Source: docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
GATHERED_FOR_S = {"Bulk": 1}
# Of ten that a new account may run at once: neither a campaign nor a flood of photographs takes the
# functions that webhooks need.
AT_ONCE = {"Bulk": 5, "Media": 2}
# A file may be large and come slowly; the queue waits six times as long, as AWS advises.
# Source: docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
MEDIA_TIMEOUT_S = 60


def build() -> Json:
    resources: Json = {}
    outputs: Json = {}
    for name in QUEUES:
        resources[f"{name}Queue"] = _queue(name)
        resources[f"{name}DeadLetters"] = _dead_letters(name)
        outputs[f"{name}QueueUrl"] = {"Value": ref(f"{name}Queue")}
        outputs[f"{name}DeadLettersUrl"] = {"Value": ref(f"{name}DeadLetters")}
    return {"Resources": resources, "Outputs": outputs}


def event_source(name: str) -> Json:
    """Without FunctionResponseTypes, a batch with a failed record would be deleted whole."""
    properties: Json = {
        "Queue": sub(f"${{{name}Queue.Arn}}"),  # a Sub, as Chalice's own: merged dictionaries keep both keys
        "BatchSize": BATCH_SIZES[name],
        "FunctionResponseTypes": ["ReportBatchItemFailures"],
    }
    if name in FIFO:
        properties["MaximumBatchingWindowInSeconds"] = NOTHING  # Chalice writes 0; a FIFO queue takes none
    if name in GATHERED_FOR_S:
        properties["MaximumBatchingWindowInSeconds"] = GATHERED_FOR_S[name]
    if name in AT_ONCE:
        properties["ScalingConfig"] = {"MaximumConcurrency": AT_ONCE[name]}
    return {"Type": "SQS", "Properties": properties}


def _queue(name: str) -> Json:
    redrive = {"deadLetterTargetArn": arn(f"{name}DeadLetters"), "maxReceiveCount": TRIES}
    properties = {
        "VisibilityTimeout": 6 * MEDIA_TIMEOUT_S if name == "Media" else ref("VisibilityTimeoutSeconds"),
        "MessageRetentionPeriod": KEPT_S,
        "RedrivePolicy": redrive,
        "SqsManagedSseEnabled": True,
    }
    return {"Type": "AWS::SQS::Queue", "Properties": _fifo(name) | properties}


def _dead_letters(name: str) -> Json:
    properties = {"MessageRetentionPeriod": DEAD_LETTERS_KEPT_S, "SqsManagedSseEnabled": True}
    return {"Type": "AWS::SQS::Queue", "Properties": _fifo(name) | properties}


def _fifo(name: str) -> Json:
    """Order and deduplication within a group, and throughput counted by group.

    Source: docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/high-throughput-fifo.html
    """
    if name not in FIFO:
        return {}
    return {
        "FifoQueue": True,
        "DeduplicationScope": "messageGroup",
        "FifoThroughputLimit": "perMessageGroupId",
    }
