"""The pigeon post's kit."""

import json
from pathlib import Path
from typing import Any, Final

from kits import SECRET, TOKEN, WORDS, Answer, Body, Kit
from pigeon_post.channel import PigeonPost
from pigeon_post.webhook import SEAL, seal

from chalicelib.domain.events import Address, Media

FOLDER: Final = Path(__file__).parent / "pigeon_post"


def fixture(name: str) -> Body:
    return json.loads((FOLDER / "fixtures" / f"{name}.json").read_text())


def event(id: str, words: str) -> Any:
    (letter,) = fixture("letter")["events"]
    return letter | {"id": f"p{id}", "at": letter["at"] + int(id), "words": words}


def refused(status: int, code: str, **more: Any) -> Answer:
    return Answer(status, {"error": {"code": code, "says": f"{TOKEN} {SECRET} {WORDS}"} | more})


PIGEON_POST: Final = Kit(
    name="pigeon_post",
    at=PigeonPost,
    account="77",
    shopper=Address("ring", "ring-9"),
    sign=lambda body, secret: {SEAL: seal(body, secret)},
    event=event,
    frame=lambda events: {"loft": "77", "events": list(events)},
    odd=({"kind": "letter"}, None, "x", []),
    tomorrow=fixture("kind_of_tomorrow"),
    sent=lambda kind: {"id": "o77"},
    signalled={},
    refusals={
        "throttled": refused(429, "slow", wait=7),
        "token": refused(401, "ring"),
        "blocked": refused(409, "net"),
        "unknown": refused(400, "egg"),
    },
    wait_s=7.0,
    media=Media(channel_media_id="f1", mime_type="image/png"),
    found={"url": "https://parcels.example/f1", "bytes": 12},
    credentials={"loft": "77", "ring": TOKEN, "seal": SECRET},
    proven=[{"loft": "77", "name": "Little Shop"}],
    token_field="ring",
    setup=json.loads((FOLDER / "setup_pigeon_post.json").read_text()),
    well=lambda callback_url: [Answer(200, {"loft": "77", "name": "Little Shop", "calls": callback_url})],
)
