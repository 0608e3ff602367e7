"""A campaign from the segment to the phones: whom the dry run names gets it once, and nobody else."""

import csv
import io
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, Final

import pytest
from shop import Account, Json, Merchant, Shopper, clock, eventually, open_shop, pass_time, settle, together
from test_api import with_role
from test_staff_notices import invite, linked
from test_stop_and_start import agrees, becomes, midday

from chalicelib.domain.commerce.reminding import is_held_out

WORDS: Final = "Fresh tea for you"
TEMPLATE_WORDS: Final = "this is new in our shop: fresh tea."
# Shares that are tried, in percent: of the smallest that holds somebody out.
SHARES: Final = [share / 10 for share in range(1, 500)]
MOST_TRIED: Final = 25


def done(shop: Merchant, method: str, path: str, expect: int = 200, **body: Any) -> Json:
    answer = shop.call(method, path, json=body)
    assert answer.status_code == expect, answer.text
    found: Json = answer.json()
    return found


def everybody(shop: Merchant) -> str:
    """A segment of all who have written, once it is built."""
    wanted = {"last_seen": {"within_days": 30}}
    segment = done(shop, "POST", "/segments", 201, name="All", filter=wanted)["segment_id"]
    eventually(lambda: shop.get(f"/segments/{segment}")["is_complete"], "the segment is not built")
    return str(segment)


def written_for(
    shop: Merchant, segment: str, holdout: float, minutes: int, whatsapp: Account | None = None
) -> Json:
    """A campaign that goes out once, in so many minutes. whatsapp: where it has a template."""
    moment = (clock(shop.stack) + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")
    filled = {"body.1": {"field": "shopper.first_name", "fallback": "friend"}, "body.2": "fresh tea"}
    news = {"name": "news", "language": "en", "category": "marketing", "variables": filled}
    return done(
        shop,
        "POST",
        "/campaigns",
        201,
        name="Tea",
        segment_id=segment,
        schedule={"once": moment},
        holdout=holdout,
        content={
            "messages": {"en": {"text": f"{WORDS}, {{first_name}}"}},
            "fallbacks": {"first_name": {"en": "friend"}},
            "templates": {whatsapp.connection["connection_id"]: {"en": news}} if whatsapp else {},
        },
    )


def came_to(shop: Merchant, campaign: str, run: str) -> dict[str, tuple[str, str | None]]:
    """Of each shopper, the code and how they were written to."""
    found = shop.get(f"/campaigns/{campaign}/recipients", run=run)["items"]
    return {one["shopper_id"]: (one["code"], one["how"]) for one in found}


def got(shopper: Shopper) -> int:
    return sum(WORDS in text or TEMPLATE_WORDS in text for text in shopper.heard())


def id_of(shopper: Shopper) -> str:
    return str(shopper.thread()["shopper_id"])


def known(account: Account, name: str, *does: Callable[[Shopper], None], **about: Any) -> Shopper:
    """Somebody who has written, and was answered."""
    shopper = account.newcomer(name, **about)
    account.merchant.reply(shopper.thread()["thread_id"], "Hello!")
    for each in does:
        each(shopper)
    return shopper


def stops(shopper: Shopper) -> None:
    shopper.writes("STOP")
    becomes(shopper, "opted_out")


def one_held_out(shop: Merchant, others: list[Shopper], among: list[Shopper]) -> tuple[Shopper, float]:
    """One of these, and a share that holds them out and leaves all the others in; more of them come until
    there is one."""
    for number in range(MOST_TRIED):
        least, following = sorted((first_share(shop, one), one.name) for one in (*others, *among))[:2]
        found = [one for one in among if one.name == least[1] and least[0] < following[0]]
        if found and least[0] <= SHARES[-1]:
            return found[0], least[0]
        among.append(known(among[0].account, f"Hal {number}", agrees))
    raise AssertionError("nobody is held out before the others")


def first_share(shop: Merchant, shopper: Shopper) -> float:
    shopper_id = id_of(shopper)
    held_out = (share for share in SHARES if is_held_out(shop.merchant_id, shopper_id, share))
    return next(held_out, 100.0)


def people(telegram: Account, whatsapp: Account) -> dict[str, Shopper]:
    """All at once: each waits for webhooks more than for anything else."""
    made: dict[str, Shopper] = {}
    does: dict[str, tuple[Callable[[Shopper], None], ...]] = {"Nora": (), "Otto": (agrees, stops)}

    def comes(name: str) -> None:
        is_wade = name == "Wade"
        about = {"phone": "+447400123402"} if is_wade else {}
        account = whatsapp if is_wade else telegram
        made[name] = known(account, name, *does.get(name, (agrees,)), **about)

    together(comes, ("Wade", "Tia", "Tom", "Tess", "Otto", "Nora"))
    return made


def test_whom_the_dry_run_names_gets_it_once_and_nobody_else(stack: Any) -> None:
    midday(stack)
    shop = open_shop(stack, name="Tea House", zone="UTC", country="GB")
    whatsapp, telegram = shop.connect("whatsapp"), shop.connect("telegram")
    tim = known(whatsapp, "Tim", agrees, phone="+447400123401")
    pass_time(stack, hours=25)
    made = people(telegram, whatsapp)
    wade, otto, nora = (made[name] for name in ("Wade", "Otto", "Nora"))
    agreed = [made[name] for name in ("Tia", "Tom", "Tess")]
    left_alone, share = one_held_out(shop, [tim, wade], agreed)
    pass_time(stack, hours=1, minutes=1)
    expected = {
        id_of(tim): ("ok", "template"),
        id_of(wade): ("ok", "text"),
        id_of(otto): ("opted_out", None),
        id_of(nora): ("no_opt_in", None),
        **{id_of(one): ("ok", "text") for one in agreed},
        id_of(left_alone): ("held_out", None),
    }
    campaign = written_for(shop, everybody(shop), share, 30, whatsapp)
    path = f"/campaigns/{campaign['campaign_id']}"
    assert shop.call("PATCH", path, json={"do": "book"}).json()["error"]["code"] == "needs_dry_run"

    asked = done(shop, "POST", f"{path}/dry-run")
    dry = eventually(lambda: finished_dry(shop, path), "the dry run goes on and on")
    assert dry["run_id"] == asked["run_id"]
    assert came_to(shop, campaign["campaign_id"], dry["run_id"]) == expected
    goes = sum(code == "ok" for code, _ in expected.values())
    assert (dry["recipients"], dry["goes"], dry["held_out_shoppers"]) == (len(expected), goes, 1)
    assert {one["code"]: one["count"] for one in dry["skipped"]} == {"opted_out": 1, "no_opt_in": 1}
    assert dry["by_how"] == {"text": goes - 1, "template": 1}
    assert any(TEMPLATE_WORDS in one["text"] for one in dry["samples"])
    assert dry["cost"] and dry["ends_at"] >= dry["begins_at"]

    assert done(shop, "PATCH", path, do="book")["state"] == "booked"
    assert done(shop, "PATCH", path, do="pause")["can"] == ["resume", "cancel", "unbook"]
    pass_time(stack, minutes=31)
    settle(stack)
    everyone = [tim, wade, otto, nora, *agreed]
    assert [got(one) for one in everyone] == [0] * len(everyone), "somebody heard of a paused campaign"

    assert done(shop, "PATCH", path, do="resume")["state"] == "booked"
    pass_time(stack, minutes=2)
    for one in (each for each in everyone if expected[id_of(each)][0] == "ok"):
        eventually(lambda who=one: got(who), f"{one.name} has not heard of it")
    settle(stack)
    real = eventually(lambda: finished(shop, path), "not everybody was decided on")
    assert came_to(shop, campaign["campaign_id"], real["run_id"]) == expected
    assert all(one["planned"] == one["real"] for one in real["by_reason"]), real["by_reason"]
    counts = {one.name: got(one) for one in everyone}
    assert counts == {one.name: int(expected[id_of(one)][0] == "ok") for one in everyone}
    pass_time(stack, minutes=20)
    told = eventually(lambda: counted(shop, path, goes), "it is not done, or not all are counted")
    assert [one["what"] for one in told["history"]][-2:] == ["began", "done"]
    table = shop.call("GET", f"{path}/recipients", headers={"Accept": "text/csv"})
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert Counter(row["code"] for row in rows) == Counter(code for code, _ in expected.values())


def finished_dry(shop: Merchant, path: str) -> Json:
    """Its dry run, once everybody was looked at."""
    dry = shop.get(f"{path}/dry-run")
    return dry if dry["state"] == "finished" else {}


def finished(shop: Merchant, path: str) -> Json:
    """Its run, once nobody is left of it."""
    run: Json = shop.get(path)["run"]
    return run if run and run["left"] == 0 and run["looked_at"] == run["recipients"] else {}


def counted(shop: Merchant, path: str, goes: int) -> Json:
    """The campaign, once it is done and all its messages are known to be out."""
    told = shop.get(path)
    return told if told["state"] == "done" and told["run"]["funnel"]["sent"] == goes else {}


@pytest.mark.soak
def test_the_shops_own_people_see_it_first(stack: Any) -> None:
    shop = open_shop(stack, name="Tea House", languages=["en"])
    account = shop.connect("telegram")
    desk = linked(shop, {"telegram": account}, "telegram")
    invited = invite(shop, account, 201)["staff_id"]
    account.newcomer("Tia")
    campaign = written_for(shop, everybody(shop), 0, 60)
    path = f"/campaigns/{campaign['campaign_id']}/test"
    for _ in range(2):
        answer = shop.call("POST", path, json={}, headers={"Idempotency-Key": "first look"})
        told = {one["staff_id"]: one["code"] for one in answer.json()["items"]}
        assert told == {desk.staff_id: "ok", invited: "not_linked"}
    eventually(lambda: f"{WORDS}, Mihai" in desk.staff.heard()[-1], "it did not come to the shop's people")
    settle(stack)
    assert got(desk.staff) == 1
    assert shop.call("POST", path, json={"staff_ids": ["st_nobody"]}).status_code == 404


def test_agents_may_look_and_marketers_work(stack: Any) -> None:
    owner = open_shop(stack, name="Tea House")
    owner.connect("telegram")
    agent, marketer = with_role(owner, "agent"), with_role(owner, "marketer")
    campaign = written_for(marketer, everybody(marketer), 0, 60)
    path, body = f"/campaigns/{campaign['campaign_id']}", {"name": "Tea"}
    works = (
        *(("POST", "/campaigns", body), ("PUT", path, body), ("PATCH", path, {"do": "book"})),
        *(("POST", f"{path}/dry-run", {}), ("POST", f"{path}/test", {})),
    )
    for method, where, given in works:
        assert agent.call(method, where, json=given).status_code == 403, (method, where)
    assert done(marketer, "POST", f"{path}/dry-run")["recipients"] == 0
    assert done(marketer, "PATCH", path, do="book")["created_by"] == "the marketer"
    for where in ("/campaigns", path, f"{path}/dry-run", f"{path}/recipients"):
        assert agent.call("GET", where).status_code == 200, where
    wrong = marketer.call("PUT", path, json={**body, "segment_id": "sg_1", "content": {}, "schedule": {}})
    assert (wrong.status_code, wrong.json()["error"]["code"]) == (409, "not_a_draft")
    assert done(marketer, "PATCH", path, do="unbook")["can"] == ["book", "cancel"]
    content = {"messages": {"en": {"text": "Hi {name}"}}}
    given = {
        **body,
        "segment_id": campaign["segment_id"],
        "schedule": campaign["schedule"],
        "content": content,
    }
    unfit = marketer.call("PUT", path, json=given)
    assert (unfit.status_code, unfit.json()["error"]["field"]) == (400, "content.fallbacks.name.en")
