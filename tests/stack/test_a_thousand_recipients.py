"""A campaign for a thousand: the dry run says what comes of it, whatever dies while it goes out."""

import csv
import io
from collections import Counter
from datetime import datetime, timedelta
from typing import Any, Final

import pytest
from crowd import PATIENCE_S, Crowd, crowd_of, each, pages
from killing import Killer
from shop import Json, Merchant, clock, eventually, open_shop, pass_time, settle
from test_campaigns import done
from test_kills import bring_all_home, impatient
from test_segments_follow import is_built
from test_stop_and_start import midday

from chalicelib.services.run_due import PATIENCE
from functions.queues import BULK_AT_ONCE

__all__ = ["impatient"]

SHOPPERS: Final = 1000
# One dies while its pages are decided on, and two while its messages go out.
EARLY: Final = ("SendLater",)
LATE: Final = ("SendBulk", "SendBulk")
KILL_EVERY_S: Final = 2.0
# Who waits for the morning where they are waits for a day at most; of many pages that are due together, the
# tick queues some at once, and the others again when its patience is over.
MOST_WAITS: Final = 40
WORDS: Final = {
    "en": "Fresh tea for you, {first_name}",
    "es": "Té fresco para ti, {first_name}",
    "ru": "Свежий чай для вас, {first_name}",
    "ar": "شاي طازج لك يا {first_name}",
}
FALLBACKS: Final = {"en": "friend", "es": "amiga", "ru": "друг", "ar": "صديقي"}
TEMPLATES: Final = {"en": "Fresh tea for you, {{1}}!", "es": "Té fresco para ti, {{1}}."}
# What each copy has of it, in a template too.
SIGNS: Final = {"en": "Fresh tea", "es": "Té fresco", "ru": "Свежий чай", "ar": "شاي طازج"}
# Of so mixed a thousand, the gate says at least this.
SAID: Final = {
    *("ok", "held_out", "no_opt_in", "opted_out", "unreachable"),
    *("window_closed", "not_filed", "do_not_call"),
}
HELD: Final = {"quiet_hours", "human_at_work"}
ARRIVED: Final = ("sent", "delivered", "read")
KNOWN: Final = (*ARRIVED, "uncertain", "failed")


@pytest.mark.soak
def test_a_thousand_get_what_the_dry_run_says_whatever_dies(stack: Any, impatient: None) -> None:
    midday(stack)
    shop = open_shop(stack, name="Tea House", zone="Europe/London", country="GB", languages=["en"])
    crowd = crowd_of(shop, SHOPPERS)
    crowd.come()
    crowd.agree()
    crowd.change_their_minds()
    path, moment = written(crowd, everybody(shop))
    dry = dry_run(shop, path)
    expected = recipients(shop, path, dry["run_id"])
    assert set(codes(expected)) >= SAID
    assert {one["code"] for one in dry["held"]} >= HELD
    assert done(shop, "PATCH", path, do="book")["state"] == "booked"

    sent = calls(crowd)
    with Killer(stack, KILL_EVERY_S, len(EARLY), turns=EARLY) as early:
        pass_time(stack, seconds=(moment - clock(stack)).total_seconds() + 1)
        eventually(lambda: len(early.killed) == len(EARLY), "nobody died", PATIENCE_S)
    eventually(lambda: calls(crowd) > sent, "nothing goes out", PATIENCE_S)
    with Killer(stack, KILL_EVERY_S, len(LATE), turns=LATE) as late:
        eventually(lambda: len(late.killed) == len(LATE), "too few died", PATIENCE_S)
    bring_all_home(stack)
    all_decided(shop, path)

    run = shop.get(path)["run"]
    real = recipients(shop, path, run["run_id"])
    assert not others(expected, real)
    assert all(one["planned"] == one["real"] for one in run["by_reason"]), run["by_reason"]
    assert {one["code"]: one["real"] for one in run["by_reason"]} == dict(codes(real))
    assert (run["left"], run["failed"], run["held_out_shoppers"]) == (0, 0, dry["held_out_shoppers"])
    the_sum_of_rows_is_the_segment(shop, path)
    copies = copies_on_phones(crowd)
    assert max(copies.values()) == 1
    assert not [one.name for one in crowd if one.wants_none and copies[one.shopper_id]]
    phones_show_what_rows_say(real, copies, len(early.killed) + len(late.killed))


def everybody(shop: Merchant) -> str:
    """A segment of all, once it is built."""
    segment = done(shop, "POST", "/segments", 201, name="All", filter={"all": []})["segment_id"]
    # Whoever reads the segment itself works on it too: two at it get in each other's way.
    eventually(lambda: is_built(shop), "the segment is not built", PATIENCE_S)
    assert shop.get(f"/segments/{segment}")["count"] == SHOPPERS
    return str(segment)


def written(crowd: Crowd, segment: str) -> tuple[str, datetime]:
    """A campaign in several languages, with templates for WhatsApp: where it is, and when it goes out."""
    shop, whatsapp = crowd.shop, crowd.accounts[0]
    connection_id = whatsapp.connection["connection_id"]
    for language, words in TEMPLATES.items():
        body = [{"type": "BODY", "text": words}]
        about = {"name": "fresh_tea", "language": language, "components": body, "category": "MARKETING"}
        shop.stack.control("POST", "templates", json=whatsapp.name | about | {"tell": False})
    done(shop, "POST", "/templates", connection_id=connection_id)
    greets = {"body.1": {"field": "shopper.first_name", "fallback": "you"}}
    plain = {"name": "fresh_tea", "category": "marketing", "variables": greets}
    content = {
        "messages": {language: {"text": words} for language, words in WORDS.items()},
        "fallbacks": {"first_name": FALLBACKS},
        "templates": {connection_id: {language: plain | {"language": language} for language in TEMPLATES}},
    }
    moment = (clock(shop.stack) + timedelta(minutes=10)).replace(second=0, microsecond=0)
    schedule = {"once": moment.strftime("%Y-%m-%dT%H:%M"), "zone": "UTC"}
    asked = {"name": "Tea", "segment_id": segment, "schedule": schedule, "content": content}
    return f"/campaigns/{done(shop, 'POST', '/campaigns', 201, **asked)['campaign_id']}", moment


def dry_run(shop: Merchant, path: str) -> Json:
    """Once it has looked at all."""
    done(shop, "POST", f"{path}/dry-run")

    def told() -> Json:
        found = shop.get(f"{path}/dry-run")
        return found if found["state"] == "finished" else {}

    return eventually(told, "the dry run does not end", PATIENCE_S)


def calls(crowd: Crowd) -> int:
    """How many messages the platforms were asked to take, so far."""
    rates = (crowd.shop.stack.control("GET", "rates", params=one.name) for one in crowd.accounts)
    return sum(one["calls"] for one in rates)


def recipients(shop: Merchant, path: str, run_id: str) -> dict[str, Json]:
    """By their ids; nobody stands there twice."""
    found = pages(shop, f"{path}/recipients", run=run_id)
    by_id = {one["shopper_id"]: one for one in found}
    assert len(by_id) == len(found) == SHOPPERS
    return by_id


def codes(found: dict[str, Json]) -> Counter[str]:
    return Counter(one["code"] for one in found.values())


def came_to(one: Json) -> tuple[Any, ...]:
    """Why, how and where: as they must be the same in both."""
    return one["code"], one["how"], one["thread_id"], one["category"], one["country"], one["cost"]


def others(expected: dict[str, Json], real: dict[str, Json]) -> dict[str, tuple[Any, Any]]:
    """Those of whom something else came than was planned: both."""
    both = {who: (came_to(one), came_to(real[who])) for who, one in expected.items()}
    return {who: (planned, came) for who, (planned, came) in both.items() if planned != came}


def all_decided(shop: Merchant, path: str) -> None:
    """Whoever has to wait is looked at when their moment has come, and not much later; so is what became of
    their messages."""
    for _ in range(MOST_WAITS):
        found = recipients(shop, path, shop.get(path)["run"]["run_id"]).values()
        waiting = [datetime.fromisoformat(one["at"]) for one in found if one["state"] == "planned"]
        unknown = [one for one in found if one["state"] == "intended" and one["status"] not in KNOWN]
        if not waiting and not unknown:
            return
        left = (min(waiting) - clock(shop.stack)).total_seconds() if waiting else 0
        pass_time(shop.stack, seconds=max(left, 0) + PATIENCE.total_seconds())
        settle(shop.stack, PATIENCE_S)
    raise AssertionError(f"{len(waiting)} still wait, of {len(unknown)} messages nobody knows")


def the_sum_of_rows_is_the_segment(shop: Merchant, path: str) -> None:
    rows: list[dict[str, str]] = []
    following, head = "", ""
    while True:
        query = {"limit": 100, **({"next": following} if following else {})}
        page = shop.call("GET", f"{path}/recipients", params=query, headers={"Accept": "text/csv"})
        assert page.status_code == 200, page.text
        head = head or page.text.partition("\n")[0] + "\n"
        rows += csv.DictReader(io.StringIO(page.text if not following else head + page.text))
        following = page.headers.get("Next", "")
        if not following:
            break
    campaign = shop.get(path)
    run, segment = campaign["run"], shop.get(f"/segments/{campaign['segment_id']}")
    skipped = sum(one["count"] for one in run["skipped"])
    states = Counter(row["state"] for row in rows)
    assert len({row["shopper_id"] for row in rows}) == len(rows) == segment["count"] == SHOPPERS
    told = {"intended": run["goes"], "skipped": skipped, "held_out": run["held_out_shoppers"]}
    assert states == Counter(told)
    assert run["recipients"] == run["looked_at"] == sum(states.values())
    assert run["funnel"]["sent"] == sum(row["status"] in ARRIVED for row in rows)


def copies_on_phones(crowd: Crowd) -> dict[str, int]:
    """How many each shopper has; in more than one language none comes."""
    copies: dict[str, int] = {}
    languages = set[str]()

    def count(one: Any) -> None:
        found = [name for text in one.heard() for name, sign in SIGNS.items() if sign in text]
        copies[one.shopper_id] = len(found)
        languages.update(found)

    each(count, crowd)
    assert languages == SIGNS.keys()
    return copies


def phones_show_what_rows_say(real: dict[str, Json], copies: dict[str, int], killed: int) -> None:
    """Where a sender died amid its calls, nobody can know: that is said, and never tried again."""
    unsure = {who for who, one in real.items() if one["status"] == "uncertain"}
    assert len(unsure) <= killed * BULK_AT_ONCE
    shown = {who for who, count in copies.items() if count}
    told = {who for who, one in real.items() if one["status"] in ARRIVED}
    assert not told - shown, "what the rows call sent is on no phone"
    assert not shown - told - unsure, "what is on a phone is in no row"
    assert {one["status"] for one in real.values() if one["state"] == "intended"} <= {*ARRIVED, "uncertain"}
