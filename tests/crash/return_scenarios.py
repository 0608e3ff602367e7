"""What goes back: asked for in the chat, or opened by a person of the shop, who then decides on it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import Any, Final

from phones import Telegram, WhatsApp
from scenes import SAID_AT, Scenario, first_message, threads_of, unfaulted
from world import MERCHANT, SHOP, World

from chalicelib.domain.commerce.events import OrderTold
from chalicelib.domain.commerce.goods import Buyer, Line
from chalicelib.domain.commerce.orders import Order, Refund
from chalicelib.domain.commerce.return_talk import DONE, line_choice, reason_choice
from chalicelib.domain.commerce.returns import ReturnState
from chalicelib.services.receiving.pointers import Source
from chalicelib.services.receiving.understand import RETURN
from chalicelib.services.shops.open_return import NotTakenBack, Wish
from chalicelib.services.shops.returns import Step

SETTINGS: Final = {"country": "GB", "returns": {"on": True, "instructions": {"en": "Post it to us."}}}
# Two lines, so that they are asked which; a number that is theirs, so that nothing has to be proven.
ORDER: Final = Order(
    connection_id=SHOP,
    order_id="7001",
    at=SAID_AT - timedelta(days=5),
    number="#1001",
    placed_at=SAID_AT - timedelta(days=5),
    paid="paid",
    is_confirmed=True,
    buyer=Buyer(phones=("+447700900123",)),
    lines=(
        Line(title="Blue mug", line_id="1", product_id="mug-1", quantity=2, price=Decimal("9.50")),
        Line(title="Red hat", line_id="2", product_id="hat-1", quantity=1, price=Decimal("5.00")),
    ),
    total=Decimal("24.00"),
    currency="GBP",
)
TAPPED: Final = (line_choice(ORDER, "1"), reason_choice("damaged"), DONE)


def asked_for(world: World) -> None:
    """A shopper wants to send something back, and is asked which line of their order."""
    unfaulted(world, _sells)
    _wishes(world)


def chosen(world: World) -> None:
    """They choose a line, and are asked why."""
    unfaulted(world, asked_for)
    _taps(world, 0)


def noted(world: World) -> None:
    """They have told why, and have no photo of it: with that the return is opened, and they hear of it."""

    def before(world: World) -> None:
        chosen(world)
        _taps(world, 1)

    unfaulted(world, before)
    _taps(world, 2)
    assert len(_returns(world)) == 1


def opened(world: World) -> None:
    """A person of the shop opens it for a shopper, with an Idempotency-Key, and asks again when no answer
    comes."""
    unfaulted(world, _has_written)
    _opens(world, "key-1")
    world.until_quiet()
    assert len(_returns(world)) == 1


def opened_without_a_key(world: World) -> None:
    """Without one, what asks again finds that all of it goes back already."""
    unfaulted(world, _has_written)
    _opens(world, "")
    world.until_quiet()
    assert len(_returns(world)) == 1


def approved(world: World) -> None:
    """A person of the shop approves it."""
    unfaulted(world, _is_opened)
    _moves(world, "approved", 10)


def paid_back(world: World) -> None:
    """It has come back, and a person of the shop sends the money."""

    def before(world: World) -> None:
        approved(world)
        _moves(world, "received", 20)

    unfaulted(world, before)
    _moves(world, "refunded", 30, amount=Decimal("9.50"))


def paid_back_by_the_shop(world: World) -> None:
    """The shop system tells that it has been paid back."""
    unfaulted(world, _is_opened)
    at = SAID_AT + timedelta(minutes=30)
    world.clock.move_to(at)
    refund = Refund(refund_id="r-1", at=at, amount=Decimal("19.00"), lines=("1",))
    _tell(world, replace(ORDER, at=at, refunds=(refund,)))
    world.until_quiet()


def _sells(world: World) -> None:
    world.open_shop("shop", SETTINGS)
    _tell(world, ORDER)
    world.until_quiet()


def _has_written(world: World) -> None:
    _sells(world)
    first_message(world)


def _is_opened(world: World) -> None:
    _has_written(world)
    _opens(world, "key-1")
    world.until_quiet()


def _tell(world: World, order: Order) -> None:
    now, source = world.clock.now(), Source(MERCHANT, SHOP, world.shop_system.name)
    world.ask(lambda: world.process.work.hear_shop(source, OrderTold(order), now, now))


def _wishes(world: World) -> None:
    world.platform.says(world.platform.phone.says("81", "I want to return something", SAID_AT))
    world.until_quiet()


def _taps(world: World, step: int) -> None:
    at = SAID_AT + timedelta(minutes=10 * (step + 1))
    world.clock.move_to(at)
    world.platform.says(world.platform.phone.taps(f"9{step}", RETURN + TAPPED[step], at))
    world.until_quiet()


def _opens(world: World, once: str) -> None:
    world.clock.move_to(SAID_AT + timedelta(minutes=5))
    (thread,), now = threads_of(world), world.clock.now()
    wish = Wish(
        thread_id=thread,
        connection_id=SHOP,
        order_id=ORDER.order_id,
        lines={"1": 2},
        reason="damaged",
        by="Ben",
        once=once,
    )

    def ask() -> None:
        try:
            world.process.work.open_return(MERCHANT, wish, now)
        except NotTakenBack as error:
            assert not once and error.refused == "returned"

    world.ask(ask)


def _moves(world: World, state: ReturnState, minutes: float, **told: Any) -> None:
    """The same step again when no answer comes."""
    world.clock.move_to(SAID_AT + timedelta(minutes=minutes))
    now, step = world.clock.now(), Step(state=state, by="Ben", **told)
    ((return_id, _),) = _returns(world).items()
    world.ask(lambda: world.process.work.returns.move(MERCHANT, return_id, step, now))
    world.until_quiet()


def _returns(world: World) -> dict[str, Any]:
    found = [row["pk"].partition("#return#") for row in world.rows("ThreadsTable") if row["sk"] == "return"]
    return {name: owner for owner, _, name in found}


RETURN_SCENARIOS: Final[Mapping[str, Scenario]] = {
    "whatsapp_return_asked_for": Scenario(WhatsApp, asked_for, 20),
    "whatsapp_return_chosen": Scenario(WhatsApp, chosen, 20),
    "whatsapp_return_noted": Scenario(WhatsApp, noted, 25),
    "whatsapp_return_opened": Scenario(WhatsApp, opened, 20),
    "telegram_return_opened_without_a_key": Scenario(Telegram, opened_without_a_key, 15),
    "whatsapp_return_approved": Scenario(WhatsApp, approved, 20),
    "telegram_return_paid_back": Scenario(Telegram, paid_back, 15),
    "telegram_return_paid_back_by_the_shop": Scenario(Telegram, paid_back_by_the_shop, 20),
}
