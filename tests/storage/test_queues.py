"""SQS behind the Outbox, with queues like the template's."""

import json
from secrets import token_hex
from typing import Any, Final

import pytest
from noted_aws import REFUSED, Noted
from samples import an_echo

from chalicelib.domain.messages import MessageRef
from chalicelib.domain.work import FetchFiles, Send, work_from_json
from chalicelib.ports.errors import StoreBusy
from chalicelib.storage.aws import SqsOutbox
from infra.template import queues
from tests.dynamo import client_of

LONGEST_ID: Final = 128  # of a group or of a deduplication, at SQS
MOST_OF_A_CALL: Final = 256 * 1024


@pytest.fixture(autouse=True)
def requests() -> None:
    """No tables here."""


def _queue_like_the_templates(sqs: Any, name: str, test: str) -> str:
    properties = queues.build()["Resources"][f"{name}Queue"]["Properties"]
    attributes = {
        key: str(value).lower() if isinstance(value, bool) else value
        for key, value in properties.items()
        if key in ("FifoQueue", "DeduplicationScope", "FifoThroughputLimit")
    }
    suffix = ".fifo" if "FifoQueue" in attributes else ""
    return str(sqs.create_queue(QueueName=f"{test}-{name}{suffix}", Attributes=attributes)["QueueUrl"])


@pytest.fixture
def urls(cloud: str) -> dict[str, str]:
    """Queues of the test's own: delayed messages of another would come in between."""
    sqs, test = client_of("sqs", cloud), token_hex(6)
    return {name: _queue_like_the_templates(sqs, name, test) for name in queues.QUEUES}


@pytest.fixture
def outbox(aws: Noted, urls: dict[str, str]) -> SqsOutbox:
    return SqsOutbox(
        aws,
        inbound_url=urls["Inbound"],
        outbound_url=urls["Outbound"],
        later_url=urls["Later"],
        bulk_url=urls["Bulk"],
        media_url=urls["Media"],
    )


def _taken(cloud: str, url: str) -> list[dict[str, Any]]:
    """All that can be received now."""
    sqs = client_of("sqs", cloud)
    found: list[dict[str, Any]] = []
    while received := sqs.receive_message(QueueUrl=url, MaxNumberOfMessages=10, AttributeNames=["All"]).get(
        "Messages"
    ):
        for one in received:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=one["ReceiptHandle"])
        found += received
    return found


def _envelope(number: int, **more: Any) -> dict[str, Any]:
    return {"channel": "telegram", "received_at": "12:00", "body": {"update_id": number}, **more}


def _sends(count: int) -> list[Send]:
    return [Send(MessageRef("mt_1", "th_1", f"{n}#ms_{n}"), f"cn_1#{n % 3}") for n in range(count)]


def test_every_event_is_queued_ten_to_a_call(
    outbox: SqsOutbox, aws: Noted, cloud: str, urls: dict[str, str]
) -> None:
    outbox.inbound([(f"group {n % 4}", _envelope(n)) for n in range(25)])
    assert [name for name, _ in aws.calls] == ["SendMessageBatch"] * 3
    queued = [json.loads(one["Body"]) for one in _taken(cloud, urls["Inbound"])]
    assert sorted(one["body"]["update_id"] for one in queued) == list(range(25))
    assert queued[0]["received_at"] == "12:00"


def test_nothing_to_queue_is_no_call(outbox: SqsOutbox, aws: Noted) -> None:
    outbox.inbound([])
    outbox.dispatch_all([], attempt="1")
    assert aws.calls == []


def test_the_same_event_again_is_queued_once_whenever_it_came(
    outbox: SqsOutbox, cloud: str, urls: dict[str, str]
) -> None:
    for second in range(3):
        outbox.inbound([("group", _envelope(100) | {"received_at": f"12:00:0{second}"})])
    outbox.inbound([("another group", _envelope(100)), ("group", _envelope(100, replay="1"))])
    assert len(_taken(cloud, urls["Inbound"])) == 3


def test_ids_fit_into_what_sqs_takes(outbox: SqsOutbox, aws: Noted) -> None:
    outbox.inbound([("x" * 5000, _envelope(200, more="y" * 5000))])
    outbox.dispatch(Send(MessageRef("mt_1", "th_1", "0#ms"), "z" * 5000), attempt="a" * 500)
    for _, params in aws.calls:
        for entry in params["Entries"]:
            assert len(entry["MessageGroupId"]) <= LONGEST_ID
            assert len(entry["MessageDeduplicationId"]) <= LONGEST_ID


def test_large_events_share_no_call_that_would_be_too_large(outbox: SqsOutbox, aws: Noted) -> None:
    outbox.inbound([("group", _envelope(n, more="x" * 90_000)) for n in range(300, 306)])
    for _, params in aws.calls:
        assert sum(len(entry["MessageBody"]) for entry in params["Entries"]) <= MOST_OF_A_CALL
    assert [len(params["Entries"]) for _, params in aws.calls] == [2, 2, 2]


def test_what_is_not_ascii_counts_as_the_bytes_that_it_takes(outbox: SqsOutbox, aws: Noted) -> None:
    outbox.inbound([("group", _envelope(n, more="💙" * 15_000)) for n in range(310, 313)])
    for _, params in aws.calls:
        size = sum(len(entry["MessageBody"].encode()) for entry in params["Entries"])
        assert size <= MOST_OF_A_CALL


def test_events_that_were_not_all_taken_are_not_kept(outbox: SqsOutbox, aws: Noted) -> None:
    """One of ten is refused in an answer that is 200 on the whole."""
    aws.trouble.append((200, {"Failed": [{"Id": "3", "SenderFault": False}], "ResponseMetadata": {}}))
    with pytest.raises(StoreBusy):
        outbox.inbound([("group", _envelope(n)) for n in range(400, 410)])


def test_a_queue_that_is_busy_may_take_it_later(outbox: SqsOutbox, aws: Noted) -> None:
    work = _sends(1)[0]
    for call in (
        lambda: outbox.inbound([("group", _envelope(500))]),
        lambda: outbox.dispatch(work),
        lambda: outbox.dispatch(work, delay_s=4),
        lambda: outbox.dispatch_all([work], attempt="1"),
        outbox.depths,
    ):
        aws.trouble.append(REFUSED)
        with pytest.raises(StoreBusy):
            call()


def test_a_send_goes_out_in_the_order_of_its_shopper(
    outbox: SqsOutbox, cloud: str, urls: dict[str, str]
) -> None:
    works = _sends(6)
    for work in works:
        outbox.dispatch(work, attempt="order")
    found = [(one["Attributes"]["MessageGroupId"], one["Body"]) for one in _taken(cloud, urls["Outbound"])]
    assert len({group for group, _ in found}) == 3
    for group in {group for group, _ in found}:
        sorts = [json.loads(body)["sort"] for of, body in found if of == group]
        assert sorts == sorted(sorts)


def test_the_same_send_and_attempt_is_queued_once(
    outbox: SqsOutbox, cloud: str, urls: dict[str, str]
) -> None:
    (work,) = _sends(1)
    for attempt in ("once", "once", "again"):
        outbox.dispatch(work, attempt=attempt)
    found = [work_from_json(json.loads(one["Body"])) for one in _taken(cloud, urls["Outbound"])]
    assert found == [work, work]


@pytest.mark.parametrize(("delay_s", "asked"), [(1, 1), (900, 900), (901, 900), (86_400, 900)])
def test_a_delay_is_at_most_what_sqs_takes(outbox: SqsOutbox, aws: Noted, delay_s: int, asked: int) -> None:
    outbox.dispatch(_sends(1)[0], delay_s=delay_s)
    ((_, params),) = aws.calls
    (entry,) = params["Entries"]
    assert entry["DelaySeconds"] == asked
    assert params["QueueUrl"].endswith("Later") and "MessageGroupId" not in entry


def test_all_due_work_goes_to_its_queue(
    outbox: SqsOutbox, aws: Noted, cloud: str, urls: dict[str, str]
) -> None:
    echo = an_echo("mt_1")
    files = FetchFiles(MessageRef("mt_1", "th_1", "0#ms_0"), "cn_1")
    campaign = Send(MessageRef("mt_1", "th_1", "0#ms_1"), "group", "bulk")
    outbox.dispatch_all([*_sends(12), echo, files, campaign], attempt="tick")
    assert len(aws.calls) == 5
    (bulk,) = _taken(cloud, urls["Bulk"])
    assert work_from_json(json.loads(bulk["Body"])) == campaign
    assert len(_taken(cloud, urls["Outbound"])) == 12
    (later,) = _taken(cloud, urls["Later"])
    assert work_from_json(json.loads(later["Body"])) == echo
    (media,) = _taken(cloud, urls["Media"])
    assert work_from_json(json.loads(media["Body"])) == files


def test_depths_count_what_waits_and_what_is_under_way(
    outbox: SqsOutbox, cloud: str, urls: dict[str, str]
) -> None:
    outbox.inbound([(f"group {n}", _envelope(n)) for n in range(600, 603)])
    client_of("sqs", cloud).receive_message(QueueUrl=urls["Inbound"], MaxNumberOfMessages=1)
    depths = outbox.depths()
    assert set(depths) == {"inbound", "outbound", "later", "bulk", "media"}
    assert (depths["inbound"], depths["bulk"]) == (3, 0)
