"""What a shopper is told once after STOP or START, found in the moment it is sent."""

from chalicelib.domain.consent.texts import started_text, stopped_text
from chalicelib.domain.languages import choose
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message
from chalicelib.domain.threads import Thread
from chalicelib.ports import Told


def language_of(thread: Thread, shop: Shop) -> str:
    """What a thread is written to in."""
    return choose(thread.language_hint, thread.last_text, thread.language, shop.languages)


def confirmation(shop: Shop, thread: Thread, message: Message) -> Told:
    """In their language; it names the shop, and the word that turns it round."""
    language = language_of(thread, shop)
    say = stopped_text if message.details.get("consent") == "stop" else started_text
    return Told(
        text=say(language, shop.tone, shop.name),
        language=language,
        shopper_name="",
        promised_at=None,
        version=thread.version,
    )
