"""What happens in a shop, told as the world around Parley does it. Each ends when nothing is left to do."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from campaign_scenarios import CAMPAIGN_SCENARIOS
from doubles import PlainVault
from phones import Instagram, Messenger, Telegram, WhatsApp
from return_scenarios import RETURN_SCENARIOS
from scenes import A_MOMENT, SAID_AT, Scenario, first_message, reply, threads_of, unfaulted
from shop_scenarios import SHOP_SCENARIOS
from world import CONNECTION, MERCHANT, Process, World

from chalicelib.domain.content import text_content
from chalicelib.domain.faq.articles import Article, ArticleText
from chalicelib.domain.links import Link
from chalicelib.domain.staff.people import Staff
from chalicelib.domain.surveys import Word, choice_of
from chalicelib.domain.work import CheckConnection
from chalicelib.ports.errors import RetryLater, SendRejected
from chalicelib.services.sending.send_again import Again
from chalicelib.storage.faq import DynamoFaq
from chalicelib.storage.shops import DynamoShops

ASKED_OF_STAFF: Final = "Do you have the blue mug?"


def answer_and_reaction(world: World) -> None:
    """The answer's statuses come, and the shopper puts a heart on it."""
    first_message(world)
    phone = world.platform.phone
    for sent_id in world.platform.sent_ids:
        world.platform.says(phone.reacts(sent_id, "❤️", SAID_AT + timedelta(seconds=60)))
    world.until_quiet()


def human_reply(world: World) -> None:
    """A person of the shop answers, with an Idempotency-Key, and asks again when no answer comes."""
    unfaulted(world, first_message)
    reply(world, "We have both.")
    world.until_quiet()


def takeover(world: World) -> None:
    """A person of the shop answers from the shop's own phone."""
    unfaulted(world, first_message)
    said_at = SAID_AT + timedelta(seconds=200)
    world.clock.move_to(said_at)
    world.platform.says(world.platform.phone.shop_says("PHONE", "We have it in blue", said_at))
    world.until_quiet()


def reply_before_the_answer(world: World) -> None:
    """A person of the shop is faster than the automatic answer."""
    world.platform.says(world.platform.phone.says("41", "Do you have the blue mug?", SAID_AT))
    world.until(lambda: bool(threads_of(world)))
    reply(world, "We have both.", after_s=0)
    world.until_quiet()


def disconnected(world: World) -> None:
    """The shop leaves the channel while a reply is on its way."""
    unfaulted(world, first_message)
    reply(world, "We have both.")

    def leave() -> None:
        connection = world.process.shops.connection(CONNECTION)
        if connection.status != "disconnected":
            channel = world.process.channel(connection.channel)
            world.process.work.disconnect(connection, channel, world.clock.now())

    world.ask(leave)
    world.until_quiet()


def connected(world: World) -> None:
    """A shop connects an account."""
    name = world.platform.phone.name
    credentials = {"account": world.platform.phone.account, "token": "fresh"}

    def connect() -> None:
        work, channel = world.process.work, world.process.channel(name)
        work.connect(MERCHANT, name, channel, credentials, "https://shop.example", world.clock.now())

    unfaulted(world, _leave_for_good)
    world.ask(connect)
    world.until_quiet()


def channel_down(world: World) -> None:
    """The channel takes the answer at the third time."""
    world.platform.refusals += [RetryLater(20.0, "429"), RetryLater(20.0, "429")]
    first_message(world)


def refused(world: World) -> None:
    """The channel will never take the answer."""
    world.platform.refusals.append(SendRejected("131026", "unreachable"))
    first_message(world)


def token_refused(world: World) -> None:
    """The channel does not take the shop's token any more."""
    world.platform.refusals.append(SendRejected("401", "token_rejected"))
    first_message(world)


def token_broken_and_mended(world: World) -> None:
    """The channel does not take the shop's token; what waits goes out when the shop connects again."""
    unfaulted(world, first_message)
    world.platform.refusals.append(SendRejected("401", "token_rejected"))
    reply(world, "We have both.")
    world.until(lambda: any(_waits_or_unsure(row) for row in world.rows("ThreadsTable")))
    _connected_again(world)


def _connected_again(world: World) -> None:
    """What connecting does once the channel has taken the new token."""

    def mend() -> None:
        connection = world.process.shops.connection(CONNECTION)
        with world.process.work.release(connection, world.clock.now()):
            world.process.shops.save_connection(replace(connection, status="active", token="fresh"))

    world.ask(mend)
    world.until_quiet()


def checked(world: World) -> None:
    """The daily check finds that a token which was refused is taken again, and lets go what waits."""

    def held(world: World) -> None:
        first_message(world)
        world.platform.refusals.append(SendRejected("401", "token_rejected"))
        reply(world, "We have both.")
        world.until(lambda: any(_waits_or_unsure(row) for row in world.rows("ThreadsTable")))

    unfaulted(world, held)
    world.queues.dispatch(CheckConnection(MERCHANT, CONNECTION))
    world.until_quiet()


def _waits_or_unsure(row: Mapping[str, Any]) -> bool:
    return "#held#" in row["pk"] or row.get("status") == "uncertain"


def failed_later(world: World) -> None:
    """The channel takes the answer, then could not deliver it for the moment, and takes it once more."""
    phone, given = world.platform.phone, world.platform
    tell = phone.after_sending

    def too_fast_at_first(id: str, reference: str, text: str, at: Any) -> Any:
        is_first = len(given.sent_ids) == 1
        told = tell(id, reference, text, at)
        return [phone.fails(id, reference, 130429, at), told[0]] if is_first else told

    phone.after_sending = too_fast_at_first
    first_message(world)


def failed_for_the_token(world: World) -> None:
    """The channel takes what a person answered, tells later that the token is no good, and gets a new one."""
    unfaulted(world, first_message)
    phone = world.platform.phone
    tell = phone.after_sending

    def refused_at_first(id: str, reference: str, text: str, at: Any) -> Any:
        is_first = len(world.platform.sent_ids) == 2
        return [phone.fails(id, reference, 190, at)] if is_first else tell(id, reference, text, at)

    phone.after_sending = refused_at_first
    reply(world, "We have both.")

    def is_told_or_never_left() -> bool:
        rows = world.rows("ThreadsTable")
        has_left = len(world.platform.sent_ids) > 1
        return any("#held#" in row["pk"] if has_left else _waits_or_unsure(row) for row in rows)

    world.until(is_told_or_never_left)
    _connected_again(world)


def failed_for_good(world: World) -> None:
    """The channel takes what a person answered, and tells later that it reaches nobody."""
    unfaulted(world, first_message)
    phone = world.platform.phone
    phone.after_sending = lambda sent_id, mark, text, at: [phone.fails(sent_id, mark, 131026, at)]
    reply(world, "We have both.")
    world.until_quiet()


def changed_and_taken_back(world: World) -> None:
    """A shopper changes one message and takes another back."""
    unfaulted(world, first_message)
    phone, at = world.platform.phone, SAID_AT + timedelta(seconds=60)
    world.platform.says(phone.edits("wamid.41", "Do you have the red mug?", at))
    world.platform.says(phone.deletes("wamid.42", at))
    world.until_quiet()


def album(world: World) -> None:
    """A shopper sends three pictures at once."""
    phone = world.platform.phone
    for number in ("43", "41", "42"):
        world.platform.says(phone.shows(number, "7", f"Picture {number}", SAID_AT))
    world.until_quiet()


def reply_refused(world: World) -> None:
    """The channel will never take what a person answered: the shopper waits on."""
    unfaulted(world, first_message)
    world.platform.refusals.append(SendRejected("403", "unreachable"))
    reply(world, "We have both.")
    world.until_quiet()


def sent_again(world: World) -> None:
    """What the channel would not take is sent again by a person, who asks again when no answer comes."""

    def failed(world: World) -> None:
        first_message(world)
        world.platform.refusals.append(SendRejected("400", "invalid"))
        reply(world, "We have both.")
        world.until_quiet()

    unfaulted(world, failed)
    (lost,) = [row["message_id"] for row in world.rows("ThreadsTable") if row.get("status") == "failed"]
    (thread,) = threads_of(world)
    world.clock.move_to(SAID_AT + timedelta(minutes=5))
    now = world.clock.now()
    world.ask(lambda: world.process.work.reply(MERCHANT, thread, Again(lost), "Mihai", "key-2", now))
    world.until_quiet()


def told_while_sending(world: World) -> None:
    """The platform's webhooks about a message are there before the answer of the call that sent it."""
    world.platform.meanwhile = world.until_told
    first_message(world)


def odd_bodies(world: World) -> None:
    """What can't be read, what is no event of this account, and more than fits into a queue."""
    phone = world.platform.phone
    many = [phone.says("50", "Is it open today?", SAID_AT), *map(phone.notice, range(10))]
    world.platform.says(b"\xff\xfe no JSON", b'{"object": "whatsapp_business_account"}', _merged(many))
    world.until_quiet()


def erased(world: World) -> None:
    """A shopper who has talked, and put a heart on what never came, is erased. Then the platform tells all of
    it again."""
    said = _erasable(world.platform.phone)

    def talk(world: World) -> None:
        world.platform.says(*said)
        world.until_quiet()
        reply(world, "We have both.")
        world.until_quiet()

    unfaulted(world, talk)
    (shopper,) = [row["shopper_id"] for row in world.rows("ThreadsTable") if row["sk"] == "thread"]
    world.clock.move_to(SAID_AT + timedelta(minutes=20))
    world.ask(lambda: world.process.work.begin_erasing(MERCHANT, shopper, "Ben", world.clock.now()))
    world.until_quiet()
    world.platform.says(*said)
    world.until_quiet()
    assert not threads_of(world), "what was erased has come back"


def back_after_erasing(world: World) -> None:
    """Who was erased writes again."""
    unfaulted(world, erased)
    phone, at = world.platform.phone, SAID_AT + timedelta(hours=5)
    world.clock.move_to(at)
    world.platform.says(phone.says("51", "Do you have a red one?", at))
    world.until_quiet()
    world.platform.says(*_erasable(phone))
    world.until_quiet()


def _erasable(phone: Any) -> list[bytes]:
    return [
        phone.says("41", "Do you have the blue mug?", SAID_AT),
        phone.says("42", "And the green one?", SAID_AT + timedelta(seconds=1)),
        phone.reacts("wamid.NEVER", "❤️", SAID_AT + timedelta(seconds=2)),
    ]


def _merged(bodies: list[bytes]) -> bytes:
    whole = json.loads(bodies[0])
    whole["entry"] = [entry for body in bodies for entry in json.loads(body)["entry"]]
    return json.dumps(whole).encode()


def _leave_for_good(world: World) -> None:
    shops = world.process.shops
    shops.close_connection(shops.connection(CONNECTION))


def stopped(world: World) -> None:
    """A shopper wants nothing more, and is told once that they were heard."""
    unfaulted(world, first_message)
    phone, at = world.platform.phone, SAID_AT + timedelta(seconds=60)
    world.clock.move_to(at)
    world.platform.says(phone.says("43", "STOP", at))
    world.until_quiet()


def marketed(world: World) -> None:
    """An offer to a shopper who has asked for offers, in the evening: it comes in the morning, once."""

    def agrees(world: World) -> None:
        first_message(world)
        world.clock.move_to(SAID_AT + timedelta(seconds=60))
        world.platform.says(world.platform.phone.says("43", "START", SAID_AT + timedelta(seconds=60)))
        world.until_quiet()
        world.clock.move_to(SAID_AT + timedelta(hours=10))

    unfaulted(world, agrees)
    (thread,) = threads_of(world)

    def offer() -> None:
        said = text_content("Mugs are half price today.")
        intend = world.process.work.intend
        intend(MERCHANT, thread, "campaign", said, "spring:ann", world.clock.now())

    world.ask(offer)
    world.until_quiet()


def asked_and_agreed(world: World) -> None:
    """A thread is closed, the shopper is asked whether the shop may write, and writes of something else."""

    def lets_ask(world: World) -> None:
        shops = world.process.shops
        asks = {"country": "RO", "zone": "Europe/Bucharest", "marketing": {"ask": True}}
        shops.save_shop(MERCHANT, replace(shops.shop(MERCHANT), **asks))
        first_message(world)
        reply(world, "We have both.")
        world.until_quiet()

    unfaulted(world, lets_ask)
    (thread,) = threads_of(world)

    def close() -> None:
        work = world.process.work
        closed = work.work_threads.change(MERCHANT, thread, "closed", None, None)
        work.ask_consent(closed, world.clock.now())

    world.ask(close)
    world.until_quiet()
    later = SAID_AT + timedelta(minutes=30)
    world.clock.move_to(later)
    world.platform.says(world.platform.phone.says("44", "And the red one?", later))
    world.until_quiet()


def surveyed(world: World) -> None:
    """A solved thread is closed, the shopper taps how it was, and whether it was solved at once."""

    def is_solved(world: World) -> None:
        shops = world.process.shops
        shops.save_shop(MERCHANT, replace(shops.shop(MERCHANT), survey={"ask": True}))
        first_message(world)
        reply(world, "We have both.")
        world.until_quiet()

    unfaulted(world, is_solved)
    (thread,) = threads_of(world)

    def close() -> None:
        work = world.process.work
        closed = work.work_threads.change(MERCHANT, thread, "closed", None, None)
        work.ask_survey(closed, world.clock.now())

    world.ask(close)
    world.until_quiet()
    first, *_ = sorted(row["sk"] for row in world.rows("ThreadsTable") if row.get("purpose") == "survey")
    words: tuple[Word, ...] = ("good", "solved")
    for number, word in enumerate(words):
        at = SAID_AT + timedelta(minutes=20 + number)
        world.clock.move_to(at)
        world.platform.says(world.platform.phone.taps(str(91 + number), choice_of(word, first[2:]), at))
        world.until_quiet()


def promise_slips(world: World) -> None:
    """Nobody answers in the time that was promised: the shopper is told once, and then answered."""
    shops = DynamoShops(PlainVault())
    always = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}
    shops.save_shop(MERCHANT, replace(shops.shop(MERCHANT), opening_hours=always))
    first_message(world)
    reply(world, "We have both.", after_s=6 * 3600)
    world.until_quiet()


def told_to_staff(world: World) -> None:
    """A person of the shop hears on their own phone that somebody waits."""
    begin_to_tell_staff(world)
    world.until_quiet()


def begin_to_tell_staff(world: World) -> None:
    """Somebody has just written."""
    unfaulted(world, _with_staff)
    at = SAID_AT + timedelta(minutes=20)
    world.clock.move_to(at + A_MOMENT)
    world.platform.says(world.platform.phone.says("51", ASKED_OF_STAFF, at))


def answered_by_staff(world: World) -> None:
    """They reply to the notice, and the shopper gets their words."""
    unfaulted(world, told_to_staff)
    (notice,) = [row for row in world.rows("ThreadsTable") if row.get("details") and _is_about(row)]
    phone, at = world.platform.phone, SAID_AT + timedelta(minutes=25)
    world.clock.move_to(at + A_MOMENT)
    said = phone.staff_says("61", "We have it in blue.", at, answers=notice["channel_message_id"])
    world.platform.says(said)
    world.until_quiet()


def _with_staff(world: World) -> None:
    """A shop that promises no time, and one of its people, who has come by a link."""
    process, at = world.process, world.clock.now()
    process.shops.save_shop(MERCHANT, replace(process.shops.shop(MERCHANT), opening_hours=None))
    world.platform.says(world.platform.phone.staff_says("40", "It is me", SAID_AT))
    world.until_quiet()
    about = {"merchant_id": MERCHANT, "staff_id": "st_1", "connection_id": CONNECTION, "ends_at": at}
    process.staff.add_staff(Staff(name="Mihai", created_at=at, **about))
    (thread,) = threads_of(world)
    assert process.work.staff.tie(Link(link_id="ln_1", **about), thread, SAID_AT, world.clock.now())
    world.until_quiet()
    world.process = Process(world)  # a minute later: who has staff is known anew


def _is_about(row: Mapping[str, Any]) -> bool:
    """A notice of a thread, and no word of welcome."""
    return row.get("purpose") == "notice" and "about" in json.loads(row["details"])


def article(world: World) -> None:
    """The shop has written down what is asked: the shopper has their answer, and waits for nobody."""
    texts = {"en": ArticleText("Do you have the blue mug?", "Yes, in three sizes.", ("blue mug",))}
    DynamoFaq().save_article(MERCHANT, Article("mugs", texts))
    world.platform.says(world.platform.phone.says("41", "Do you have the blue mug?", SAID_AT))
    world.until_quiet()


def article_refused(world: World) -> None:
    """The answer never reaches them, so that they wait for a person."""
    world.platform.refusals.append(SendRejected("131026", "unreachable"))
    article(world)


SCENARIOS: Final[Mapping[str, Scenario]] = {
    "telegram_first_message": Scenario(Telegram, first_message, 15),
    "whatsapp_first_message": Scenario(WhatsApp, first_message, 20),
    "messenger_first_message": Scenario(Messenger, first_message, 28),
    "instagram_first_message": Scenario(Instagram, first_message, 17),
    "whatsapp_reaction": Scenario(WhatsApp, answer_and_reaction, 23),
    "whatsapp_reply": Scenario(WhatsApp, human_reply, 18),
    "instagram_reply": Scenario(Instagram, human_reply, 15),
    "telegram_reply_before_the_answer": Scenario(Telegram, reply_before_the_answer, 21),
    "instagram_takeover": Scenario(Instagram, takeover, 10),
    "whatsapp_takeover": Scenario(WhatsApp, takeover, 10),
    "whatsapp_told_while_sending": Scenario(WhatsApp, told_while_sending, 21),
    "messenger_told_while_sending": Scenario(Messenger, told_while_sending, 30),
    "instagram_told_while_sending": Scenario(Instagram, told_while_sending, 22),
    "telegram_channel_down": Scenario(Telegram, channel_down, 30),
    "telegram_refused": Scenario(Telegram, refused, 15),
    "telegram_token_refused": Scenario(Telegram, token_refused, 16),
    "telegram_reply_refused": Scenario(Telegram, reply_refused, 15),
    "whatsapp_sent_again": Scenario(WhatsApp, sent_again, 20),
    "telegram_token_mended": Scenario(Telegram, token_broken_and_mended, 20),
    "whatsapp_failed_later": Scenario(WhatsApp, failed_later, 30),
    "whatsapp_failed_for_the_token": Scenario(WhatsApp, failed_for_the_token, 30),
    "whatsapp_failed_for_good": Scenario(WhatsApp, failed_for_good, 15),
    "whatsapp_changed": Scenario(WhatsApp, changed_and_taken_back, 8),
    "telegram_article": Scenario(Telegram, article, 13),
    "telegram_article_refused": Scenario(Telegram, article_refused, 15),
    "telegram_promise_slips": Scenario(Telegram, promise_slips, 30),
    "whatsapp_surveyed": Scenario(WhatsApp, surveyed, 40),
    "telegram_album": Scenario(Telegram, album, 15),
    "telegram_disconnected": Scenario(Telegram, disconnected, 17),
    "telegram_connected": Scenario(Telegram, connected, 6),
    "telegram_checked": Scenario(Telegram, checked, 20),
    "whatsapp_stopped": Scenario(WhatsApp, stopped, 15),
    "whatsapp_marketed": Scenario(WhatsApp, marketed, 15),
    "whatsapp_told_to_staff": Scenario(WhatsApp, told_to_staff, 20),
    "whatsapp_answered_by_staff": Scenario(WhatsApp, answered_by_staff, 20),
    "telegram_asked": Scenario(Telegram, asked_and_agreed, 20),
    "whatsapp_erased": Scenario(WhatsApp, erased, 25),
    "whatsapp_back_after_erasing": Scenario(WhatsApp, back_after_erasing, 25),
    "whatsapp_odd_bodies": Scenario(WhatsApp, odd_bodies, 34),
    **CAMPAIGN_SCENARIOS,
    **SHOP_SCENARIOS,
    **RETURN_SCENARIOS,
}
