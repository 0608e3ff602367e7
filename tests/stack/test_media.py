"""Files: those of shoppers are kept and shown by links that end, those of the shop come with their words."""

from base64 import b64encode
from typing import Any, Final

import pytest
import requests
from shop import KINDS, Account, Shopper, eventually, together

STORED: Final = ("whatsapp", "messenger", "telegram")
PNG: Final = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
OGG: Final = b"OggS\x00\x02" + bytes(300)
PDF: Final = b"%PDF-1.4\n" + b"A price list. " * 30
# The kind, its bytes, how the shopper's phone calls them, what a browser is told of them.
FILES: Final = {
    "image": (PNG, "image/png", "blue.png", "image/png"),
    "audio": (OGG, "audio/ogg; codecs=opus", "voice.ogg", "audio/ogg"),
    "document": (PDF, "application/pdf", "prices.pdf", "application/pdf"),
}


def sends_file(ana: Shopper, kind: str) -> None:
    content, mime_type, filename, _ = FILES[kind]
    ana.does(kind, base64=b64encode(content).decode(), mime_type=mime_type, filename=filename)


def settled_file(ana: Shopper, kind: str) -> dict[str, Any]:
    """The file of their last message of this kind, once it waits no more."""

    def found() -> dict[str, Any]:
        media = ana.last(kind).get("media", [{"state": "waiting"}])
        return media[0] if media[0]["state"] != "waiting" else {}

    return eventually(found, f"the {kind} was not fetched")


def secrets_of(account: Account) -> list[str]:
    names = ("access_token", "page_token", "bot_token", "app_secret", "instagram_app_secret")
    return [account.setup[name] for name in names if name in account.setup]


def test_files_of_shoppers_are_kept_and_shown_by_links_that_end(quiet: dict[str, Account]) -> None:
    def are_kept(channel: str) -> None:
        ana = quiet[channel].newcomer("Ana with files")
        for kind in FILES:
            sends_file(ana, kind)
        for kind in FILES:
            is_served(ana, kind)
        assert not [secret for secret in secrets_of(quiet[channel]) if secret in str(ana.thread())]

    together(are_kept, STORED)


def is_served(ana: Shopper, kind: str) -> None:
    file = settled_file(ana, kind)
    content, _, _, shown_as = FILES[kind]
    assert (file["state"], file["mime_type"], file["size"]) == ("ready", shown_as, len(content))
    served = requests.get(file["url"], timeout=30)
    assert (served.status_code, served.content) == (200, content)
    assert served.headers["Content-Type"] == shown_as
    assert ana.account.stack.sandbox_url not in file["url"]  # the shop's own store, not the channel


def test_a_link_to_a_file_is_good_for_nothing_else_and_not_for_ever(quiet: dict[str, Account]) -> None:
    ana = quiet["whatsapp"].newcomer("Ana whose file is private")
    sends_file(ana, "image")
    url = settled_file(ana, "image")["url"]
    assert "X-Amz-Expires=900" in url or "Expires=" in url
    assert requests.get(url.partition("?")[0], timeout=30).status_code in (401, 403)
    assert requests.get(url.replace("image", "other").replace("ms_", "mx_"), timeout=30).status_code >= 400


def test_instagram_files_are_shown_by_its_own_link_and_never_copied(quiet: dict[str, Account]) -> None:
    def is_linked(kind: str) -> None:
        account = quiet[kind]
        ana = account.newcomer(f"Ana with a picture {kind}")
        sends_file(ana, "image")
        file = settled_file(ana, "image")
        sent = [row["url"] for row in ana.phone() if row["kind"] == "image"]
        assert (file["state"], file["url"]) == ("link", sent[0])
        assert copies(account, ana.thread_id) == []

    together(is_linked, [kind for kind in KINDS if kind.startswith("instagram")])


def copies(account: Account, thread_id: str) -> list[str]:
    """The objects of the store that belong to the thread."""
    stack = account.stack
    folder = f"media/{account.merchant.merchant_id}/{thread_id}/"
    listed = stack.client("s3").list_objects_v2(Bucket=stack.about["media_bucket"], Prefix=folder)
    return [each["Key"] for each in listed.get("Contents", [])]


@pytest.mark.parametrize(
    ("channel", "event", "reason"),
    [
        (
            "whatsapp",
            {"base64": b64encode(b"<html>no picture</html>").decode(), "mime_type": "image/png"},
            "wrong_type",
        ),
        ("telegram", {"mime_type": "application/pdf", "size": 21 * 1024 * 1024}, "too_large"),
    ],
)
def test_a_file_that_is_not_taken_is_said_to_be_refused(
    quiet: dict[str, Account], channel: str, event: dict[str, Any], reason: str
) -> None:
    ana = quiet[channel].newcomer(f"Ana refused for {reason}")
    kind = "image" if reason == "wrong_type" else "document"
    ana.does(kind, **event)
    file = settled_file(ana, kind)
    assert (file["state"], file["reason"], file.get("url")) == ("refused", reason, None)
    assert copies(quiet[channel], ana.thread_id) == []


# By channel, whether a picture's words stand below it, or come after it.
WITH_WORDS: Final = {kind: kind in ("whatsapp", "telegram") for kind in KINDS}


def test_the_shops_files_arrive_with_their_words(quiet: dict[str, Account]) -> None:
    def arrives(kind: str) -> None:
        ana = quiet[kind].newcomer("Ana who wants a picture")
        media = {"kind": "image", "url": "https://cdn.shop.example/blue.jpg", "mime_type": "image/jpeg"}
        answer = quiet[kind].merchant.send(ana.thread_id, media=media, text="In blue.")
        parts = answer.get("parts", [answer])
        told = ana.is_told(1 if WITH_WORDS[kind] else 2)
        shown = [(row["kind"], row["text"]) for row in told]
        together_shown = [("image", "In blue.")]
        assert shown == (together_shown if WITH_WORDS[kind] else [("image", ""), ("text", "In blue.")])
        assert told[0]["url"].endswith("/blue.jpg")
        assert [(row["kind"], row["text"]) for row in parts] == shown
        (first, *_) = ana.rows("human")
        assert first["content"]["media"]["url"] == media["url"]

    together(arrives)


def test_a_file_that_a_channel_does_not_take_is_refused_before_it_is_sent(quiet: dict[str, Account]) -> None:
    ana = quiet["whatsapp"].newcomer("Ana who wants a film")
    media = {"kind": "video", "url": "https://cdn.shop.example/film.mp4", "size": 900_000_000}
    refused = quiet["whatsapp"].merchant.send(ana.thread_id, 400, media=media)
    assert refused["error"]["code"] == "too_large"
    assert ana.told() == []
