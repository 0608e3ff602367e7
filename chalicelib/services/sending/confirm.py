"""What a shopper is told once after STOP or START, a survey, or an order from the catalogue; found in the
moment it is sent."""

from datetime import datetime

from chalicelib.domain.consent.texts import started_text, stopped_text
from chalicelib.domain.languages import choose
from chalicelib.domain.merchants import Shop
from chalicelib.domain.messages import Message
from chalicelib.domain.threads import Thread
from chalicelib.ports.threads import Told
from chalicelib.services.sending.wording import Speaker, survey_thanks


def language_of(thread: Thread, shop: Shop) -> str:
    """What a thread is written to in."""
    return choose(thread.language_hint, thread.last_text, thread.language, shop.languages)


def confirmation(shop: Shop, thread: Thread, message: Message, now: datetime) -> Told:
    """In their language. Of consent it names the shop, and the word that turns it round."""
    language = language_of(thread, shop)
    if message.details.get("survey"):
        text = survey_thanks(Speaker(shop, language, thread.shopper_name, now))
    elif message.details.get("checkout"):
        text = message.text
    else:
        say = stopped_text if message.details.get("consent") == "stop" else started_text
        text = say(language, shop.tone, shop.name)
    return Told(
        text=text,
        language=language,
        shopper_name="",
        promised_at=None,
        version=thread.version,
        touches="" if language == (thread.language or thread.language_hint) else thread.shopper_id,
    )
