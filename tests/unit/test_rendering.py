"""What a shop sends arrives whole on every channel, within what the channel takes, in any script."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chalicelib.domain.capabilities import ButtonLimit, Capabilities, FileLimit, TextLimit, Window
from chalicelib.domain.choices import chosen
from chalicelib.domain.content import (
    FILE_KINDS,
    Button,
    Content,
    File,
    Option,
    Place,
    Row,
    Section,
    Template,
    content_from_json,
    content_to_json,
    text_content,
)
from chalicelib.domain.letters import letter_starts
from chalicelib.domain.offering import LABEL
from chalicelib.domain.rendering import MOST_PARTS, CantRender, render, without_window
from chalicelib.domain.splitting import split
from integrations.registry import CHANNELS, BaseUrls

TAKES = {name: make(BaseUrls()).capabilities for name, make in CHANNELS.items()}
# A channel that knows nothing but short texts.
TAKES["pager"] = Capabilities(text=TextLimit(160, "bytes"))

FAMILY, FLAG, WAVE, HEART = "👨‍👩‍👧‍👦", "🇷🇴", "👋🏽", "❤️"
# Right-to-left words in left-to-right text, kept apart as an editor would.
ISOLATE = "\u2067مقاس ٤٢\u2069"
PIECES = st.sampled_from(
    [
        "Do you have the blue one? ",
        "Так, у трьох розмірах. ",
        "نعم، لدينا ثلاثة مقاسات؟ ",
        "हाँ, तीन आकारों में। ",
        "有蓝色的吗？我想要两个，",
        "קיים בכחול. ",
        "สีฟ้ามีไหมคะ",
        "e\u0301ne\u0303",
        f"{FAMILY} ",
        FLAG,
        WAVE,
        f"{HEART}\n",
        f"{ISOLATE} ",
        "\u2068",
        "https://shop.example/blue-mug?size=42&colour=blue ",
        "\r\n",
        "word ",
    ]
)
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=80),
    st.builds(
        lambda pieces, times: "".join(pieces) * times, st.lists(PIECES, max_size=12), st.integers(1, 12)
    ),
)
WORDS = TEXTS.filter(str.strip)
TITLES = st.one_of(
    st.sampled_from(["Yes", "Ні, дякую", "المقاس الكبير جدا من هذا", "是", f"{FAMILY} {FAMILY}", "42", "2"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=30),
).filter(str.strip)
IDS = st.sampled_from(["1", "blue", "size:42", "x" * 70, "y" * 250])
LINES = st.one_of(st.just(""), TITLES)
BUTTONS = st.builds(Button, id=IDS, title=TITLES, url=st.sampled_from(["", "", "https://shop.example/a"]))
ROWS = st.builds(Row, id=IDS, title=TITLES, description=LINES)
SECTIONS = st.builds(Section, rows=st.lists(ROWS, min_size=1, max_size=4).map(tuple), title=LINES)
FILES = st.builds(
    File,
    url=st.just("https://shop.example/file"),
    mime_type=st.sampled_from(["", "image/png", "image/webp", "video/mp4", "audio/ogg; codecs=opus", "a/b"]),
    size=st.sampled_from([0, 1000, 6_000_000, 200_000_000]),
)
CONTENTS = st.one_of(
    st.builds(Content, kind=st.just("text"), text=WORDS),
    st.builds(Content, kind=st.sampled_from(FILE_KINDS), text=TEXTS, file=FILES),
    st.builds(
        Content,
        kind=st.just("location"),
        place=st.builds(
            Place, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180), name=LINES, address=LINES
        ),
    ),
    st.builds(
        Content,
        kind=st.sampled_from(["buttons", "quick_replies"]),
        text=WORDS,
        header=LINES,
        footer=LINES,
        buttons=st.lists(BUTTONS, min_size=1, max_size=16).map(tuple),
    ),
    st.builds(
        Content,
        kind=st.just("list"),
        text=WORDS,
        header=LINES,
        footer=LINES,
        label=st.sampled_from(["", "See them"]),
        sections=st.lists(SECTIONS, min_size=1, max_size=4).map(tuple),
    ),
    st.builds(Content, kind=st.just("comment"), text=WORDS, target=st.just("17")),
    st.builds(Content, kind=st.just("reaction"), text=st.sampled_from(["", "👍"]), target=st.just("17")),
)
ANY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def rendered(content: Content, takes: Capabilities) -> tuple[Content, ...]:
    """The parts; nothing where the channel refuses it with a word that we know."""
    try:
        return render(content, takes)
    except CantRender as error:
        assert error.code in ("unsupported", "invalid_file", "too_large", "too_long")
        assert error.message
        return ()


def compact(*texts: str) -> str:
    return "".join("".join(text.split()) for text in texts)


def told_by(content: Content) -> list[str]:
    """All that a shopper is to read."""
    place = content.place
    return [
        content.header,
        content.text,
        *(place.name if place else "", place.address if place else ""),
        *(one for button in content.buttons for one in (button.title, button.url)),
        *(one for section in content.sections for one in (section.title, *_rows_say(section))),
        content.footer,
    ]


def _rows_say(section: Section) -> list[str]:
    return [one for row in section.rows for one in (row.title, row.description)]


def complaints(part: Content, takes: Capabilities) -> list[str]:
    """What the channel would not take of this part."""
    limit = {
        "buttons": takes.buttons and takes.buttons.body,
        "quick_replies": takes.quick_replies and takes.quick_replies.body,
        "list": takes.lists and takes.lists.body,
        **dict.fromkeys(FILE_KINDS, takes.caption if part.kind in takes.captioned else None),
    }.get(part.kind, takes.text)
    rows = [row for section in part.sections for row in section.rows]
    offered = takes.buttons if part.kind == "buttons" else takes.quick_replies
    checks = {
        "its words": limit.fits(part.text) if limit else not part.text,
        "its header": not part.header or bool(takes.header and takes.header.fits(part.header)),
        "its footer": not part.footer or bool(takes.footer and takes.footer.fits(part.footer)),
        "its place": part.kind != "location" or takes.location,
        "its buttons": not part.buttons or bool(offered and _buttons_fit(part, offered)),
        "its list": not rows or _list_fits(part, takes),
        "its file": part.file is None or _file_fits(part, part.file, takes),
    }
    return [name for name, is_taken in checks.items() if not is_taken]


def _buttons_fit(part: Content, limit: ButtonLimit) -> bool:
    links = [one for one in part.buttons if one.url]
    is_mixed = bool(links) and len(links) < len(part.buttons)
    return (
        len(part.buttons) <= limit.most
        and len(links) <= limit.most_links
        and not (limit.links_alone and is_mixed)
        and all(limit.title.fits(one.title) and (one.url or limit.id.fits(one.id)) for one in part.buttons)
    )


def _list_fits(part: Content, takes: Capabilities) -> bool:
    limit = takes.lists
    rows = [row for section in part.sections for row in section.rows]
    return (
        limit is not None
        and len(rows) <= limit.most_rows
        and len(part.sections) <= limit.most_sections
        and 0 < limit.label.length(part.label) <= limit.label.most
        and all(limit.section_title.fits(section.title) for section in part.sections)
        and (len(part.sections) == 1 or all(section.title for section in part.sections))
        and all(limit.row_title.fits(row.title) and limit.row_id.fits(row.id) for row in rows)
        and all(limit.row_description.fits(row.description) for row in rows)
    )


def _file_fits(part: Content, file: File, takes: Capabilities) -> bool:
    limit: FileLimit | None = takes.files.get(part.kind)
    return limit is not None and file.size <= limit.most_bytes


@ANY
@given(CONTENTS, st.sampled_from(sorted(TAKES)))
def test_whatever_is_sent_is_within_what_the_channel_takes(content: Content, channel: str) -> None:
    takes = TAKES[channel]
    parts = rendered(content, takes)
    assert [found for part in parts for found in complaints(part, takes)] == []
    assert len(parts) <= MOST_PARTS


@ANY
@given(CONTENTS, st.sampled_from(sorted(TAKES)))
def test_no_word_is_lost(content: Content, channel: str) -> None:
    parts = rendered(content, TAKES[channel])
    if not parts:
        return
    arrived = compact(*(one for part in parts for one in told_by(part)))
    assert [one for one in told_by(content) if compact(one) not in arrived] == []


@ANY
@given(CONTENTS, st.sampled_from(sorted(TAKES)))
def test_what_is_rendered_is_left_as_it_is(content: Content, channel: str) -> None:
    takes = TAKES[channel]
    for part in rendered(content, takes):
        assert render(part, takes) == (part,)
        assert content_from_json(content_to_json(part)) == part


@ANY
@given(CONTENTS, st.sampled_from(sorted(TAKES)))
def test_whoever_writes_a_number_has_chosen_it(content: Content, channel: str) -> None:
    """Unless the same digits are another one's title: then nobody can say."""
    parts = rendered(content, TAKES[channel])
    told = "\n".join(part.text for part in parts)
    for options in (part.options for part in parts):
        for option in options:
            others = [replace(one, number=0) for one in options if one != option]
            is_a_title = chosen(others, str(option.number)) is not None
            assert f"{option.number}. " in told
            assert chosen(options, str(option.number)) == (None if is_a_title else option)


@ANY
@given(TEXTS, st.integers(20, 200), st.sampled_from(["characters", "bytes", "utf16"]))
def test_no_letter_is_cut(text: str, most: int, unit: Any) -> None:
    """None but one that is longer than a whole part."""
    limit = TextLimit(most, unit)
    parts = split(text, limit)
    assert all(limit.fits(part) for part in parts)
    assert compact(*parts) == compact(text)
    letters = set(_letters(text))
    for part in parts:
        assert all(one in letters or _is_giant(text, limit) for one in _letters(part))


def _letters(text: str) -> list[str]:
    places = [0, *letter_starts(text), len(text)]
    return [text[start:end] for start, end in pairwise(places)]


def _is_giant(text: str, limit: TextLimit) -> bool:
    return any(not limit.fits(letter) for letter in _letters(text))


WHOLE = {"a family": FAMILY, "a flag": FLAG, "a skin tone": WAVE, "a heart": HEART, "an accent": "e\u0301"}
WHOLE |= {"a syllable": "क्षि", "a Korean letter": "\u1112\u1161\u11ab", "a Thai vowel": "กำ", "a keycap": "2️⃣"}
WHOLE |= {"the flag of Wales": "🏴\U000e0067\U000e0062\U000e0077\U000e006c\U000e0073\U000e007f"}


@pytest.mark.parametrize("name", WHOLE)
def test_what_people_see_as_one_letter_stays_one(name: str) -> None:
    letter = WHOLE[name]
    for most in range(30, 60):
        for part in split(letter * 40, TextLimit(most, "bytes")):
            assert part == letter * (len(part) // len(letter))


SENTENCES = {
    "English": ("Yes. We have it in three sizes! Shall I keep one?", ["Yes.", "We have it in three sizes!"]),
    "Chinese": (
        "有的。我们有三个尺寸！要我留一个吗？明天可以来拿的，好吗。",
        ["有的。我们有三个尺寸！要我留一个吗？"],
    ),
    "Hindi": ("हाँ है। तीन आकार हैं। एक रख दूँ क्या आपके लिए", ["हाँ है। तीन आकार हैं।"]),
    "Arabic": ("نعم لدينا. هل أحتفظ بواحدة؟ نحن هنا اليوم", ["نعم لدينا. هل أحتفظ بواحدة؟"]),
    "lines": ("Mugs:\n1. Blue, tall\n2. Green, small\n3. Red", ["Mugs:\n1. Blue, tall"]),
    "an abbreviation": ("It costs 25.50 lei and it is blue all over", ["It costs 25.50 lei and it"]),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_long_text_is_cut_at_the_end_of_a_sentence(name: str) -> None:
    text, first = SENTENCES[name]
    assert list(split(text, TextLimit(27)))[: len(first)] == first


def test_a_number_stays_with_its_line() -> None:
    parts = split("1. " + "x" * 30 + "\n2. " + "y" * 30, TextLimit(34))
    assert parts == ("1. " + "x" * 30, "2. " + "y" * 30)


def test_a_stretch_of_other_direction_stays_whole() -> None:
    text = f"Your size is here: {ISOLATE} {ISOLATE} and that is all."
    for most in range(12, 40):
        for part in split(text, TextLimit(most)):
            assert part.count("\u2067") == part.count("\u2069")


def test_a_stretch_longer_than_a_message_is_cut_between_words() -> None:
    parts = split("\u2067" + "مقاس " * 30 + "\u2069", TextLimit(40))
    assert all(set(part.strip("\u2067\u2069").split()) <= {"مقاس"} for part in parts)


def test_what_fits_is_left_as_it_was_written() -> None:
    assert split("  Hi \n", TextLimit(6)) == ("  Hi \n",)
    assert split(" \n ", TextLimit(6)) == ()


def a_choice(count: int, **changes: Any) -> Content:
    buttons = tuple(Button(id=f"b{number}", title=f"Mug {number}") for number in range(1, count + 1))
    return replace(Content(kind="buttons", text="Which one?", buttons=buttons), **changes)


def forms(content: Content) -> dict[str, str]:
    return {name: "+".join(part.kind for part in rendered(content, takes)) for name, takes in TAKES.items()}


A_LIST = Content(
    kind="list",
    text="Which one?",
    label="Mugs",
    sections=(Section(title="Tall", rows=(Row(id="1", title="Blue", description="0.4 l"),)),),
)
PLAIN_LIST = replace(A_LIST, sections=(Section(rows=(Row(id="1", title="Blue"),)),))
LINKED = replace(a_choice(1), buttons=(*a_choice(1).buttons, Button(id="2", title="Shop", url="https://a.b")))
QUICK = replace(a_choice(5), kind="quick_replies")
PICTURE = Content(kind="image", text="Blue", file=File(url="https://a.b/c.png", mime_type="image/png"))
VOICE = Content(kind="audio", text="Blue", file=File(url="https://a.b/c.ogg"))
FORMS = {  # what is sent -> as what, on whatsapp, messenger, instagram, telegram, pager
    "3 buttons": (a_choice(3), ("buttons", "buttons", "quick_replies", "buttons", "text")),
    "4 buttons": (a_choice(4), ("list", "quick_replies", "quick_replies", "buttons", "text")),
    "14 buttons": (a_choice(14), ("text", "text", "text", "buttons", "text+text")),
    "a list": (A_LIST, ("list", "text", "text", "text", "text")),
    "a plain list": (PLAIN_LIST, ("list", "quick_replies", "quick_replies", "buttons", "text")),
    "5 quick replies": (QUICK, ("list", "quick_replies", "quick_replies", "buttons", "text")),
    "a link and a button": (LINKED, ("buttons", "buttons", "quick_replies", "buttons", "text")),
    "a picture": (PICTURE, ("image", "image+text", "image+text", "image", "")),
    "a voice": (VOICE, ("audio+text", "audio+text", "", "audio", "")),
    "a place": (
        Content(kind="location", place=Place(latitude=44.4, longitude=26.1, name="Shop")),
        ("location", "text", "text", "location", "text"),
    ),
    "a reaction": (
        Content(kind="reaction", text="👍", target="1"),
        ("reaction", "reaction", "reaction", "reaction", ""),
    ),
    "a public answer": (
        Content(kind="comment", text="We do!", target="1"),
        ("", "comment", "comment", "", ""),
    ),
    "a private answer": (Content(kind="text", text="We do!", comment_id="1"), ("", "text", "text", "", "")),
    "a template": (
        Content(kind="template", template=Template(name="hello", language="en")),
        ("template", "template", "", "", ""),
    ),
}


@pytest.mark.parametrize("name", FORMS)
def test_each_channel_gets_it_in_the_best_form_that_it_has(name: str) -> None:
    content, wanted = FORMS[name]
    assert forms(content) == dict(zip(TAKES, wanted, strict=True))


def test_a_numbered_text_says_all_that_a_list_says() -> None:
    (part,) = render(A_LIST, TAKES["telegram"])
    assert part.text == "Which one?\n\nTall\n1. Blue – 0.4 l"
    assert part.options == (Option(number=1, id="1", title="Blue"),)


def test_a_place_without_a_form_is_a_link_to_a_map() -> None:
    place = Place(latitude=-44.4323, longitude=26.0, name="Little Shop", address="Str. Lungă 5")
    (part,) = render(Content(kind="location", place=place), TAKES["messenger"])
    assert part.text == "Little Shop\nStr. Lungă 5\nhttps://maps.google.com/?q=-44.4323,26"


def test_links_that_can_not_be_buttons_are_lines() -> None:
    (part,) = render(LINKED, TAKES["whatsapp"])
    assert part.text == "Which one?\n\nShop: https://a.b"
    assert [button.title for button in part.buttons] == ["Mug 1"]


def test_a_link_alone_is_a_button_on_whatsapp() -> None:
    alone = replace(LINKED, buttons=LINKED.buttons[1:])
    assert render(alone, TAKES["whatsapp"]) == (alone,)


def test_a_list_made_of_buttons_has_a_label() -> None:
    (part,) = render(a_choice(4), TAKES["whatsapp"])
    assert (part.label, len(part.sections[0].rows)) == (LABEL, 4)


def test_header_and_footer_are_words_where_there_are_none() -> None:
    framed = a_choice(2, header="Mugs", footer="Until Friday")
    assert render(framed, TAKES["whatsapp"]) == (framed,)
    (part,) = render(framed, TAKES["telegram"])
    assert (part.text, part.header, part.footer) == ("Mugs\n\nWhich one?\n\nUntil Friday", "", "")


@pytest.mark.parametrize("count", [2, 4, 14])
@pytest.mark.parametrize("channel", TAKES)
def test_what_can_be_chosen_stands_below_the_end_of_the_text(channel: str, count: int) -> None:
    long = "This is a sentence of some length. " * (20 if channel == "pager" else 150)
    *before, last = render(a_choice(count, text=long, header="Mugs"), TAKES[channel])
    assert before
    assert all(part == text_content(part.text) for part in before)
    assert len(last.buttons or last.options or last.sections[0].rows) == count
    assert before[0].text.startswith("Mugs\n\nThis is")


def test_words_that_a_file_can_not_bear_follow_it() -> None:
    long = replace(PICTURE, text="Our mugs are blue. " * 100)
    picture, words = render(long, TAKES["whatsapp"])
    assert (picture.text, words.kind) == ("", "text")
    assert words.text == long.text.strip() or words.text == long.text


AS_FILES = {  # kind, type, bytes -> as what WhatsApp takes it
    ("image", "image/png", 0): "image",
    ("image", "image/png", 5 * 1024 * 1024): "image",
    ("image", "image/png", 5 * 1024 * 1024 + 1): "document",
    ("image", "image/webp", 0): "document",
    ("video", "VIDEO/MP4; codecs=avc1", 0): "video",
    ("document", "application/pdf", 100 * 1024 * 1024 + 1): "too_large",
    ("image", "image/webp", 100 * 1024 * 1024 + 1): "invalid_file",
}


@pytest.mark.parametrize("file", AS_FILES)
def test_a_file_that_is_not_taken_as_it_is_goes_as_a_document(file: tuple[Any, str, int]) -> None:
    kind, mime_type, size = file
    content = Content(kind=kind, file=File(url="https://a.b/c", mime_type=mime_type, size=size))
    try:
        (part,) = render(content, TAKES["whatsapp"])
        assert part.kind == AS_FILES[file]
    except CantRender as error:
        assert (error.code, error.field) == (AS_FILES[file], "media")


def test_a_files_name_tells_its_type() -> None:
    content = Content(kind="image", file=File(url="https://a.b/mug.WEBP?size=2"))
    assert [part.kind for part in render(content, TAKES["whatsapp"])] == ["document"]


REFUSED = {
    "no words": (text_content(" \n"), "telegram", "empty", "text"),
    "nothing to choose": (Content(kind="buttons", text="Which?"), "telegram", "empty", "buttons"),
    "buttons without words": (a_choice(2, text=" "), "telegram", "empty", "text"),
    "no file": (Content(kind="image"), "telegram", "empty", "media"),
    "no place": (Content(kind="location"), "telegram", "empty", "location"),
    "a file on a pager": (PICTURE, "pager", "unsupported", "media"),
    "a voice in a form that it does not take": (VOICE, "instagram", "invalid_file", "media"),
    "a template": (Content(kind="template"), "telegram", "unsupported", "template"),
    "far too many words": (text_content("word " * 2000), "pager", "too_long", "text"),
    "a long public answer": (Content(kind="comment", text="x" * 1001), "instagram", "too_long", "text"),
    "buttons in private": (a_choice(2, comment_id="1"), "instagram", "unsupported", "reply_to"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_form_is_there_for_is_refused_with_what_to_do(name: str) -> None:
    content, channel, code, field = REFUSED[name]
    with pytest.raises(CantRender) as refused:
        render(content, TAKES[channel])
    assert (refused.value.code, refused.value.field) == (code, field)


def test_a_templates_file_is_one_that_the_channel_takes_there() -> None:
    template = Template(name="a", language="en", header_file=File(url="https://a.b/c.webp"))
    with pytest.raises(CantRender) as refused:
        render(Content(kind="template", template=template), TAKES["whatsapp"])
    assert (refused.value.code, refused.value.field) == ("invalid_file", "template.header")


def test_templates_and_answers_to_comments_need_no_window() -> None:
    takes = replace(TAKES["pager"], window=Window(timedelta(hours=1), timedelta(hours=2)))
    assert without_window(Content(kind="template"), takes).window is None
    assert without_window(Content(kind="comment"), takes).window is None
    assert without_window(Content(kind="text", comment_id="1"), takes).window is None
    assert without_window(text_content("Hi"), takes).window == takes.window
