"""The inbox: people of the shop read and work on threads."""

from contextlib import suppress
from typing import Any, Final, cast

from chalice.app import Request, Response

from chalicelib.domain.outcomes import REASONS, reason_of
from chalicelib.domain.threads import ThreadState
from chalicelib.ports.errors import RetryLater, SendError, SendRejected, StoreBusy
from chalicelib.services.sending.signals import NothingToSignal, NotSupported
from chalicelib.services.threads.work_threads import STATES
from chalicelib.services.threads.write_thread import NotFound
from functions import again, beside, views
from functions.api import ApiError, as_json, body_of, decoded, encoded, key_of, once_of, query_of
from functions.replies import REFUSALS, asked_of, refusal_of
from functions.wiring import wired

_NO_THREAD: Final = "There is no such thread."


def listing(request: Request) -> Response:
    """The latest words first."""
    key, query = key_of(request), query_of(request)
    channel, state = query.one_of("channel", wired().channel_names), query.one_of("state", STATES)
    page = wired().work.work_threads.inbox(
        key.merchant_id,
        [channel] if channel else list(wired().channel_names),
        [cast(ThreadState, state)] if state else list(STATES),
        query.text("assignee"),
        decoded(query.cursor()),
        query.limit(),
    )
    following = encoded(page.next) if page.next else None
    return as_json({"items": [views.thread(one) for one in page.threads], "next": following})


def read(request: Request, thread_id: str) -> Response:
    """One thread; its newest messages, in the order in which they were written. Beside the newest stands what
    else there is to know of the shopper."""
    key, query = key_of(request), query_of(request)
    limit, before = query.limit(largest=200), decoded(query.cursor())
    try:
        thread = wired().work.work_threads.thread(key.merchant_id, thread_id)
    except NotFound:
        raise ApiError(404, "not_found", _NO_THREAD) from None
    found = wired().work.work_threads.messages(thread, before, limit)
    following = encoded(found[-1].sort) if len(found) == limit else None
    file = views.files(wired().files.link, wired().clock.now())
    ids = {one.channel_message_id: one.message_id for one in found if one.channel_message_id}
    marks = again.marks(found)
    messages = [views.message(one, file, ids) | marks.get(one.message_id, {}) for one in reversed(found)]
    takes = wired().channel(thread.channel).capabilities.for_kind(thread.wire.kind)
    window = views.window(thread, takes)
    of_campaign = views.campaign_of(thread, wired().clock.now())
    shown = views.thread(thread) | of_campaign | {"window": window, "messages": messages, "next": following}
    return as_json(shown if before else shown | beside.of(thread))


def reply(request: Request, thread_id: str) -> Response:
    """What a person sends, queued; `parts` where it became several messages. The same `Idempotency-Key` again
    answers with the same."""
    key, body = key_of(request, "owner", "agent"), body_of(request, "reply")
    once = once_of(request)
    try:
        messages = wired().work.reply(
            key.merchant_id, thread_id, asked_of(body), key.name, once, wired().clock.now()
        )
    except NotFound:
        raise ApiError(404, "not_found", _NO_THREAD) from None
    except REFUSALS as error:
        raise refusal_of(error) from error
    marks = again.marks(messages)
    views_of = [views.message(one) | marks.get(one.message_id, {}) for one in messages]
    return as_json(views_of[0] | ({"parts": views_of} if len(views_of) > 1 else {}), 201)


def signal(request: Request, thread_id: str) -> Response:
    """Shows the shopper that somebody writes, or has read. It is shown now or not at all."""
    key, body = key_of(request, "owner", "agent"), body_of(request, "signal")
    try:
        wired().work.signals(key.merchant_id, thread_id, body["signal"])
    except NotFound:
        raise ApiError(404, "not_found", _NO_THREAD) from None
    except NotSupported:
        raise ApiError(409, "not_supported", "This channel has no such signal.", "signal") from None
    except NothingToSignal:
        message = "The shopper has written nothing yet, or the account is disconnected."
        raise ApiError(409, "nothing_to_signal", message) from None
    except SendRejected as error:
        reason = reason_of(error.reason)
        raise ApiError(409, reason, REASONS[reason].words) from error
    except RetryLater as error:
        raise ApiError(502, "channel_busy", "The channel would not show it now.") from error
    except SendError as error:
        raise ApiError(502, "channel_down", "The channel did not answer.") from error
    return as_json({"signal": body["signal"]})


def note(request: Request, thread_id: str) -> Response:
    """A note that only the shop sees."""
    key, body = key_of(request, "owner", "agent"), body_of(request, "note")
    try:
        message = wired().work.work_threads.note(
            key.merchant_id, thread_id, body["text"], key.name, wired().clock.now()
        )
    except NotFound:
        raise ApiError(404, "not_found", _NO_THREAD) from None
    return as_json(views.message(message), 201)


def change(request: Request, thread_id: str) -> Response:
    """Assign, tag, close, reopen: what the body names."""
    key, body = key_of(request, "owner", "agent"), body_of(request, "thread_change")
    assignee: Any = body.get("assignee", False)
    try:
        thread = wired().work.work_threads.change(
            key.merchant_id,
            thread_id,
            body.get("state"),
            None if assignee is False else assignee or "",
            tuple(dict.fromkeys(body["tags"])) if "tags" in body else None,
        )
    except NotFound:
        raise ApiError(404, "not_found", _NO_THREAD) from None
    if body.get("state") == "closed":
        with suppress(StoreBusy):  # the thread is closed; the question may wait for the next one
            work, now = wired().work, wired().clock.now()
            if not work.ask_survey(thread, now):  # one question is enough
                work.ask_consent(thread, now)
    return as_json(views.thread(thread))
