"""Anything that a shop may want to send, and what of a rendered message is beyond a channel's limits."""

from typing import Any, Final

from hypothesis import strategies as st

from chalicelib.domain.capabilities import ButtonLimit, Capabilities
from chalicelib.domain.content import (
    FILE_KINDS,
    Button,
    Content,
    File,
    Place,
    Row,
    Section,
    Template,
    Variable,
)

PIECES: Final = (
    "Do you have it in blue? ",
    "نعم، لدينا ثلاثة مقاسات. ",
    "हाँ, तीन आकारों में। ",
    "有蓝色的吗？",
    "👨‍👩‍👧‍👦 ",
    "👋🏽",
)
TEXTS = st.builds(
    lambda pieces, times: "".join(pieces) * times,
    st.lists(st.sampled_from((*PIECES, "https://shop.example/mug?size=42 ", "\n", "word ")), min_size=1),
    st.integers(1, 8),
).filter(str.strip)
TITLES = st.sampled_from(
    ["Yes", "Ні, дякую", "المقاس الكبير جدا من هذا", "是", "A title that is rather long", "2"]
)
IDS = st.sampled_from(["1", "size:42", "x" * 70, "y" * 250])
BUTTONS = st.builds(Button, id=IDS, title=TITLES, url=st.sampled_from(["", "", "https://shop.example/a"]))
ROWS = st.builds(Row, id=IDS, title=TITLES, description=st.sampled_from(["", "Holds 200 ml"]))
SECTIONS = st.builds(
    Section, title=st.sampled_from(["", "Mugs"]), rows=st.lists(ROWS, min_size=1, max_size=4).map(tuple)
)
FILES = st.builds(
    File,
    url=st.just("https://shop.example/file"),
    mime_type=st.sampled_from(["", "image/png", "video/mp4", "audio/mp4", "application/pdf", "a/b"]),
    size=st.sampled_from([0, 12, 2_000_000, 30_000_000]),
    filename=st.sampled_from(["", "mug.png"]),
)
PLACES = st.just(Place(latitude=51.5, longitude=-0.12, name="Little Shop", address="1 Quay Street"))
_words = {"text": TEXTS}
_lined = _words | {"header": st.sampled_from(["", "Mugs"]), "footer": st.sampled_from(["", "Until Friday"])}


def contents(target: str) -> st.SearchStrategy[Content]:
    """target: the channel's id of what is reacted to or answered."""
    some = {"buttons": st.lists(BUTTONS, min_size=1, max_size=15).map(tuple)}
    template = Template(name="hello", language="en", variables=(Variable(value="Ann"),))
    return st.one_of(
        st.builds(Content, kind=st.just("text"), **_words),
        st.builds(Content, kind=st.sampled_from(FILE_KINDS), file=FILES, text=TEXTS | st.just("")),
        st.builds(Content, kind=st.just("location"), place=PLACES, text=TEXTS | st.just("")),
        st.builds(Content, kind=st.sampled_from(["buttons", "quick_replies"]), **_lined, **some),
        st.builds(
            Content,
            kind=st.just("list"),
            label=st.sampled_from(["", "Mugs"]),
            sections=st.lists(SECTIONS, min_size=1, max_size=4).map(tuple),
            **_lined,
        ),
        st.just(Content(kind="template", template=template)),
        st.builds(
            Content, kind=st.just("reaction"), text=st.sampled_from(["👍", "❤️", ""]), target=st.just(target)
        ),
        st.builds(Content, kind=st.just("comment"), target=st.just(target), **_words),
    )


def beyond(part: Content, takes: Capabilities) -> list[str]:
    """What of a rendered message the channel does not take."""
    rows = [row for section in part.sections for row in section.rows]
    file = part.file and takes.files.get(part.kind)
    offered = {"buttons": takes.buttons, "quick_replies": takes.quick_replies}.get(part.kind)
    checks: dict[str, Any] = {
        "too many words": not takes.text.fits(part.text),
        "words on a file": bool(part.file and part.text)
        and not (takes.caption and takes.caption.fits(part.text)),
        "a kind of file": part.file is not None and file is None,
        "a file too large": bool(part.file and file) and part.file.size > file.most_bytes,
        "buttons": bool(part.buttons) and (offered is None or not _fit(part, offered)),
        "rows": bool(rows) and (takes.lists is None or len(rows) > takes.lists.most_rows),
        "a header": bool(part.header) and not (takes.header and takes.header.fits(part.header)),
        "a footer": bool(part.footer) and not (takes.footer and takes.footer.fits(part.footer)),
        "a place": part.kind == "location" and not takes.location,
        "a template": part.kind == "template" and not takes.templates,
        "a reaction": part.kind == "reaction" and not takes.reactions,
        "a comment": part.kind == "comment" and not takes.comments,
    }
    return [name for name, is_beyond in checks.items() if is_beyond]


def _fit(part: Content, limit: ButtonLimit) -> bool:
    return (
        len(part.buttons) <= limit.most
        and limit.body.fits(part.text)
        and sum(bool(one.url) for one in part.buttons) <= limit.most_links
        and all(limit.title.fits(one.title) and (one.url or limit.id.fits(one.id)) for one in part.buttons)
    )
