"""One decision is one transaction: all of it is written or nothing, and who was slower is told so."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from access_patterns import Requests
from samples import (
    NOW,
    a_message,
    a_thread,
    an_echo,
    an_intent,
    due_of,
    park,
    pointer_to,
    ref_of,
    stored,
    unknown_pointer,
)

from chalicelib.domain.messages import Message
from chalicelib.domain.work import Due
from chalicelib.ports.afterwards import Pointer
from chalicelib.ports.errors import AlreadyThere, Conflict
from chalicelib.ports.threads import Change, Claim
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.threads import DynamoThreads

LIKED = {"fact": "reaction", "who": "447700900123", "put": "1793620800000 ❤️"}
DELIVERED = {"fact": "status", "status": "delivered", "code": ""}


def _unwritten(threads: DynamoThreads, merchant: str, *messages: Message) -> bool:
    return all(threads.message(ref_of(merchant, one)) is None for one in messages)


def test_a_commit_is_one_request(
    threads: DynamoThreads, dues: DynamoDue, merchant: str, requests: Requests
) -> None:
    message, answer = a_message(1), an_intent(2)
    requests.clear()
    stored(
        threads,
        merchant,
        message,
        answer,
        pointers=(pointer_to(merchant, message),),
        due=(due_of(merchant, answer),),
    )
    assert requests.names == ["TransactWriteItems", "GetItem"]
    assert threads.message(ref_of(merchant, answer)) == answer
    assert [one.at for one in dues.due(NOW + timedelta(hours=1), 10)] == [NOW + timedelta(seconds=30)]


def test_a_thread_that_changed_meanwhile_is_not_overwritten(threads: DynamoThreads, merchant: str) -> None:
    thread = stored(threads, merchant)
    threads.commit(Change(thread=replace(thread, assignee="Ben")))
    message = a_message()
    with pytest.raises(Conflict) as refused:
        threads.commit(Change(thread=replace(thread, assignee="Eve"), new=(message,)))
    assert not isinstance(refused.value, AlreadyThere)
    assert _unwritten(threads, merchant, message)
    now = threads.thread(merchant, "th_ann")
    assert now is not None and now.assignee == "Ben" and now.version == 2


def test_a_thread_is_begun_once(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant)
    with pytest.raises(Conflict):
        threads.commit(Change(thread=a_thread(merchant, assignee="Eve")))


def test_a_message_that_is_there_is_not_written_over(threads: DynamoThreads, merchant: str) -> None:
    thread = stored(threads, merchant, a_message())
    with pytest.raises(Conflict):
        threads.commit(Change(thread=thread, new=(a_message(text="Another"),)))
    found = threads.message(ref_of(merchant, a_message()))
    assert found is not None and found.text == "Message 1"


def test_a_message_is_known_by_its_channels_id(threads: DynamoThreads, merchant: str) -> None:
    message = a_message(chat="55500")
    pointer = pointer_to(merchant, message)
    stored(threads, merchant, message, pointers=(pointer,))
    assert threads.pointer(merchant, "cn_one", "55500", "wamid.1") == pointer
    assert threads.pointer(merchant, "cn_one", "55501", "wamid.1") is None
    assert threads.pointer(merchant, "cn_two", "55500", "wamid.1") is None


def test_the_same_message_again_is_already_there(threads: DynamoThreads, merchant: str) -> None:
    message = a_message()
    thread = stored(threads, merchant, message, pointers=(pointer_to(merchant, message),))
    again = a_message(2, channel_message_id="wamid.1")
    with pytest.raises(AlreadyThere):
        threads.commit(Change(thread=thread, new=(again,), pointers=(pointer_to(merchant, again),)))
    assert _unwritten(threads, merchant, again)


def test_the_same_message_again_is_already_there_even_when_the_thread_moved_on(
    threads: DynamoThreads, merchant: str
) -> None:
    message = a_message()
    thread = stored(threads, merchant, message, pointers=(pointer_to(merchant, message),))
    threads.commit(Change(thread=thread))
    with pytest.raises(AlreadyThere):
        threads.commit(Change(thread=thread, new=(message,), pointers=(pointer_to(merchant, message),)))


def test_facts_wait_for_their_message(threads: DynamoThreads, merchant: str) -> None:
    pointer = unknown_pointer("wamid.1")
    park(threads, merchant, pointer, DELIVERED)
    read = threads.pointer(merchant, "cn_one", "", "wamid.1")
    assert read == replace(pointer, parked=(DELIVERED,))
    park(threads, merchant, read, LIKED)
    read = threads.pointer(merchant, "cn_one", "", "wamid.1")
    assert read is not None and read.parked == (DELIVERED, LIKED)


def test_a_fact_that_waits_already_stays_one(
    threads: DynamoThreads, merchant: str, requests: Requests
) -> None:
    pointer = unknown_pointer("wamid.1", parked=(DELIVERED,))
    requests.clear()
    park(threads, merchant, pointer, dict(reversed(DELIVERED.items())))
    assert requests.made == []


def test_a_fact_is_not_parked_over_another_that_came_meanwhile(threads: DynamoThreads, merchant: str) -> None:
    empty = unknown_pointer("wamid.1")
    park(threads, merchant, empty, DELIVERED)
    with pytest.raises(AlreadyThere):
        park(threads, merchant, empty, LIKED)
    read = threads.pointer(merchant, "cn_one", "", "wamid.1")
    assert read is not None and read.parked == (DELIVERED,)


def test_no_fact_is_parked_for_a_message_that_is_there(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    message = a_message()
    stored(threads, merchant, message, pointers=(pointer_to(merchant, message),))
    echo = Due(an_echo(merchant, "wamid.1"), NOW)
    with pytest.raises(AlreadyThere):
        park(threads, merchant, unknown_pointer("wamid.1"), DELIVERED, echo)
    assert dues.due(NOW, 10) == []


def test_an_echo_is_parked_with_the_moment_to_decide(
    threads: DynamoThreads, dues: DynamoDue, merchant: str
) -> None:
    echo = Due(an_echo(merchant), NOW)
    park(threads, merchant, unknown_pointer("wamid.ECHO"), {"fact": "echo"}, echo)
    assert [(one.work, one.at) for one in dues.due(NOW, 10)] == [(echo.work, NOW)]


def _arriving(merchant: str, message: Message, *facts: Any) -> tuple[Pointer, ...]:
    return (pointer_to(merchant, message, parked=facts),)


def test_a_message_is_not_stored_past_facts_that_were_not_read(threads: DynamoThreads, merchant: str) -> None:
    message = a_message()
    park(threads, merchant, unknown_pointer("wamid.1"), LIKED)
    for unread in ((), (DELIVERED,), (LIKED, DELIVERED)):
        with pytest.raises(AlreadyThere):
            stored(threads, merchant, message, pointers=_arriving(merchant, message, *unread))
    assert _unwritten(threads, merchant, message)


def test_a_message_takes_the_facts_that_were_read_with_it(threads: DynamoThreads, merchant: str) -> None:
    message = a_message()
    park(threads, merchant, unknown_pointer("wamid.1"), LIKED)
    stored(threads, merchant, message, pointers=_arriving(merchant, message, LIKED))
    assert threads.pointer(merchant, "cn_one", "", "wamid.1") == pointer_to(merchant, message)


def test_an_idempotency_key_is_used_once(threads: DynamoThreads, merchant: str) -> None:
    first, second = an_intent(1), an_intent(2)
    thread = stored(threads, merchant, first, key="order 7")
    with pytest.raises(AlreadyThere):
        threads.commit(Change(thread=thread, new=(second,), key="order 7"))
    assert _unwritten(threads, merchant, second)
    assert threads.keyed(merchant, "order 7") == ref_of(merchant, first)


def test_a_key_of_several_messages_means_the_first(threads: DynamoThreads, merchant: str) -> None:
    first, second, third = an_intent(1), an_intent(2), an_intent(3)
    claims = (Claim("private:17"),)
    thread = stored(threads, merchant, first, second, key="order 7", claims=claims)
    assert (
        threads.keyed(merchant, "order 7")
        == threads.claimed(merchant, "private:17")
        == ref_of(merchant, first)
    )
    with pytest.raises(AlreadyThere):
        threads.commit(Change(thread=thread, new=(third,), key="order 8", claims=claims))
    assert threads.keyed(merchant, "order 8") is None
    assert _unwritten(threads, merchant, third)


def test_a_claim_is_no_key_that_a_caller_could_use(threads: DynamoThreads, merchant: str) -> None:
    first, second = an_intent(1), an_intent(2)
    thread = stored(threads, merchant, first, claims=(Claim("private:17"),))
    assert threads.keyed(merchant, "private:17") is None
    threads.commit(Change(thread=thread, new=(second,), key="private:17"))
    assert threads.claimed(merchant, "private:17") == ref_of(merchant, first)


def test_a_claim_is_taken_over_once_from_the_message_that_left_it(
    threads: DynamoThreads, merchant: str
) -> None:
    first, second, third = an_intent(1), an_intent(2), an_intent(3)
    thread = stored(threads, merchant, first, claims=(Claim("private:17"),))
    over = (Claim("private:17", ref_of(merchant, first)),)
    threads.commit(Change(thread=thread, new=(second,), claims=over))
    assert threads.claimed(merchant, "private:17") == ref_of(merchant, second)
    again = threads.thread(merchant, "th_ann")
    assert again is not None
    with pytest.raises(AlreadyThere):
        threads.commit(Change(thread=again, new=(third,), claims=over))
    assert _unwritten(threads, merchant, third)


def test_an_idempotency_key_is_each_merchants_own(threads: DynamoThreads, merchant: str) -> None:
    stored(threads, merchant, an_intent(), key="order 7")
    other = f"{merchant}x"
    assert threads.keyed(other, "order 7") is None
    stored(threads, other, an_intent(), key="order 7")
    assert threads.keyed(other, "order 7") == ref_of(other, an_intent())


def test_work_that_is_done_is_taken_away(threads: DynamoThreads, dues: DynamoDue, merchant: str) -> None:
    thread = stored(threads, merchant, due=(Due(an_echo(merchant), NOW),))
    threads.commit(Change(thread=thread, done=(an_echo(merchant),)))
    assert dues.due(NOW, 10) == []
