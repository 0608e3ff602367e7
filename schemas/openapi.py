"""The API's description, made from the schemas that check requests, and a page to read it."""

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Any, Final, Literal

import schemas

Access = Literal["admin", "merchant", "owner", "agent", "marketer", "public", "channel"]


@dataclass(frozen=True, slots=True)
class Operation:
    """One route: who may call it, what it takes, what it answers with. also: further answers of success."""

    method: str
    path: str
    says: str
    access: Access
    body: str = ""
    status: int = 200
    query: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    answers: str = "As asked"
    also: tuple[int, ...] = ()
    is_page: bool = False


_MESSAGE: Final = (
    "`message_id` is our id of a message, the one that calls name; `channel_message_id` is the channel's, "
    "once it has one. `reply_to` is the channel's id of the message that was answered, to be matched with "
    "`channel_message_id`; `reply_to_message_id` is our id of it where it is known. `can_send_again` stands "
    "on a message of yours that is `uncertain` or has `failed`, with `why_send_again` in words, until "
    "somebody sends it again: then it has `sent_again_as`, and the new one has `sends_again`."
)
_BESIDE: Final = (
    "The first page also has what else there is to know of the shopper, the latest first and at most twenty "
    "of each: `orders` with state, total and parcels, `late_deliveries` (how many of the parcels came after "
    "the promised day, or should have come by now), `returns`, and `past_threads`, the same person's others."
)
_PREVIEW: Final = (
    "`items` has for each thread what its shopper would see: `parts` in their order, and in `used_fallbacks` "
    "the places whose field they lack. `problems` has what the channel would refuse: `code`, `place` and "
    "what to do; while there is any, nothing should be sent."
)
_VERDICT: Final = (
    "`decision` is send, use_template, hold (until `until`, where that is known) or skip; `code` is stable, "
    "`reason` is in words. purpose: reply, answer, update, survey, cart, campaign, ask, or what a shopper "
    "consents to: service, updates, marketing. `threads` has the same for each of the shopper's threads."
)
_INSIGHT: Final = (
    "Of whole months, `from` and `to` name the first and the last: this one and the one before where neither "
    "is told. response-times: for each channel and connection, and for each hour of the week in `zone`, how "
    "long shoppers waited for a person, by opening hours and by the clock, and how many promises were kept; "
    "`open` has who waits now, by how much of their promised time is left. contacts: in which hours shoppers "
    "turn to the shop, what they complain of, how they found it, who writes most. carts: how many were left, "
    "how many buyers were reminded, why others were not, what was bought within a week (`minor`: in the "
    "currency's smallest unit), and how many in a hundred more than of those left alone, between `low` and "
    "`high` with 95 % confidence. returns: how many came to each state, their reasons, how many of each "
    "product, what was paid back. unanswered: questions that no article answers."
)
_SEGMENT: Final = (
    "`state` is building until everybody was asked, then ready. One segment, and a filter that is tried, has "
    "`count` and up to five `samples`; `is_complete` says whether everybody was asked by now, and all that "
    "has happened is taken in."
)
_IMPORT: Final = (
    "`state` is going until every line was looked at, then done; lost where its connection or the list "
    "itself was gone before: hand it in again. Of `rows` so many are `done`, of which `taken` and `refused`; "
    "`consents` counts what was said. `errors` has line, column and what to do, of a thousand at most; "
    "`errors_left_out` counts the others."
)
_CAMPAIGN: Final = (
    "`state` is draft, booked, paused, stopped (by itself: `state_reason`, and in words `state_words`), done "
    "or cancelled; `can` names what may be done with it now; `history` says what became of it. `planned` is "
    "its last dry run, `run` the last time that it went out: `by_reason` has for each code how many were "
    "planned and how many it came to, `funnel` how far the messages came, `held_out` those who were left "
    "alone, and `brought` how many in a hundred more have bought than of those (between `low` and `high` "
    "with 95 % confidence) and for how much more; null where there are too few to tell. `left` is how many "
    "are still to be decided on."
)
_DRY_RUN: Final = (
    "`state` is going until everybody was looked at, then finished. Of all `recipients`, `goes` would get it "
    "(`by_how`, `by_channel`), `skipped` never, `waits` once something is mended, and `held_out_shoppers` "
    "are left alone; `held` says who gets it later, and why. `cost` is what it costs by the known prices, "
    "`ends_at` when the last message goes out at the connections' speed and daily limit (`a_day`), `samples` "
    "what some would see. Nothing is sent."
)
_PAGE: Final = ("limit", "next")
OPERATIONS: Final = (
    Operation(
        "POST", "/merchants", "Create a merchant; the owner's key is shown once", "admin", "merchant", 201
    ),
    Operation("GET", "/merchants", "All merchants", "admin", query=_PAGE),
    Operation("DELETE", "/merchants/{id}", "Disconnect a merchant's accounts and remove it", "admin"),
    Operation("POST", "/keys", "Create a key; its secret is shown once", "owner", "key", 201),
    Operation("GET", "/keys", "The merchant's keys", "owner"),
    Operation("DELETE", "/keys/{id}", "Remove a key", "owner"),
    Operation("PUT", "/apps/{id}", "Set a Meta app that many merchants share", "admin", "app"),
    Operation("POST", "/setup/{id}", "Connect an account or a shop; {id} is its kind", "owner", "setup", 201),
    Operation("GET", "/setup", "The merchant's connections", "merchant"),
    Operation("GET", "/setup/{id}", "One connection", "owner"),
    Operation("DELETE", "/setup/{id}", "Disconnect an account", "owner"),
    Operation("POST", "/setup/{id}/check", "Check a connection all the way, now", "owner"),
    Operation("GET", "/settings", "The shop's settings", "merchant"),
    Operation("PUT", "/settings", "Change the shop's settings", "owner", "settings"),
    Operation(
        "GET",
        "/threads",
        "The inbox, the latest words first",
        "merchant",
        query=("channel", "state", "assignee", *_PAGE),
    ),
    Operation(
        "GET",
        "/threads/{id}",
        "One thread with its newest messages",
        "merchant",
        query=_PAGE,
        answers=f"{_MESSAGE} {_BESIDE}",
    ),
    Operation("PATCH", "/threads/{id}", "Assign, tag, close or reopen", "agent", "thread_change"),
    Operation(
        "POST",
        "/threads/{id}/messages",
        "Answer the shopper",
        "agent",
        "reply",
        201,
        headers=("Idempotency-Key",),
        answers=_MESSAGE,
    ),
    Operation("POST", "/threads/{id}/signals", "Show that somebody writes or has read", "agent", "signal"),
    Operation("POST", "/threads/{id}/notes", "Leave a note that only the shop sees", "agent", "note", 201),
    Operation("GET", "/shoppers/{id}", "One shopper: addresses, threads, merges, carts", "merchant"),
    Operation(
        "GET",
        "/shoppers/{id}/can-send",
        "Whether the shop may send to the shopper now, and why not",
        "merchant",
        query=("purpose", "channel"),
        answers=_VERDICT,
    ),
    Operation("GET", "/shoppers/{id}/consent", "All that was said about their consent", "merchant"),
    Operation(
        "POST",
        "/shoppers/{id}/consent",
        "Note what the shopper said about consent",
        "merchant",
        "consent",
        201,
    ),
    Operation("GET", "/consents", "What was noted in a month", "merchant", query=("month", *_PAGE)),
    Operation("POST", "/consents", "Bring consents from a list, with proof", "merchant", "consents", 201),
    Operation(
        "GET",
        "/consents/{id}",
        "unclear: what may have been a stop; iys: what has to be filed with the registry",
        "merchant",
        query=("month", *_PAGE),
    ),
    Operation(
        "POST",
        "/consents/{id}",
        "iys, do_not_call: what the registry says of numbers; unclear: what was looked at",
        "merchant",
        "registry",
        201,
    ),
    Operation("POST", "/shoppers/{id}/merge", "Another shopper is the same person", "agent", "merge"),
    Operation("POST", "/shoppers/{id}/unmerge", "They are two persons after all", "agent", "unmerge"),
    Operation(
        "GET",
        "/templates",
        "Approved texts of the channels, as they stand",
        "marketer",
        query=("connection_id", "state"),
    ),
    Operation("POST", "/templates", "Fetch a connection's templates now", "marketer", "templates"),
    Operation("GET", "/templates/{id}", "One template with its places", "marketer"),
    Operation(
        "POST",
        "/templates/{id}/preview",
        "What shoppers would see of it, and what must be mended; nothing is sent",
        "marketer",
        "template_preview",
        answers=_PREVIEW,
    ),
    Operation(
        "GET",
        "/shoppers/{id}/export",
        "All that is held of a person, a page at a time",
        "owner",
        query=_PAGE,
        answers=(
            "`items`: their messages, of one thread after the other; `surveys`: what they answered to the "
            "questions among them. The first page has `shopper`, `threads`, `consents`, `carts`, "
            "`orders`, `returns` and `campaigns` beside it."
        ),
    ),
    Operation(
        "POST",
        "/shoppers/{id}/erase",
        "Take away all that is held of a person",
        "owner",
        answers="`state` is `begun` until nothing is left, then `done`",
    ),
    Operation(
        "POST",
        "/shoppers/{id}",
        "Take in a list of shoppers with what they agreed to; {id} is import. As text/csv the list is the "
        "body itself, and the rest are query parameters, with purpose and text of the consent",
        "marketer",
        "import",
        202,
        answers=_IMPORT,
    ),
    Operation(
        "GET", "/imports/{id}", "How far a list is, and which lines were refused", "merchant", answers=_IMPORT
    ),
    Operation("GET", "/shoppers/{id}/erase", "How far the erasing of a person is", "owner"),
    Operation(
        "POST",
        "/privacy/{id}",
        "Meta tells, signed, that the person who connected an account took it back; {id} is deauthorize or "
        "data-deletion",
        "public",
        query=("connection",),
    ),
    Operation("GET", "/privacy/{id}", "What became of a deletion; {id} is its code", "public"),
    Operation(
        "GET",
        "/insights/{id}",
        "A report, by its name: response-times, contacts, carts, returns, unanswered",
        "merchant",
        query=("from", "to", "channel"),
        answers=_INSIGHT,
    ),
    Operation(
        "GET",
        "/faq",
        "The shop's questions and answers, by id",
        "merchant",
        query=_PAGE,
        answers="`page_url` is where shoppers read them",
    ),
    Operation("PUT", "/faq/{id}", "Write an article; {id} is a name of yours", "marketer", "faq_article"),
    Operation("DELETE", "/faq/{id}", "Remove an article", "marketer"),
    Operation(
        "GET",
        "/faq/{id}",
        "The shop's questions and answers, to read; {id} is the merchant's",
        "public",
        query=("q", "lang"),
        is_page=True,
    ),
    Operation(
        "PUT",
        "/shops/{id}/carts/{cart_id}",
        "Bring a cart as it is now; {id} is the shop's connection",
        "owner",
        "cart",
    ),
    Operation(
        "PUT",
        "/shops/{id}/orders/{order_id}",
        "Bring an order as it is now; {id} is the shop's connection",
        "owner",
        "order",
        answers="`page_url` is where its buyer reads how far it is",
    ),
    Operation(
        "GET",
        "/t/{id}",
        "How far an order is, to read; {id} is the token that updates link to",
        "public",
        query=("lang",),
        is_page=True,
    ),
    Operation(
        "GET",
        "/c/{id}",
        "Follow a link of a campaign; {id} is the token that its messages link to",
        "public",
        status=302,
        answers="On to the address that the campaign names; a page of ours where the link is none",
        is_page=True,
    ),
    Operation(
        "GET", "/returns", "What shoppers send back, the latest first", "merchant", query=("state", *_PAGE)
    ),
    Operation(
        "POST",
        "/returns",
        "Open a return for a shopper, who is told",
        "agent",
        "return",
        201,
        headers=("Idempotency-Key",),
    ),
    Operation("GET", "/returns/{id}", "One return", "merchant"),
    Operation("PATCH", "/returns/{id}", "Bring a return on; its shopper is told", "agent", "return_change"),
    Operation("GET", "/segments", "Who is written to, by name", "merchant"),
    Operation(
        "POST",
        "/segments",
        "Keep a filter over shoppers; `dry` only tells whom it would find now",
        "marketer",
        "segment",
        201,
        headers=("Idempotency-Key",),
        answers=_SEGMENT,
        also=(200,),
    ),
    Operation("GET", "/segments/{id}", "One segment with how many are in it", "merchant", answers=_SEGMENT),
    Operation(
        "PUT",
        "/segments/{id}",
        "Change a segment: another filter is asked of everybody anew",
        "marketer",
        "segment",
        answers=_SEGMENT,
    ),
    Operation("DELETE", "/segments/{id}", "Remove a segment; its people stay", "marketer"),
    Operation("GET", "/campaigns", "The shop's campaigns, the latest first", "merchant", query=_PAGE),
    Operation(
        "POST",
        "/campaigns",
        "Write a campaign; nothing goes out of a draft",
        "marketer",
        "campaign",
        201,
        headers=("Idempotency-Key",),
        answers=_CAMPAIGN,
    ),
    Operation(
        "GET",
        "/campaigns/{id}",
        "One campaign: what was planned, and what came of it",
        "merchant",
        query=("run",),
        answers=_CAMPAIGN,
    ),
    Operation(
        "PUT", "/campaigns/{id}", "Write a draft anew as a whole", "marketer", "campaign", answers=_CAMPAIGN
    ),
    Operation(
        "PATCH",
        "/campaigns/{id}",
        "Book a campaign, pause, resume or cancel it, or make it a draft again",
        "marketer",
        "campaign_move",
        answers=_CAMPAIGN,
    ),
    Operation(
        "POST",
        "/campaigns/{id}/dry-run",
        "Ask the real rules about everybody of the segment, now",
        "marketer",
        answers=_DRY_RUN,
    ),
    Operation(
        "GET",
        "/campaigns/{id}/dry-run",
        "The last dry run of the campaign as it is",
        "merchant",
        answers=_DRY_RUN,
    ),
    Operation(
        "POST",
        "/campaigns/{id}/test",
        "Send its message to the shop's own people",
        "marketer",
        "campaign_test",
        headers=("Idempotency-Key",),
        answers="`items`: to whom it is on its way, and to whom it is not, with `code` and `reason`",
    ),
    Operation(
        "GET",
        "/campaigns/{id}/recipients",
        "What became of each shopper of a run",
        "merchant",
        query=("run", "format", *_PAGE),
        answers="As JSON; with `format` csv, or `Accept: text/csv`, as a table: its next page is in `Next`",
    ),
    Operation("POST", "/links", "Make a signed deep link with its QR image", "merchant", "link", 201),
    Operation(
        "POST",
        "/staff",
        "Invite a person of the shop to hear of waiting shoppers, and to answer, from their phone",
        "owner",
        "staff",
        201,
        answers="Whoever comes first by `url` (its token is `code`, its image `qr`) within a day is linked",
    ),
    Operation(
        "GET",
        "/staff",
        "Who of the shop gets notices",
        "owner",
        answers=(
            "`state` is pending, linked or expired. `window` says until when notices can reach them, null "
            "where they always can: on WhatsApp they have to write something once a day."
        ),
    ),
    Operation("DELETE", "/staff/{id}", "A person of the shop gets no notices any more", "owner"),
    Operation("GET", "/webhooks/{id}", "Handshake of the shared app; {id} is the channel", "channel"),
    Operation("POST", "/webhooks/{id}", "Events of the shared app", "channel"),
    Operation("GET", "/webhooks/{id}/{connection_id}", "Handshake of one connection", "channel"),
    Operation("POST", "/webhooks/{id}/{connection_id}", "Events of one connection", "channel"),
    Operation("GET", "/health", "Alive, version, queue depths, how late the oldest due work is", "public"),
    Operation("GET", "/openapi.json", "This description", "public"),
    Operation("GET", "/docs", "This description, to read", "public"),
)
BODIES: Final = (
    "campaign",
    "campaign_move",
    "campaign_test",
    "cart",
    "order",
    "return",
    "return_change",
    "faq_article",
    "merchant",
    "key",
    "app",
    "settings",
    "reply",
    "signal",
    "note",
    "thread_change",
    "link",
    "staff",
    "merge",
    "unmerge",
    "templates",
    "template_preview",
    "segment",
    "import",
    "consent",
    "consents",
    "registry",
    "settled",
)
_ERRORS: Final = {
    "400": "What was sent does not fit; `field` says where",
    "401": "No valid key",
    "403": "The key has another role",
    "404": "There is no such thing, or it is another merchant's",
    "409": "It does not go together with what is there",
    "413": "It is too large for one call; `message` says what to do",
    "502": "The channel did not answer, or would not now",
    "503": "Nothing was changed; try again in a moment",
}


@cache
def document() -> dict[str, Any]:
    """OpenAPI 3.1."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method.lower()] = _operation(operation)
    named = {name: _plain(schemas.schema(name)) for name in (*BODIES, *schemas.setups())}
    named["setup"] = {"title": "Connect an account", "anyOf": [_ref(name) for name in schemas.setups()]}
    named["error"] = _ERROR
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Parley",
            "version": "1",
            "description": "Threads of shoppers on many channels, answered at once.",
        },
        "paths": paths,
        "components": {
            "schemas": named,
            "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}},
        },
    }


_HTML: Final = {"text/html": {"schema": {"type": "string"}}}
_ERROR: Final = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {name: {"type": "string"} for name in ("code", "message", "field")},
            "required": ["code", "message"],
        }
    },
    "required": ["error"],
}


def _operation(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {
        "summary": operation.says,
        "description": f"For: {operation.access}.",
        "parameters": _parameters(operation),
        "responses": {str(one): _answer(operation) for one in (operation.status, *operation.also)}
        | _errors(operation),
    }
    if operation.access not in ("public", "channel"):
        told["security"] = [{"key": []}]
    if operation.body:
        content = {"application/json": {"schema": _ref(operation.body)}}
        told["requestBody"] = {"required": True, "content": content}
    return told


def _parameters(operation: Operation) -> list[dict[str, Any]]:
    names = [part[1:-1] for part in operation.path.split("/") if part.startswith("{")]
    text = {"type": "string"}
    return (
        [{"name": name, "in": "path", "required": True, "schema": text} for name in names]
        + [{"name": name, "in": "query", "schema": text} for name in operation.query]
        + [{"name": name, "in": "header", "schema": text} for name in operation.headers]
    )


def _answer(operation: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {"description": operation.answers}
    return told | {"content": _HTML} if operation.is_page else told


def _errors(operation: Operation) -> dict[str, Any]:
    if operation.access == "channel":
        return {
            "403": {"description": "Not signed as it must be"},
            "503": {"description": "Not kept; deliver it again"},
        }
    content = {"application/json": {"schema": _ref("error")}}
    told = {code: {"description": says, "content": content} for code, says in _ERRORS.items()}
    return told | {"404": told["404"] | {"content": _HTML}} if operation.is_page else told


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key != "$schema"}


_STYLE: Final = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c1c28}"
    "h2{margin-top:2.2rem;font-size:1.05rem}code{background:#f1f1f6;padding:.1em .35em;border-radius:4px}"
    "b{display:inline-block;min-width:4.2em;color:#3a5bd9}table{border-collapse:collapse;width:100%}"
    "td{border-top:1px solid #e6e6ee;padding:.35rem .6rem .35rem 0;vertical-align:top}"
)


def page() -> str:
    """The description as a page without scripts."""
    rows = "".join(_section(operation) for operation in OPERATIONS)
    return (
        "<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content='width=device-width'>"
        f"<title>Parley's API</title><style>{_STYLE}</style><h1>Parley's API</h1>"
        "<p>JSON. <code>Authorization: Bearer &lt;api key&gt;</code>. Times are ISO 8601, UTC. Errors are "
        '<code>{"error": {"code", "message", "field"?}}</code>, lists <code>{"items", "next"}</code>; '
        "pass <code>next</code> back for the following page. "
        f"<a href='openapi.json'>openapi.json</a></p>{rows}</html>"
    )


def _section(operation: Operation) -> str:
    head = f"<h2><b>{operation.method}</b> <code>{escape(operation.path)}</code></h2>"
    takes = "".join(f" <code>?{name}=</code>" for name in operation.query)
    takes += "".join(f" <code>{name}:</code>" for name in operation.headers)
    says = f"<p>{escape(operation.says)}. For: {operation.access}.{takes}</p>"
    bodies = schemas.setups() if operation.body == "setup" else (operation.body,) if operation.body else ()
    return head + says + "".join(_fields(schemas.schema(name)) for name in bodies)


def _fields(schema: dict[str, Any]) -> str:
    required = schema.get("required", ())
    rows = "".join(
        f"<tr><td><code>{escape(name)}</code>{'' if name in required else ' (optional)'}"
        f"<td>{escape(str(field.get('description', '')))}"
        for name, field in schema["properties"].items()
    )
    return f"<p>{escape(schema['title'])}: {escape(schema['description'])}<table>{rows}</table>"
