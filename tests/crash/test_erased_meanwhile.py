"""A message that is on its way while its shopper is erased leaves nothing behind."""

import json
from datetime import timedelta

import pytest
from faults import Journal
from phones import Instagram, Messenger, Telegram, WhatsApp
from real_tables import Tables
from scenarios import ASKED_OF_STAFF, begin_to_tell_staff
from scenes import SAID_AT, first_message
from world import MERCHANT, World

from chalicelib.domain.content import text_content
from chalicelib.services.sending.reply_to import Asked


@pytest.mark.parametrize("phone", [WhatsApp, Messenger, Instagram, Telegram])
@pytest.mark.parametrize("is_sending", [False, True])
def test_what_is_sent_while_its_shopper_is_erased_leaves_nothing(
    tables: Tables, phone: type, is_sending: bool
) -> None:
    world = World(tables, phone(), Journal())
    first_message(world)
    (row,) = [one for one in world.rows("ThreadsTable") if one["sk"] == "thread"]
    world.clock.move_to(SAID_AT + timedelta(minutes=5))

    def erase() -> None:
        world.platform.meanwhile = lambda: None
        world.process.work.begin_erasing(MERCHANT, row["shopper_id"], "Ben", world.clock.now())
        (work,) = [one for one in world.queues.waiting if "erase_shopper" in one.body]
        world._work(work)

    asked = Asked(content=text_content("We have both."))
    now = world.clock.now()
    world.process.work.reply(MERCHANT, row["thread_id"], asked, "Ben", "key-1", now)
    if is_sending:
        world.platform.meanwhile = erase
    else:
        erase()
    world.until_quiet()
    left = [one for one in world.rows("ThreadsTable") if "#unreadable#" not in one["pk"]]
    told = json.dumps(left, default=str)
    assert row["wire_value"] not in told and "We have both." not in told
    assert {one["pk"].split("#")[1] for one in left} <= {"erased", "erasure", "pointer", "pace"}
    assert not [one for one in world.rows("DueTable") if "check_connection" not in one["work"]]
    raw = [one for one in world.rows("ThreadsTable") if "#unreadable#" in one["pk"]]
    assert row["wire_value"] not in json.dumps(raw, default=str)


@pytest.mark.parametrize("is_sending", [False, True])
def test_what_staff_are_told_meanwhile_leaves_nothing(tables: Tables, is_sending: bool) -> None:
    """Before it is sent it goes to nobody; what is under way is kept nowhere."""
    world = World(tables, WhatsApp(), Journal())
    world.platform.meanwhile = lambda: erase_if(is_sending and _has_left(world))

    def erase_if(is_so: bool) -> None:
        waiting = [row for row in world.rows("ThreadsTable") if row.get("waiting_since")]
        if not is_so or not waiting:
            return
        world.process.work.begin_erasing(MERCHANT, waiting[0]["shopper_id"], "Ben", world.clock.now())
        (work,) = [one for one in world.queues.waiting if "erase_shopper" in one.body]
        world._work(work)

    begin_to_tell_staff(world)
    world.until(lambda: any("about" in str(row.get("details")) for row in world.rows("ThreadsTable")))
    erase_if(not is_sending)
    world.until_quiet()
    assert _has_left(world) is is_sending
    left = [row for row in world.rows("ThreadsTable") if "#unreadable#" not in row["pk"]]
    assert ASKED_OF_STAFF not in json.dumps(left, default=str)
    assert "#quoted#" not in json.dumps(left, default=str)
    assert "outbound" not in {one.queue for one in world.queues.waiting}
    assert not [one for one in world.rows("DueTable") if "check_connection" not in one["work"]]


def _has_left(world: World) -> bool:
    return any(f"\n{ASKED_OF_STAFF}\n" in text for _, text in world.platform.received)
