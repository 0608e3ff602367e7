"""Which files are fetched, what is taken of them, how they are shown."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from chalicelib.domain.capabilities import Capabilities, TextLimit
from chalicelib.domain.events import Address, Media
from chalicelib.domain.files import (
    ANY_TYPE,
    KEPT_FOR_US,
    OVERDUE,
    TRIED_FOR,
    as_received,
    disposition,
    folder_of,
    kept_as,
    key_of,
    media_work,
    next_try,
    settled,
    shown_name,
    shown_state,
)
from chalicelib.domain.messages import Message, MessageRef
from chalicelib.domain.public_addresses import is_public
from chalicelib.domain.threads import Thread
from chalicelib.domain.work import FetchFiles

NOW: Final = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)
FETCHED: Final = Capabilities(text=TextLimit(4096))
BY_LINK: Final = Capabilities(text=TextLimit(1000, "bytes"), files_by_link=True)
BY_ID: Final = Media(mime_type="image/jpeg", channel_media_id="871102")
LINKED: Final = Media(url="https://scontent.example/a.jpg")
REF: Final = MessageRef("mt_1", "th_ann", "1793620800000#ms_7")

JPEG: Final = b"\xff\xd8\xff\xe0 and so on"
PDF: Final = b"%PDF-1.7 and so on"


@pytest.mark.parametrize(
    ("media", "takes", "state"),
    [
        (BY_ID, FETCHED, "waiting"),
        (LINKED, FETCHED, "waiting"),
        (LINKED, BY_LINK, ""),
        (BY_ID, BY_LINK, ""),
        (Media(), FETCHED, ""),  # view-once: there is nothing to get
        (replace(BY_ID, state="gone"), FETCHED, "gone"),
    ],
)
def test_files_wait_to_be_fetched_unless_the_channel_shows_its_own_link(
    media: Media, takes: Capabilities, state: str
) -> None:
    assert as_received([media], takes) == (replace(media, state=state),)


def _message(*media: Media) -> Message:
    return Message(
        message_id="ms_7",
        author="shopper",
        kind="image",
        text="",
        sent_at=datetime.fromtimestamp(1793620800, UTC),
        status="received",
        media=media,
    )


THREAD: Final = Thread(
    merchant_id="mt_1",
    thread_id="th_ann",
    connection_id="cn_1",
    channel="whatsapp",
    shopper_id="sh_ann",
    wire=Address("phone", "447700900123"),
)


def test_a_message_with_files_that_wait_brings_work_that_the_tick_takes_up_if_nobody_does() -> None:
    due = media_work(_message(LINKED, *as_received([BY_ID], FETCHED)), THREAD, NOW)
    assert due is not None
    assert (due.work, due.at) == (FetchFiles(REF, "cn_1"), NOW + OVERDUE)


@pytest.mark.parametrize("media", [(), (LINKED,), (replace(BY_ID, state="ready"),)])
def test_a_message_without_files_that_wait_brings_none(media: tuple[Media, ...]) -> None:
    assert media_work(_message(*media), THREAD, NOW) is None


def test_a_files_place_is_its_own_and_always_the_same() -> None:
    album = [replace(BY_ID, part=part) for part in ("11", "12")]
    keys = [key_of(REF, one) for one in (BY_ID, LINKED, *album)]
    assert len(set(keys)) == 4
    assert all(key.startswith("media/mt_1/th_ann/ms_7/") for key in keys)
    assert folder_of(REF) == "media/mt_1/th_ann/ms_7/"
    changed = replace(BY_ID, state="ready", size=7, mime_type=ANY_TYPE, caption="now with words")
    assert key_of(REF, changed) == key_of(REF, BY_ID)


def test_what_became_of_a_file_keeps_words_that_were_edited_meanwhile_and_touches_no_other() -> None:
    waiting = [replace(BY_ID, part=part, state="waiting", caption=f"old {part}") for part in ("1", "2")]
    became = replace(waiting[0], state="ready", key="k", size=3, mime_type="image/png")
    now = [replace(waiting[0], caption="new 1"), waiting[1], replace(LINKED, state="ready", key="kept")]
    lost = replace(LINKED, state="gone", reason="expired")
    assert settled(now, [became, lost]) == (replace(became, caption="new 1"), waiting[1], now[2])


MINUTE: Final = timedelta(minutes=1)
HOUR: Final = timedelta(hours=1)


@pytest.mark.parametrize(
    ("age", "after_s", "wait"),
    [
        (timedelta(), 0, MINUTE),
        (30 * MINUTE, 0, 30 * MINUTE),
        (9 * HOUR, 0, HOUR),
        (MINUTE, 7200, 2 * HOUR),
        (TRIED_FOR - MINUTE, 0, MINUTE),  # once more at the very end
        (TRIED_FOR, 0, None),
        (TRIED_FOR + HOUR, 0, None),
    ],
)
def test_a_file_is_tried_more_rarely_and_at_last_given_up(
    age: timedelta, after_s: float, wait: timedelta | None
) -> None:
    again = next_try(NOW, NOW + age, TRIED_FOR, after_s)
    assert again == (None if wait is None else NOW + age + wait)


def test_a_file_behind_a_refused_token_is_tried_as_long_as_the_channel_keeps_it() -> None:
    assert next_try(NOW, NOW + KEPT_FOR_US - MINUTE, KEPT_FOR_US) is not None
    assert next_try(NOW, NOW + KEPT_FOR_US, KEPT_FOR_US) is None


KEPT: Final = {
    "a photograph": ("image/jpeg", "image/jpeg", JPEG, "image/jpeg"),
    "sent as mere bytes": ("image/jpeg", "application/octet-stream", JPEG, "image/jpeg"),
    "with parameters": ("audio/ogg; codecs=opus", "audio/ogg", b"OggS", "audio/ogg"),
    "told by nobody": ("", "", b"anything", ANY_TYPE),
    "told by the answer alone": ("", "image/png", b"\x89PNG\r\n\x1a\n", "image/png"),
    "another picture than was said": ("image/jpeg", "image/webp", b"RIFF....WEBP", "image/webp"),
    "a picture by another's name": ("image/jpeg", "image/png", JPEG, "image/jpeg"),
    "a sound as a picture": ("image/jpeg", "image/webp", b"RIFF....WAVE", ANY_TYPE),
    "PDF as a picture": ("image/jpeg", "image/jpeg", PDF, ANY_TYPE),
    "no picture by its beginning": ("image/jpeg", "image/jpeg", b"MZ\x90", ANY_TYPE),
    "a page as a picture": ("image/jpeg", "image/jpeg", b"  <!DOCTYPE html>", None),
    "a page in UTF-16 as a picture": ("image/png", "image/png", "\ufeff<html>".encode("utf-16-le"), None),
    "an error as a picture": ("image/jpeg", "application/json", b'{"error":1}', None),
    "a text as a video": ("video/mp4", "text/plain", b"sorry", None),
    "a log-in as a document": ("application/pdf", "text/html; charset=utf-8", b"<html>", None),
    "a page for nothing that was told": ("", "text/html", b"<html>", None),
    "SVG": ("image/svg+xml", "image/svg+xml", b"<svg onload=run()>", None),
    "SVG without its beginning": ("image/svg+xml", "image/svg+xml", b"\n\nx", ANY_TYPE),
    "SVG as a document": ("application/x-drawing", "image/svg+xml", b"<svg>", ANY_TYPE),
    "a document that is a page": ("text/html", "text/html", b"<html>", ANY_TYPE),
    "PDF": ("application/pdf", "application/pdf", PDF, "application/pdf"),
    "a page called PDF": ("application/pdf", "application/pdf", b"<html>", ANY_TYPE),
    "a program": ("application/vnd.android.package-archive", "application/zip", b"PK", ANY_TYPE),
    "a table": ("", "application/vnd.ms-excel", b"\xd0\xcf", "application/vnd.ms-excel"),
    "nothing at all": ("image/jpeg", "image/jpeg", b"", ANY_TYPE),
}


@pytest.mark.parametrize("case", KEPT)
def test_a_file_is_kept_under_a_type_that_harms_no_reader(case: str) -> None:
    told, said, head, kept = KEPT[case]
    assert kept_as(told, said, head) == kept


@pytest.mark.parametrize(
    ("media", "state"),
    [
        (replace(LINKED, expires_at=NOW + MINUTE), "link"),
        (LINKED, "link"),
        (replace(LINKED, expires_at=NOW), "expired"),
        (Media(), "gone"),
        (replace(LINKED, state="waiting", expires_at=NOW), "waiting"),
        (replace(BY_ID, state="ready", key="k"), "ready"),
    ],
)
def test_a_link_of_the_channel_is_shown_until_it_runs_out(media: Media, state: str) -> None:
    assert shown_state(media, NOW) == state


@pytest.mark.parametrize(
    ("filename", "mime_type", "shown"),
    [
        ("order.pdf", "application/pdf", "order.pdf"),
        ("", "image/jpeg", "file.jpg"),
        ("", "audio/ogg; codecs=opus", "file.ogg"),
        ("", "application/x-unknown", "file"),
        ("../../etc/passwd", "", "passwd"),
        ("C:\\shop\\list.xlsx", "", "list.xlsx"),
        ('a"b\r\nX-Evil: 1.txt', "", "a_b__X-Evil_ 1.txt"),
        ("photo\u202egpj.exe", "", "photo_gpj.exe"),
        (" . ", "image/png", "file.png"),
        ("чек 5.pdf", "", "чек 5.pdf"),
        (f"{'long' * 100}.pdf", "", f"{('long' * 100)[:117]}.pdf"),
        ("x" * 300, "", "x" * 120),
    ],
)
def test_a_file_is_saved_under_a_name_that_hides_nothing(filename: str, mime_type: str, shown: str) -> None:
    assert shown_name(Media(filename=filename, mime_type=mime_type)) == shown


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("order.pdf", "attachment; filename=\"order.pdf\"; filename*=UTF-8''order.pdf"),
        ("чек 5%.pdf", "attachment; filename=\"___ 5_.pdf\"; filename*=UTF-8''%D1%87%D0%B5%D0%BA%205%25.pdf"),
        ("half \ud83d.txt", "attachment; filename=\"half _.txt\"; filename*=UTF-8''half%20%3F.txt"),
    ],
)
def test_a_name_in_any_script_fits_into_a_header(name: str, header: str) -> None:
    assert disposition(name) == header


@pytest.mark.parametrize("address", ["8.8.8.8", "157.240.1.1", "2a03:2880:f10c::1", "::ffff:8.8.8.8"])
def test_the_internets_own_addresses_are_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "127.0.0.1",
        "0.0.0.0",
        "100.64.0.1",
        "169.254.169.254",
        "169.254.170.2",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::10.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::10.0.0.1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::",
        "3fff::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "fec0::1",
        "ff02::1",
        "",
        "localhost",
        "127.1",
        "0x7f000001",
    ],
)
def test_addresses_inside_or_reserved_are_not_public(address: str) -> None:
    assert not is_public(address)
