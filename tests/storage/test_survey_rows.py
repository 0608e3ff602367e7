"""Surveys stand under their month, go with their question, come out with the person, and count once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from persons import wrote
from samples import NOW, a_message, a_thread, an_intent

from chalicelib.domain.messages import Message
from chalicelib.domain.surveys import Said, Survey, answered
from chalicelib.domain.work import EraseShopper
from chalicelib.ports.errors import AlreadyThere
from chalicelib.ports.threads import Change, Claim
from chalicelib.services.people.erase import BeginErasing, ErasePerson
from chalicelib.services.people.export import ExportPerson
from chalicelib.storage.due import DynamoDue
from chalicelib.storage.erasing import DynamoErasing
from chalicelib.storage.people import DynamoPeople
from chalicelib.storage.surveys import DynamoSurveys
from chalicelib.storage.threads import DynamoThreads
from tests.crash.doubles import Bodies, Files, MovableClock, Queues
from tests.dynamo import rows_of

LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def surveys(bound: str) -> DynamoSurveys:
    return DynamoSurveys()


def a_question(number: int = 1, **changes: Any) -> Message:
    return an_intent(number, purpose="survey", details={"survey": "first"}, **changes)


def a_survey(merchant: str, question: Message, thread_id: str = "th_ann", **changes: Any) -> Survey:
    plain = Survey(
        merchant_id=merchant,
        thread_id=thread_id,
        sort=question.sort,
        connection_id="cn_one",
        channel="whatsapp",
    )
    return replace(plain, **changes)


def asked(threads: DynamoThreads, merchant: str, number: int = 1, thread_id: str = "th_ann") -> Survey:
    """One more question in a thread that is there already."""
    question = a_question(number)
    survey = a_survey(merchant, question, thread_id)
    thread = threads.thread(merchant, thread_id)
    assert thread is not None
    claims = (Claim(f"survey:{thread_id}:{number}"),)
    threads.commit(Change(thread=thread, new=(question,), claims=claims, survey=survey))
    return survey


def test_a_survey_is_read_back_as_it_was_written(
    threads: DynamoThreads, surveys: DynamoSurveys, merchant: str
) -> None:
    threads.commit(Change(thread=a_thread(merchant)))
    survey = asked(threads, merchant)
    assert surveys.survey(merchant, "th_ann", survey.sort) == survey
    told = replace(answered(survey, Said("good", survey.sort), LATER), second="1#ms_2")
    told = replace(answered(told, Said("unsolved", survey.sort), LATER), is_thanked=True)
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    threads.commit(Change(thread=thread, survey=told))
    assert surveys.survey(merchant, "th_ann", survey.sort) == told
    assert surveys.survey(merchant, "th_ben", survey.sort) is None
    assert surveys.survey(f"{merchant}x", "th_ann", survey.sort) is None


def test_a_month_holds_its_own_and_nobody_elses(
    threads: DynamoThreads, surveys: DynamoSurveys, merchant: str
) -> None:
    threads.commit(Change(thread=a_thread(merchant)))
    written = [asked(threads, merchant, number) for number in (1, 2, 30 * 86400)]
    assert surveys.surveys_of_month(merchant, "2026-11") == written[:2]
    assert surveys.surveys_of_month(merchant, "2026-12") == written[2:]
    assert surveys.surveys_of_month(f"{merchant}x", "2026-11") == []
    places = [("th_ann", one.sort) for one in (*written, written[0])]
    assert surveys.surveys_at(merchant, [*places, ("th_ann", "1793620900000#ms_none")]) == written
    assert surveys.surveys_at(merchant, []) == []


def test_a_claimed_spell_is_asked_about_once(
    threads: DynamoThreads, surveys: DynamoSurveys, merchant: str
) -> None:
    threads.commit(Change(thread=a_thread(merchant)))
    asked(threads, merchant)
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    other = a_question(9)
    again = Change(
        thread=thread,
        new=(other,),
        claims=(Claim("survey:th_ann:1"),),
        survey=a_survey(merchant, other),
    )
    with pytest.raises(AlreadyThere):
        threads.commit(again)
    assert len(surveys.surveys_of_month(merchant, "2026-11")) == 1


def test_a_survey_goes_by_itself_when_its_question_does(
    threads: DynamoThreads, raw: Any, merchant: str
) -> None:
    threads.commit(Change(thread=a_thread(merchant)))
    survey = asked(threads, merchant)
    found = {row["sk"]["S"]: row for row in rows_of(raw, "ThreadsTable") if merchant in row["pk"]["S"]}
    question, kept = found[f"m#{survey.sort}"], found[f"{survey.sort}#th_ann"]
    assert kept["expires_at"] == question["expires_at"]


@pytest.mark.parametrize("limit", [1, 2, 100])
def test_a_person_is_told_what_they_answered(
    threads: DynamoThreads, people: DynamoPeople, surveys: DynamoSurveys, merchant: str, limit: int
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    mine = [asked(threads, merchant, number) for number in (1, 2)]
    asked(threads, merchant, 3, "th_ben")
    export, after, told = ExportPerson(people, threads, surveys), "", list[Survey]()
    while True:
        page = export(merchant, "sh_ann", after, limit)
        told += page.surveys
        after = page.next
        if not after:
            break
    assert sorted(told, key=lambda one: one.sort) == mine


def test_who_is_erased_leaves_no_survey(
    threads: DynamoThreads, people: DynamoPeople, surveys: DynamoSurveys, merchant: str
) -> None:
    wrote(threads, merchant, "ann")
    wrote(threads, merchant, "ben")
    asked(threads, merchant, 1)
    thread = threads.thread(merchant, "th_ann")
    assert thread is not None
    second = replace(a_question(4), details={"survey": "second"})
    threads.commit(Change(thread=thread, new=(second, a_message(5))))
    kept = asked(threads, merchant, 3, "th_ben")
    queues, dues, erasing = Queues(MovableClock(NOW)), DynamoDue(), DynamoErasing()
    erasure = BeginErasing(people, erasing, queues)(merchant, "sh_ann", "Kim", LATER)
    erase = ErasePerson(erasing, threads, Files(), Bodies(), dues, queues, lambda: 0.0)
    erase(EraseShopper(merchant, erasure.shopper_id, erasure.erasure_id), LATER)
    assert surveys.surveys_of_month(merchant, "2026-11") == [kept]
