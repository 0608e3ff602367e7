"""The automatic answer's words, found in the moment it is sent."""

from datetime import datetime

from chalicelib.domain.connections import Connection
from chalicelib.domain.languages import choose
from chalicelib.domain.merchants import Shop
from chalicelib.domain.names import greeting_name
from chalicelib.domain.threads import Thread
from chalicelib.ports import Channel, Profile, ThreadStore, Told
from chalicelib.services.sending.wording import answer_text
from chalicelib.services.threads.response_times import promise_now


class ComposeAnswer:
    """Greets by name, in the shopper's language, and tells when a person will answer."""

    def __init__(self, threads: ThreadStore) -> None:
        self._threads = threads

    def __call__(
        self, shop: Shop, thread: Thread, channel: Channel, connection: Connection, now: datetime
    ) -> Told:
        """Asks the channel who the shopper is when their message did not say."""
        profile = Profile(thread.shopper_name)
        if not thread.shopper_name:
            profile = channel.profile(thread.wire, connection)
        language = choose(
            thread.language_hint or profile.language, thread.last_text, thread.language, shop.languages
        )
        promised = promise_now(self._threads, shop, thread.merchant_id, thread.channel, now)
        name = greeting_name(profile.name)
        text = answer_text(promised, language, name, shop.zone, now, shop.name)
        return Told(
            text=text,
            language=language,
            shopper_name=profile.name,
            promised_at=promised.due,
            version=thread.version,
        )
