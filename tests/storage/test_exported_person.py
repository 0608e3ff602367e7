"""All that is held of a person comes out, each message once, however small the pages are."""

from datetime import timedelta

import pytest
from persons import SAID, wrote
from samples import NOW, a_message

from chalicelib.domain.messages import Message
from chalicelib.ports.threads import Change
from chalicelib.services.people.export import ExportPerson, PageOfPerson
from chalicelib.services.people.people import MergePeople, NoSuchShopper
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.surveys import DynamoSurveys
from chalicelib.storage.threads import DynamoThreads


def talked(threads: DynamoThreads, merchant: str, name: str, count: int) -> list[str]:
    wrote(threads, merchant, name)
    thread = threads.thread(merchant, f"th_{name}")
    assert thread is not None
    messages = tuple(a_message(number, message_id=f"ms_{name}_{number}") for number in range(count))
    threads.commit(Change(thread=thread, new=messages))
    return [one.message_id for one in messages]


def pages(export: ExportPerson, merchant: str, limit: int) -> list[PageOfPerson]:
    found, after = [], ""
    while not found or after:
        found.append(export(merchant, "sh_ann", after, limit))
        after = found[-1].next
    return found


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
def test_every_message_comes_once(
    threads: DynamoThreads, people: DynamoPeople, merchant: str, limit: int
) -> None:
    written = [*talked(threads, merchant, "ann", 4), *talked(threads, merchant, "ben", 3)]
    talked(threads, merchant, "eve", 2)
    MergePeople(people)(merchant, "sh_ann", "sh_ben", SAID, NOW + timedelta(hours=1))
    first, *others = pages(ExportPerson(people, threads, DynamoSurveys()), merchant, limit)
    told: list[tuple[str, Message]] = [one for page in (first, *others) for one in page.messages]
    assert sorted(message.message_id for _, message in told) == sorted(written)
    assert all(f"_{thread_id.removeprefix('th_')}_" in message.message_id for thread_id, message in told)
    assert all(len(page.messages) <= limit for page in (first, *others))
    assert [one.thread_id for one in first.threads] == ["th_ann", "th_ben"]
    assert [one.merged for one in first.merges] == ["sh_ben"]
    assert not any(page.threads or page.merges for page in others)


def test_who_is_not_there_has_nothing(threads: DynamoThreads, people: DynamoPeople, merchant: str) -> None:
    with pytest.raises(NoSuchShopper):
        ExportPerson(people, threads, DynamoSurveys())(merchant, "sh_ann", "", 10)


def test_who_has_said_nothing_has_one_page(
    threads: DynamoThreads, people: DynamoPeople, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    (page,) = pages(ExportPerson(people, threads, DynamoSurveys()), merchant, 10)
    assert (page.messages, len(page.threads), page.person.shopper_id) == ((), 1, "sh_ann")
