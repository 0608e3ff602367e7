"""What a merchant could try at another's door: every route of the API's description, every place for an id.

A route that takes a body stands in PLAIN, a field or parameter that names a thing by its id in INSIDE. The
test that walks over them fails with the name of whatever has come since and stands in neither.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

Json = dict[str, Any]

# Stands for the id that is tried; `<thread>` and its like stand for the merchant's own.
FOREIGN: Final = "<foreign>"
PHONE: Final = "+447700900123"
A_NO: Final = {"purpose": "marketing", "state": "withdrawn", "at": "2026-11-01T12:00:00Z"}
A_SEGMENT: Final = {"name": "Next door", "filter": {"last_seen": {"within_days": 30}}}

A_LIST: Final = {"csv": f"phone,tags\n{PHONE},next-door\n", "connection_id": "<connection>"}
A_CAMPAIGN: Final = {
    "name": "Next door",
    "segment_id": "<segment>",
    "content": {"messages": {"en": {"text": "Hello from next door"}}},
    "schedule": {"once": "2098-01-01T10:00"},
}

# A minimal body that each route takes, so that nothing but the id can be wrong.
PLAIN: Final[Mapping[str, Json]] = {
    "POST /merchants": {"name": "Next door"},
    "POST /keys": {"name": "Next door", "role": "agent"},
    "PUT /apps/{id}": {"app_secret": "0123456789abcdef", "verify_token": "0123456789"},
    "POST /setup/{id}": {},
    "PUT /settings": {"name": "Next door"},
    "PATCH /threads/{id}": {"tags": ["next-door"]},
    "POST /threads/{id}/messages": {"text": "Hello from next door"},
    "POST /threads/{id}/signals": {"signal": "typing"},
    "POST /threads/{id}/notes": {"text": "Hello from next door"},
    "POST /shoppers/{id}/consent": A_NO,
    "POST /consents": {"items": [{"address": {"phone": PHONE}, **A_NO}]},
    "POST /consents/{id}": {"items": ["a-row"]},
    "POST /shoppers/{id}/merge": {"shopper_id": "<shopper>", "proof": {"kind": "said"}},
    "POST /shoppers/{id}/unmerge": {"merge_id": "<merge>"},
    "PUT /faq/{id}": {"texts": {"en": {"question": "Next door?", "answer": "Yes."}}},
    "PUT /shops/{id}/carts/{cart_id}": {"lines": [{"title": "A hat from next door"}]},
    "PUT /shops/{id}/orders/{order_id}": {"lines": [{"line_id": "1", "title": "A hat from next door"}]},
    "POST /returns": {
        "thread_id": "<thread>",
        "connection_id": "<shop>",
        "order_id": "order-7",
        "lines": [{"line_id": "line-7-1"}],
        "anyway": True,
    },
    "PATCH /returns/{id}": {"state": "approved"},
    "POST /links": {"connection_id": "<connection>", "cart_id": "cart-1"},
    "POST /staff": {"name": "Next door", "connection_id": "<connection>"},
    "POST /templates": {"connection_id": "<connection>"},
    "POST /templates/{id}/preview": {"thread_ids": ["<thread>"]},
    "POST /segments": A_SEGMENT,
    "PUT /segments/{id}": A_SEGMENT,
    "POST /shoppers/{id}": A_LIST,
    "POST /campaigns": A_CAMPAIGN,
    "PUT /campaigns/{id}": A_CAMPAIGN,
    "PATCH /campaigns/{id}": {"do": "cancel"},
    "POST /campaigns/{id}/test": {},
}
# Where a thing is named by its id inside a call: the path with an id of one's own, the rest with FOREIGN.
INSIDE: Final[Mapping[str, tuple[Json, ...]]] = {
    "POST /threads/{id}/messages": (
        {"id": "<thread>", "body": {"text": "Hello", "reply_to": FOREIGN}},
        {"id": "<thread>", "body": {"text": "Hello", "reply_to": FOREIGN, "public": True}},
        {"id": "<thread>", "body": {"send_again": FOREIGN}},
        {"id": "<thread>", "body": {"reaction": {"message_id": FOREIGN, "emoji": "👍"}}},
    ),
    "POST /shoppers/{id}/merge": (
        {"id": "<shopper>", "body": {"shopper_id": FOREIGN, "proof": {"kind": "said"}}},
    ),
    "POST /shoppers/{id}/unmerge": ({"id": "<shopper>", "body": {"merge_id": FOREIGN}},),
    "PUT /shops/{id}/carts/{cart_id}": ({"id": FOREIGN, "body": {}},),
    "PUT /shops/{id}/orders/{order_id}": ({"id": FOREIGN, "body": {}},),
    "POST /returns": tuple(
        {
            "body": {
                "thread_id": "<thread>",
                "connection_id": "<shop>",
                "order_id": "order-7",
                "lines": [{"line_id": "line-7-1"}],
            }
            | {name: FOREIGN}
        }
        for name in ("thread_id", "connection_id")
    ),
    "POST /shoppers/{id}": ({"id": "import", "body": A_LIST | {"connection_id": FOREIGN}},),
    "POST /campaigns": ({"body": A_CAMPAIGN | {"segment_id": FOREIGN}},),
    "PUT /campaigns/{id}": ({"id": "<campaign>", "body": A_CAMPAIGN | {"segment_id": FOREIGN}},),
    "POST /campaigns/{id}/test": ({"id": "<campaign>", "body": {"staff_ids": [FOREIGN]}},),
    "POST /links": (
        {"body": {"connection_id": FOREIGN, "cart_id": "cart-1"}},
        {"body": {"connection_id": "<connection>", "shopper_id": FOREIGN}},
    ),
    "POST /consents": (
        {"body": {"items": [{"address": {"connection_id": FOREIGN, "kind": "phone", "value": "1"}, **A_NO}]}},
    ),
    "POST /consents/{id}": ({"id": "unclear", "body": {"items": [FOREIGN]}},),
    "POST /privacy/{id}": ({"id": "deauthorize", "query": {"connection": FOREIGN}},),
    "POST /staff": ({"body": {"name": "Next door", "connection_id": FOREIGN}},),
    "GET /templates": ({"query": {"connection_id": FOREIGN}},),
    "POST /templates": ({"body": {"connection_id": FOREIGN}},),
    "POST /templates/{id}/preview": ({"id": "<template>", "body": {"thread_ids": [FOREIGN]}},),
}
# Names that end like an id's and name nothing of ours, and why.
NOT_LOOKED_UP: Final[Mapping[str, str]] = {
    "POST /links cart_id": "a shop's own name of a cart, which Parley only repeats",
    "POST /returns order_id": "a shop's own name of it, within its own orders",
    "POST /returns line_id": "a shop's own name of it, within its own orders",
    "POST /threads/{id}/messages id": "what comes back when a button is tapped",
    "PUT /faq/{id} id": "Indonesian, among the languages",
    **{
        f"PUT /shops/{{id}}/{route} {name}": "a shop's own name of it, within its own carts and orders"
        for route, names in (
            ("carts/{cart_id}", ("customer_id", "product_id", "order_id")),
            ("orders/{order_id}", ("customer_id", "product_id", "line_id", "parcel_id", "refund_id")),
        )
        for name in names
    },
}
# What a GET must be asked besides its path.
QUERIES: Final[Mapping[str, Json]] = {"GET /shoppers/{id}/can-send": {"purpose": "marketing"}}
# Paths whose {id} names no thing of a merchant's: with what a merchant opens them.
ROOMS: Final[Mapping[str, str]] = {"/consents/{id}": "unclear", "/insights/{id}": "contacts"}
# Paths whose {id} opens nothing of another's, and why: nobody knocks there.
OPEN: Final[Mapping[str, str]] = {
    "PUT /faq/{id}": "a name that merchants give their own articles",
    "GET /faq/{id}": "the page that a merchant has written for everybody",
}
# What is done again and again without harm, and does not say whether there was anything to do.
ALWAYS_DONE: Final = ("POST /consents/{id}",)
# An id of our own making: what it is of, and letters and digits.
OURS: Final = re.compile(r"[a-z]{2}_[a-z0-9]{16,}(_[a-z0-9]{16})?")
_ALIKE: Final = ("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "abcdefghijklmnopqrstuvwxyz", "0123456789")
# Where ids of others stand: of channels, of a shop's own carts, of what has no prefix.
_ELSEWHERES: Final = re.compile(r".*_ids?|ids?|account|token|carts|row")
_ID_FIELD: Final = re.compile(r"(.+_)?ids?|reply_to|send_again|connection")


@dataclass(frozen=True)
class Route:
    """One operation of the description."""

    name: str
    method: str
    path: str
    access: str
    takes_body: bool
    ids: frozenset[str]

    @property
    def has_id(self) -> bool:
        """Of a channel, each merchant knows the name."""
        return "{" in self.path and not (self.access == "channel" and self.path.count("{") == 1)

    @property
    def is_a_merchants(self) -> bool:
        return self.access not in ("admin", "channel", "public")


def routes(described: Json) -> Iterator[Route]:
    """All of them, with the names of every field and parameter that an id can stand in."""
    for path, operations in described["paths"].items():
        for method, operation in operations.items():
            body = operation.get("requestBody", {})
            asked = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
            fields = asked | set(_fields(body, described))
            found = frozenset(one for one in fields if _ID_FIELD.fullmatch(one))
            access = operation["description"].removeprefix("For: ").rstrip(".")
            yield Route(f"{method.upper()} {path}", method.upper(), path, access, bool(body), found)


def _fields(schema: Any, described: Json) -> Iterator[str]:
    """The names of all properties, however deep. What connects an account has the channel's ids alone."""
    if isinstance(schema, list):
        for one in schema:
            yield from _fields(one, described)
    if not isinstance(schema, dict):
        return
    if (name := str(schema.get("$ref", "")).rpartition("/")[2]) and name != "setup":
        known = described["components"]["schemas"]
        assert name in known, f"the description refers to {name!r}, which it does not hold"
        yield from _fields(known[name], described)
    properties = schema.get("properties")
    if isinstance(properties, dict):
        yield from properties
    for one in schema.values():
        yield from _fields(one, described)


def filled(value: Any, foreign: str, own: Mapping[str, str]) -> Any:
    """A case with ids in their places."""
    if isinstance(value, dict):
        return {name: filled(one, foreign, own) for name, one in value.items()}
    if isinstance(value, list):
        return [filled(one, foreign, own) for one in value]
    if isinstance(value, str) and value.startswith("<") and value.endswith(">"):
        return foreign if value == FOREIGN else own[value.strip("<>")]
    return value


def named_in(case: Any) -> Iterator[str]:
    """The fields of a case in which the foreign id stands."""
    if isinstance(case, list):
        for one in case:
            yield from named_in(one)
    if isinstance(case, dict):
        for name, one in case.items():
            yield from (name,) if one in (FOREIGN, [FOREIGN]) else named_in(one)


def ids_in(answer: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every id that a merchant is shown, with what it is an id of: our own by their prefix."""
    if isinstance(answer, dict):
        for key, one in answer.items():
            yield from ids_in(one, key)
    elif isinstance(answer, list):
        for one in answer:
            yield from ids_in(one, name)
    elif isinstance(answer, str) and answer:
        if OURS.fullmatch(answer):
            yield answer[:2], answer
        elif _ELSEWHERES.fullmatch(name):
            yield name, answer


def made_up(known: str) -> str:
    """An id of the same form that is nobody's. The same each time."""
    start = 3 if OURS.fullmatch(known) else 0
    made = known[:start]
    for place, letter in enumerate(known[start:]):
        among = next((one for one in _ALIKE if letter in one), letter)
        made += among[(among.find(letter) + 3 + place % 2) % len(among)]
    assert made != known, known
    return made
