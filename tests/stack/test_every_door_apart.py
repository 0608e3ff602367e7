"""Whatever a merchant tries with ids of another's, the answer is the one to an id that is nobody's."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import parse_qs, quote, urlsplit

import requests
from next_door import (
    A_CAMPAIGN,
    A_LIST,
    A_NO,
    A_SEGMENT,
    ALWAYS_DONE,
    FOREIGN,
    INSIDE,
    NOT_LOOKED_UP,
    OPEN,
    OURS,
    PLAIN,
    QUERIES,
    ROOMS,
    Json,
    Route,
    filled,
    ids_in,
    made_up,
    named_in,
    routes,
)
from shop import Merchant, Shopper, eventually, open_shop, settle

WORDS: Final = "Chrysanthemum-in-ochre"
CART: Final = "cart-ochre-17"
# Each of these is a process of the local stack; more of them than the machine has hands for are slower.
AT_ONCE: Final = 4


@dataclass
class Owner:
    """A merchant who has something of every kind. own: one id of each, as the cases call them."""

    shop: Merchant
    own: dict[str, str]


def an_owner(stack: Any) -> Owner:
    """Two shoppers, who are one, and one who is erased; a link that was followed, words that sound like a
    stop, a message that may not have arrived, a consent, templates, somebody of staff, and what comes with
    those."""
    shop = open_shop(stack, paused="automatic")
    account = shop.connect("whatsapp")
    connection = account.connection["connection_id"]
    ana, ben, cleo = (account.shopper(name) for name in ("Ana Popescu", "Ben", "Cleo"))
    link = account.link(cart_id=CART)
    ana.writes(f"{WORDS} {parse_qs(urlsplit(link['url']).query)['text'][0]}")
    ben.writes("Cancel it")
    cleo.writes("Hello")
    shoppers = [one.thread()["shopper_id"] for one in (ana, ben, cleo)]
    account.fault("send", "timeout", seconds=0.2)
    lost = shop.reply(ana.thread_id, WORDS)["message_id"]
    eventually(lambda: "uncertain" in [row["status"] for row in ana.rows("human")], "it is not uncertain")
    merge = done(shop, f"/shoppers/{shoppers[0]}/merge", shopper_id=shoppers[1], proof={"kind": "said"})
    done(shop, f"/shoppers/{shoppers[0]}/consent", **A_NO)
    done(shop, f"/shoppers/{shoppers[2]}/erase")
    done(shop, "/staff", name="Mihai", connection_id=connection)
    texts = {"en": {"question": f"Is it {WORDS}?", "answer": "It is."}}
    assert shop.call("PUT", f"/faq/{shop.merchant_id[-12:]}-ochre", json={"texts": texts}).ok
    sells = done(shop, "/setup/shop", name="Shop next door")["connection_id"]
    order = {"lines": [{"line_id": "line-7-1", "title": "A hat", "quantity": 9}]}
    assert shop.call("PUT", f"/shops/{sells}/orders/order-7", json=order).ok
    sent_back = PLAIN["POST /returns"] | {"thread_id": ana.thread_id, "connection_id": sells}
    back = done(shop, "/returns", **sent_back)
    segment = done(shop, "/segments", **A_SEGMENT)["segment_id"]
    eventually(lambda: shop.get(f"/segments/{segment}")["is_complete"], "the segment is not built")
    campaign = done(shop, "/campaigns", **filled(A_CAMPAIGN, "", {"segment": segment}))["campaign_id"]
    done(shop, f"/campaigns/{campaign}/dry-run")
    eventually(
        lambda: shop.get(f"/campaigns/{campaign}/dry-run")["state"] == "finished", "the dry run goes on"
    )
    listed = done(shop, "/shoppers/import", **filled(A_LIST, "", {"connection": connection}))["import_id"]
    eventually(lambda: shop.get(f"/imports/{listed}")["state"] == "done", "the import does not end")
    for one in (ana, ben):  # the answers that a paused shop does not give come to an end by themselves
        eventually(lambda who=one: is_quiet(who), "something still waits to be sent")
    own = {
        "thread": ana.thread_id,
        "message": ana.rows("shopper")[0]["message_id"],
        "lost": lost,
        "shopper": shoppers[0],
        "merge": merge["merge_id"],
        "connection": connection,
        "shop": sells,
        "return": back["return_id"],
        "segment": segment,
        "campaign": campaign,
        "import": listed,
        "template": done(shop, "/templates", connection_id=connection)["items"][0]["template_id"],
        "token": link["token"],
        "erased": shoppers[2],
    }
    return Owner(shop, own)


def is_quiet(shopper: Shopper) -> bool:
    return all(row["status"] != "queued" for row in shopper.rows())


def done(shop: Merchant, path: str, **body: Any) -> Json:
    answer = shop.call("POST", path, json=body)
    assert answer.ok, f"{path}: {answer.status_code} {answer.text}"
    return dict(answer.json())


@dataclass
class Views:
    """All that a merchant can read: answers by path and query; the routes that gave one; the ids in them."""

    seen: dict[tuple[str, str], Json] = field(default_factory=dict)
    opened: set[str] = field(default_factory=set)
    ids: dict[str, str] = field(default_factory=dict)

    def learn(self, answer: Any) -> None:
        for kind, one in ids_in(answer):
            self.ids.setdefault(kind, one)


def look_around(owner: Owner, known: list[Route]) -> Views:
    """With the ids that they have, and once more with those that they are shown."""
    views = Views(ids={kind: owner.own[kind] for kind in ("lost", "token", "erased")})
    views.learn([owner.shop.merchant_id, *owner.own.values()])
    reads = [one for one in known if one.method == "GET" and one.is_a_merchants]
    tried: set[tuple[str, str]] = set()
    for _ in range(2):
        paths = [(one, path) for one in reads for path in paths_of(one, views.ids.values())]
        trials = [(one, path, query_of(one)) for one, path in paths if (one.name, path) not in tried]
        tried |= {(one.name, path) for one, path, _ in trials}
        with ThreadPoolExecutor(AT_ONCE) as pool:
            answers = list(pool.map(lambda trial: owner.shop.call("GET", trial[1] + trial[2]), trials))
        for (route, path, query), answer in zip(trials, answers, strict=True):
            if answer.status_code == 200:
                views.opened.add(route.name)
                views.seen[path, query] = answer.json()
                views.learn(answer.json())
    return views


def paths_of(route: Route, ids: Any) -> list[str]:
    if not route.has_id:
        return [route.path]
    rooms = [ROOMS[route.path]] if route.path in ROOMS else []
    return [route.path.replace("{id}", quote(one, safe="")) for one in (*ids, *rooms)]


def query_of(route: Route) -> str:
    return "".join(f"?{name}={value}" for name, value in QUERIES.get(route.name, {}).items())


@dataclass(frozen=True)
class Place:
    """Where an id can be put: a path, a field of a body or a parameter. given: with FOREIGN in it."""

    route: Route
    path: str
    given: Json

    @property
    def name(self) -> str:
        return f"{self.route.method} {self.path} {json.dumps(self.given) if self.given else ''}"

    def call(self, shop: Merchant, foreign: str) -> requests.Response:
        path = self.path.replace(FOREIGN, quote(foreign, safe=""))
        return shop.call(self.route.method, path, **filled(self.given, foreign, {}))

    @property
    def allowed(self) -> tuple[int, ...]:
        """There is no such thing; or the call is none of a merchant's. In a reply, what it answers is a field
        that does not fit."""
        if self.route.access in ("admin", "channel"):
            return (401,) if self.route.access == "admin" else (400, 403)
        if self.route.name in ALWAYS_DONE and FOREIGN not in self.path:
            return (200,)
        # Nobody has signed it, wherever it is for.
        is_unproven = self.route.name == "POST /privacy/{id}" and FOREIGN not in self.path
        is_about_a_message = {"reply_to", "message_id"} & set(named_in(self.given))
        return (400,) if is_unproven or is_about_a_message else (404,)


def places(known: list[Route], own: Mapping[str, str]) -> Iterator[Place]:
    """The last variable of every path, and what INSIDE lists."""
    for route in known:
        if route.has_id and route.name not in OPEN:
            body = {"json": filled(PLAIN[route.name], FOREIGN, own)} if route.takes_body else {}
            yield Place(route, with_foreign(route.path) + query_of(route), body)
        for case in INSIDE.get(route.name, ()):
            put = filled(case, FOREIGN, own)
            given = {"json": put["body"]} if "body" in put else {"params": put["query"]}
            yield Place(route, route.path.replace("{id}", put.get("id", "")), given)


def with_foreign(path: str) -> str:
    """Where there are two variables the first is the channel, whose name is no secret."""
    before, _, after = path.rpartition("{")
    return before.replace("{id}", "whatsapp") + FOREIGN + after.partition("}")[2]


def knock(shop: Merchant, doors: list[Place], ids: set[str]) -> dict[tuple[str, str], requests.Response]:
    """Every id at every place."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = [(door, each, pool.submit(door.call, shop, each)) for door in doors for each in ids]
    return {(door.name, each): answer.result() for door, each, answer in asked}


def told(answer: requests.Response, foreign: str) -> tuple[int, str, str]:
    """What can be learned from an answer, but for the id itself, which who asks has given."""
    text = answer.text
    for spelled in (foreign, foreign[:40]):  # where a call repeats no more of what it was asked for
        text = text.replace(spelled, FOREIGN)
    return answer.status_code, answer.headers["Content-Type"], text


def is_ours(known: str) -> bool:
    """Ids of one form are answered alike, so that one of nobody's stands for all: of ours, and of others."""
    return OURS.fullmatch(known) is not None


def rows_of(stack: Any, merchant_id: str) -> dict[str, str]:
    """Every row of every table that speaks of a merchant."""
    found = {}
    for table in ("shops_table", "threads_table", "due_table"):
        pages = stack.client("dynamodb").get_paginator("scan").paginate(TableName=stack.about[table])
        for item in (item for page in pages for item in page["Items"]):
            text = json.dumps(item, sort_keys=True)
            if merchant_id in text:
                keys = [item[name]["S"] for name in ("pk", "sk", "id") if name in item]
                found[" ".join([table, *keys])] = text
    return found


def all_routes(stack: Any) -> list[Route]:
    return list(routes(stack.call("GET", "/openapi.json").json()))


def test_every_route_that_takes_a_body_or_an_id_has_its_case(stack: Any) -> None:
    known = all_routes(stack)
    missing = [one.name for one in known if one.takes_body and one.name not in PLAIN]
    assert missing == [], "these routes take a body and have none in next_door.PLAIN"
    for route in known:
        tried = {name for case in INSIDE.get(route.name, ()) for name in named_in(case)}
        left = {one for one in route.ids - tried if f"{route.name} {one}" not in NOT_LOOKED_UP}
        assert not left, f"{route.name}: nobody tries another's id in {sorted(left)}: next_door.INSIDE"
    names = {one.name for one in known}
    assert [name for name in (*PLAIN, *INSIDE, *QUERIES, *OPEN, *ALWAYS_DONE) if name not in names] == []


def test_no_door_tells_a_neighbour_that_something_is_behind_it(stack: Any) -> None:
    known = all_routes(stack)
    with ThreadPoolExecutor(2) as pool:
        owner, neighbour = pool.map(an_owner, (stack, stack))
    settle(stack)
    views = look_around(owner, known)
    doors = [one.name for one in known if one.method == "GET" and one.has_id and one.is_a_merchants]
    assert [name for name in doors if name not in views.opened] == [], "not even the owner can open these"
    rows, everything = rows_of(stack, owner.shop.merchant_id), json.dumps(list(views.seen.values()))
    assert WORDS in everything and CART in everything and len(rows) > 20

    nothing_is_told(neighbour, list(places(known, neighbour.own)), views.ids)

    for route in (one for one in known if one.method == "GET" and not one.has_id and one.is_a_merchants):
        seen = neighbour.shop.call("GET", route.path).text
        assert [each for each in owner.own.values() if each in seen] == [], route.name
    settle(stack)
    assert rows_of(stack, owner.shop.merchant_id) == rows
    with ThreadPoolExecutor(AT_ONCE) as pool:
        after = pool.map(lambda place: owner.shop.get("".join(place)), views.seen)
    assert dict(zip(views.seen, after, strict=True)) == views.seen


def nothing_is_told(neighbour: Owner, doors: list[Place], ids: Mapping[str, str]) -> None:
    # A channel's id may hold a slash by chance: in a path it is two segments, and no door of ours at all.
    ids = {kind: real for kind, real in ids.items() if "/" not in real}
    nobodys = {is_ours(real): made_up(real) for real in ids.values()}
    answers = knock(neighbour.shop, doors, {*nobodys.values(), *ids.values()})
    for door in doors:
        for kind, real in ids.items():
            answer, twin = answers[door.name, real], nobodys[is_ours(real)]
            about = f"{door.name} with another's {kind}: {answer.status_code} {answer.text}"
            assert told(answer, real) == told(answers[door.name, twin], twin), about
            assert answer.status_code in door.allowed, about
            left = answer.text.replace(real, "")
            assert [each for each in (*ids.values(), WORDS) if len(each) > 5 and each in left] == [], about
