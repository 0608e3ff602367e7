"""What scenarios are made of: a shopper writes, a person of the shop answers, and all that came before."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from beginnings import as_it_stands, lay_down, name_of
from doubles import moment
from process import Process
from world import MERCHANT, World

from chalicelib.domain.content import text_content
from chalicelib.services.sending.reply_to import Asked

SAID_AT: Final = moment(1793620800)
# No moment of ours is one of theirs.
A_MOMENT: Final = timedelta(milliseconds=250)


@dataclass(frozen=True)
class Scenario:
    """fewest_calls: so many calls of ports it makes at least; fewer would mean that they are not seen."""

    phone: Callable[[], Any]
    play: Callable[[World], None]
    fewest_calls: int


def first_message(world: World) -> None:
    """A shopper writes twice in a burst and is answered once."""
    phone = world.platform.phone
    world.platform.says(phone.says("41", "Do you have the blue mug?", SAID_AT))
    world.platform.says(phone.says("42", "And the green one?", SAID_AT + timedelta(seconds=1)))
    world.until_quiet()


def threads_of(world: World) -> list[str]:
    return [row["thread_id"] for row in world.rows("ThreadsTable") if row["sk"] == "thread"]


def reply(world: World, text: str, after_s: float = 120) -> None:
    world.clock.move_to(SAID_AT + timedelta(seconds=after_s))
    (thread,) = threads_of(world)
    now = world.clock.now()
    asked = Asked(content=text_content(text))
    world.ask(lambda: world.process.work.reply(MERCHANT, thread, asked, "Ben", "key-1", now))


def unfaulted(world: World, before: Callable[[World], None]) -> None:
    """What came before is not what is tried here. Where a story begins with it, it is played once for all."""
    was, world.journal.is_recording = world.journal.is_recording, False
    name = f"{world.platform.phone.name} {name_of(before)}"
    is_first = world.is_new and not world.journal.calls
    known = world.tables.beginnings.get(name) if is_first else None
    if known is not None:
        lay_down(world, known)
    else:
        world.is_new = False
        before(world)
        if is_first:
            world.tables.beginnings[name] = as_it_stands(world)
    world.is_new, world.process = False, Process(world)
    world.journal.is_recording = was
