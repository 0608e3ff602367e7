"""What every channel does with what the shop sends: within its limits, and a failure says what comes next."""

import json
import logging
import socket
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any, get_args

import pytest
from arbitrary import beyond, contents
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kits import SECRET, TOKEN, WORDS, Answer, Kit

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.content import FILE_KINDS, Button, Content, text_content
from chalicelib.domain.events import Media, ShopperMessage
from chalicelib.domain.outcomes import REASONS
from chalicelib.domain.rendering import CantRender, render
from chalicelib.ports.channel import Channel, Profile, Signal
from chalicelib.ports.errors import NotSent, OutcomeUnknown, RetryLater, SendError, SendRejected
from tests.contract.channels.scripted_platform import Script

NOWHERE = "http://127.0.0.1:9"


def answers(platform: Script, answer: Answer) -> None:
    platform.will(answer.status, answer.body, dict(answer.headers))


def takes_of(kit: Kit) -> Capabilities:
    return kit.at(NOWHERE).capabilities


def numbers_in(value: Any, name: str = "") -> Iterator[tuple[str, float]]:
    """Every limit that capabilities state, in seconds where it is a time."""
    if is_dataclass(value):
        for one in fields(value):
            yield from numbers_in(getattr(value, one.name), f"{name}.{one.name}")
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from numbers_in(inner, f"{name}.{key}")
    elif isinstance(value, timedelta):
        yield name, value.total_seconds()
    elif isinstance(value, int | float) and not isinstance(value, bool):
        yield name, value


# Nothing at all, not no limit.
MAY_BE_NOTHING = (".buttons.most_links", ".quick_replies.most_links", ".most_incoming_bytes")


def test_every_limit_is_stated_and_makes_sense(kit: Kit) -> None:
    takes = takes_of(kit)
    assert [name for name, number in numbers_in(takes) if number <= 0 and name not in MAY_BE_NOTHING] == []
    assert set(takes.files) <= set(FILE_KINDS)
    assert set(takes.captioned) <= set(FILE_KINDS)
    assert all("/" in one for limit in takes.files.values() for one in limit.types)
    assert all(limit.types for limit in takes.files.values())
    assert takes.files_by_link or takes.most_incoming_bytes > 0
    assert takes.window is None or takes.window.human >= takes.window.anyone
    assert takes.comments or takes.private_reply is None


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_the_shop_sends_is_cut_to_the_limits_and_taken(
    kit: Kit, begin: Callable[[], Script], data: st.DataObject
) -> None:
    platform = begin()
    channel, takes = kit.at(platform.url), takes_of(kit)
    try:
        parts = render(data.draw(contents(kit.target)), takes)
    except CantRender as error:
        assert error.code
        assert error.message
        return
    for part in parts:
        assert beyond(part, takes) == []
        platform.answers[:] = [("answer", 200, kit.sent(part.kind), {})]
        assert channel.send(kit.message(part, reply_to=kit.target), kit.connection)
    assert len(platform.calls) == len(parts)


def test_a_choice_arrives_as_something_that_can_be_answered(kit: Kit) -> None:
    """In buttons, a list, or numbers in a text."""
    buttons = tuple(Button(id=f"size:{one}", title=f"Size {one}") for one in range(1, 4))
    parts = render(Content(kind="buttons", text="Which one?", buttons=buttons), takes_of(kit))
    rows = [row for section in parts[-1].sections for row in section.rows]
    offered = [one.id for one in (*parts[-1].buttons, *rows, *parts[-1].options)]
    assert offered == [button.id for button in buttons]
    for option in parts[-1].options:
        assert f"{option.number}. {option.title}" in parts[-1].text


def test_the_platforms_id_comes_back(kit: Kit, channel: Channel, platform: Script) -> None:
    platform.will(200, kit.sent("text"))
    assert channel.send(kit.message(text_content(WORDS)), kit.connection).endswith("77")
    assert WORDS in json.dumps(platform.calls[0].body, ensure_ascii=False)
    assert kit.shopper.value in json.dumps(platform.calls[0].body)


def failure(kit: Kit, channel: Channel) -> SendError:
    with pytest.raises(SendError) as caught:
        channel.send(kit.message(text_content(WORDS)), kit.connection)
    return caught.value


def test_too_fast_passes_after_the_platforms_own_hint(kit: Kit, channel: Channel, platform: Script) -> None:
    answers(platform, kit.refusals["throttled"])
    error = failure(kit, channel)
    assert isinstance(error, RetryLater)
    assert error.after_s == kit.wait_s
    assert error.limits in ("connection", "shopper")


REFUSED = {"token": "token_rejected", "blocked": "unreachable", "unknown": "invalid"}


@pytest.mark.parametrize("what", REFUSED)
def test_a_refusal_says_why_in_our_words(kit: Kit, channel: Channel, platform: Script, what: str) -> None:
    answers(platform, kit.refusals[what])
    error = failure(kit, channel)
    assert isinstance(error, SendRejected)
    assert error.reason == REFUSED[what]
    assert error.reason in REASONS
    assert error.code
    assert len(platform.calls) == 1


MAYBE: dict[str, Callable[[Script], Script]] = {
    "hung up": lambda platform: platform.will(200, {}, how="drop"),
    "a gateway gave up": lambda platform: platform.will(502, b"<html>Bad gateway</html>"),
    "a gateway had to wait": lambda platform: platform.will(504, b""),
    "an answer that nobody can read": lambda platform: platform.will(200, b"<html>"),
    "an answer without an id": lambda platform: platform.will(200, {}),
}


@pytest.mark.parametrize("how", MAYBE)
def test_what_may_have_arrived_is_not_told_as_a_refusal(
    kit: Kit, channel: Channel, platform: Script, how: str
) -> None:
    MAYBE[how](platform)
    assert isinstance(failure(kit, channel), OutcomeUnknown)
    assert len(platform.calls) == 1


def test_where_nobody_listens_nothing_was_sent(kit: Kit) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert isinstance(failure(kit, kit.at(f"http://127.0.0.1:{taken.getsockname()[1]}")), NotSent)


def test_no_failure_tells_a_token_a_secret_or_the_words(
    kit: Kit, channel: Channel, platform: Script, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for refusal in kit.refusals.values():
        answers(platform, refusal)
    for spoil in MAYBE.values():
        spoil(platform)
    for _ in range(len(kit.refusals) + len(MAYBE)):
        error = failure(kit, channel)
        assert error.__cause__ is None
        assert error.__suppress_context__ or error.__context__ is None
        told = f"{error} {error!r} {vars(error)} {caplog.text}"
        assert [one for one in (TOKEN, SECRET, WORDS) if one in told] == []


@pytest.mark.parametrize("token", ["", "line\nbreak", "ä", "\ud800"])
def test_a_token_that_no_call_can_carry_is_refused(
    kit: Kit, channel: Channel, platform: Script, token: str
) -> None:
    answers(platform, kit.refusals["token"])
    with pytest.raises(SendRejected):
        channel.send(kit.message(text_content(WORDS)), replace(kit.connection, token=token))


@pytest.mark.parametrize("signal", get_args(Signal))
def test_a_signal_is_shown_or_refused(kit: Kit, channel: Channel, platform: Script, signal: Signal) -> None:
    platform.will(200, kit.signalled)
    can = {"typing": channel.capabilities.typing, "read": channel.capabilities.mark_read}[signal]
    try:
        channel.signal(signal, kit.shopper, kit.target, kit.connection)
    except SendError:
        assert not can
    assert len(platform.calls) == (1 if can else 0)


@pytest.mark.parametrize("signal", get_args(Signal))
def test_a_signal_that_fails_fails_as_a_message_does(
    kit: Kit, channel: Channel, platform: Script, signal: Signal
) -> None:
    platform.will(200, {}, how="drop")
    can = {"typing": channel.capabilities.typing, "read": channel.capabilities.mark_read}[signal]
    with pytest.raises(OutcomeUnknown if can else SendRejected):
        channel.signal(signal, kit.shopper, kit.target, kit.connection)


def test_a_shoppers_file_is_found(kit: Kit, channel: Channel, platform: Script) -> None:
    if channel.capabilities.files_by_link:
        with pytest.raises(SendRejected):
            channel.download(Media(url="https://cdn.example/one.png"), kit.connection)
        return
    platform.will(200, kit.found or {})
    download = channel.download(kit.media, kit.connection)
    assert download.url.startswith("http")
    assert download.mime_type == kit.media.mime_type
    assert download.size == 12
    assert len(platform.calls) == (0 if kit.found is None else 1)
    assert TOKEN not in repr(download)


def test_a_file_that_nothing_names_is_not_asked_for(kit: Kit, channel: Channel, platform: Script) -> None:
    with pytest.raises(SendRejected):
        channel.download(Media(), kit.connection)
    assert platform.calls == []


def test_neither_an_acknowledgement_nor_a_profile_ever_fails(
    kit: Kit, channel: Channel, platform: Script
) -> None:
    platform.will(200, {}, how="drop").will(500, b"<html>").will(401, kit.refusals["token"].body)
    message = ShopperMessage(
        addresses=(kit.shopper,),
        wire=kit.shopper,
        chat="",
        channel_message_id=kit.target,
        sent_at=datetime(2026, 11, 2, tzinfo=UTC),
        kind="button",
        acknowledge="tapped-1",
    )
    for _ in range(3):
        channel.acknowledge(message, kit.connection)
        channel.acknowledge(replace(message, acknowledge=""), kit.connection)
        assert channel.profile(kit.shopper, kit.connection) == Profile()
