"""A person of the shop writes in their own chat: what answers a notice goes to the shopper it speaks of."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.content import text_content
from chalicelib.domain.events import ShopperMessage
from chalicelib.domain.messages import Message, inbound_id
from chalicelib.domain.rendering import CantRender
from chalicelib.domain.staff.people import HINT_EVERY
from chalicelib.domain.staff.texts import StaffTexts, staff_texts
from chalicelib.domain.threads import Thread, is_after, mark
from chalicelib.ports.channel import Channel
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.staff import StaffStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.sending.intend import Intend
from chalicelib.services.sending.reply import KeyReused, NotAllowed, Reply
from chalicelib.services.sending.reply_to import AlreadyReplied, Asked
from chalicelib.services.staff.wording import language_of, who
from chalicelib.services.threads.write_thread import NotFound

_NOBODY: Final = "—"
# What makes a notice of what is told about a reply to one.
_GOES_ON: Final = frozenset({"about", "answers"})
_MS: Final = timedelta(milliseconds=1)


class HearStaff:
    """Every step has a key of the message's own, so that it is done once, however often it is delivered."""

    def __init__(
        self,
        store: StaffStore,
        threads: ThreadStore,
        shops: ShopStore,
        reply: Callable[[], Reply],
        intend: Intend,
        channel_named: Callable[[str], Channel],
    ) -> None:
        """reply: found when it is needed."""
        self._store, self._threads, self._shops = store, threads, shops
        self._reply, self._intend, self._channel_named = reply, intend, channel_named

    def __call__(self, thread: Thread, said: ShopperMessage, now: datetime) -> None:
        """thread: theirs. Raises StoreBusy when it may pass later."""
        notice = self._answered(thread, said)
        texts = staff_texts(language_of(self._shops.shop(thread.merchant_id)))
        if notice is None:
            self._hint(thread, said, texts, now)
            return
        about = str(notice.details["about"])
        shopper = self._threads.thread(thread.merchant_id, about)
        told = _NOBODY if shopper is None else who(shopper, self._named(shopper))
        theirs = {k: str(v) for k, v in notice.details.items() if k in _GOES_ON}
        why = self._pass_on(thread, said, notice, texts, now)
        lines = [texts.sent_to.format(who=told)] if why is None else [texts.not_sent.format(who=told), why]
        self._tell(thread, said, "\n".join(line for line in lines if line), now, theirs if shopper else {})

    def _named(self, shopper: Thread) -> str:
        return self._channel_named(shopper.channel).capabilities.name

    def _answered(self, thread: Thread, said: ShopperMessage) -> Message | None:
        """The notice that the message is a reply to; what it was told about a reply is one as well."""
        if not said.reply_to:
            return None
        pointer = self._threads.pointer(thread.merchant_id, thread.connection_id, said.chat, said.reply_to)
        message = self._threads.message(pointer.ref) if pointer is not None and pointer.ref else None
        is_notice = message is not None and message.purpose == "notice" and "about" in message.details
        return message if is_notice else None

    def _pass_on(
        self, thread: Thread, said: ShopperMessage, notice: Message, texts: StaffTexts, now: datetime
    ) -> str | None:
        """Why it does not go to the shopper, as far as that can be said; None when it does."""
        if said.kind != "text" or not said.text.strip():
            return texts.text_only
        staff = self._store.staff_member(thread.merchant_id, thread.staff)
        asked = Asked(content=text_content(said.text), reply_to=str(notice.details.get("answers", "")))
        about, by = str(notice.details["about"]), staff.name if staff is not None else "staff"
        try:
            self._reply()(thread.merchant_id, about, asked, by, _once(thread, said), now)
        except NotAllowed as error:
            return texts.window_closed if error.code == "window_closed" else ""
        except KeyReused:  # it was answered before it was changed
            return None
        except (NotFound, CantRender, AlreadyReplied):
            return ""
        return None

    def _hint(self, thread: Thread, said: ShopperMessage, texts: StaffTexts, now: datetime) -> None:
        """Nobody guesses whom they mean. Told once an hour at most."""
        if not is_after(thread, "hinted", now - HINT_EVERY):
            return
        self._tell(thread, said, texts.hint, now, {})
        self._threads.mark(thread.merchant_id, thread.thread_id, "hinted", mark("1", now))

    def _tell(
        self, thread: Thread, said: ShopperMessage, text: str, now: datetime, details: dict[str, str]
    ) -> None:
        """Stands after the words that it tells of."""
        once, content, then = f"{_once(thread, said)}:told", text_content(text), now + _MS
        self._intend(thread.merchant_id, thread.thread_id, "notice", content, once, then, details)


def _once(thread: Thread, said: ShopperMessage) -> str:
    """The same each time it is delivered; parts of an album are one."""
    return f"staff:{inbound_id(thread.connection_id, said.chat, said.album or said.channel_message_id)}"
