"""What waits to be done goes through queues and tables and comes out as it was."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.messages import MessageRef
from chalicelib.domain.work import (
    Due,
    EraseShopper,
    Send,
    SettleEcho,
    TellReturn,
    Work,
    due_id,
    overdue_s,
    work_from_json,
    work_to_json,
)
from schemas import check

NOW = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
sends = st.builds(Send, ref=st.builds(MessageRef, texts, texts, texts), group=texts)
echoes = st.builds(SettleEcho, texts, texts, texts, texts, texts)
erasings = st.builds(EraseShopper, texts, texts, texts)


@given(sends | echoes | erasings)
def test_work_comes_back_as_it_was(work: Work) -> None:
    assert work_from_json(json.loads(json.dumps(work_to_json(work)))) == work


def test_work_is_as_its_schema_says() -> None:
    ref = MessageRef("mt_1", "th_1", "1#ms_1")
    echo = SettleEcho("mt_1", "cn_1", "whatsapp", "", "wamid.1")
    others = (EraseShopper("mt_1", "sh_1", "er_1"), TellReturn("mt_1", "rt_1", "approved"))
    for work in (Send(ref, "cn_1#447700900123"), echo, *others):
        check("work", work_to_json(work))


@given(sends | echoes, sends | echoes)
def test_different_work_has_different_due_rows(one: Work, two: Work) -> None:
    if isinstance(one, Send) and isinstance(two, Send):
        assert (due_id(one) == due_id(two)) == (one.ref == two.ref)
    elif one != two and {type(one), type(two)} != {SettleEcho}:
        assert due_id(one) != due_id(two)


def test_the_same_work_has_one_due_row_whenever_it_is_due() -> None:
    ref = MessageRef("mt_1", "th_1", "1#ms_1")
    assert due_id(Send(ref, "a group")) == due_id(Send(ref, "")) == Due(Send(ref, "x"), NOW).due_id


@pytest.mark.parametrize(
    "raw", [{}, {"kind": "dance"}, {"kind": "send"}, {"kind": "settle_echo", "chat": ""}]
)
def test_what_is_not_ours_is_refused(raw: dict[str, str]) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        work_from_json(raw)


def test_work_is_late_since_it_was_first_due() -> None:
    work = Send(MessageRef("mt_1", "th_1", "1#ms_1"), "")
    assert overdue_s(Due(work, NOW), NOW + timedelta(seconds=9)) == 9
    moved = Due(work, NOW + timedelta(minutes=5), since=NOW)
    assert overdue_s(moved, NOW + timedelta(minutes=6)) == 360
