"""One of each kind of thing that a shop sends, as the renderer leaves them for a channel."""

from typing import Final

from chalicelib.domain.content import (
    Button,
    Content,
    File,
    Place,
    Row,
    Section,
    Template,
    TemplateButton,
    Variable,
)

LINK: Final = "https://files.example/one"
PLACE: Final = Place(latitude=51.5007, longitude=-0.1246, name="Blue Kettle", address="1 Quay Street")
REPLIES: Final = (Button(id="size:s", title="Small"), Button(id="size:l", title="Large"))
LINKED: Final = (Button(id="shop", title="To the shop", url="https://shop.example/mugs"),)


def file_of(kind: str, link: str = LINK, **more: str) -> File:
    return File(**{"url": link, "mime_type": f"{kind}/x"} | more)


def picture(words: str = "", link: str = LINK) -> Content:
    return Content(kind="image", text=words, file=File(url=link))


def template(name: str, **more: object) -> Content:
    return Content(kind="template", template=Template(**{"name": name, "language": "en"} | more))


LIST: Final = Content(
    kind="list",
    text="Which one?",
    label="Mugs",
    header="In stock",
    footer="Blue Kettle",
    sections=(
        Section(title="Small", rows=(Row(id="s1", title="Blue", description="Holds 200 ml"),)),
        Section(title="Large", rows=(Row(id="l1", title="Green"),)),
    ),
)

PARCEL_SENT: Final = template(
    "parcel_sent",
    variables=(Variable(name="shopper", value="Ann"), Variable(name="day", value="Friday")),
    header_variables=(Variable(name="order", value="1042"),),
    buttons=(
        TemplateButton(index=0, kind="url", value="1042"),
        TemplateButton(index=1, kind="quick_reply", value="where:1042"),
    ),
)
SPRING_OFFER: Final = template(
    "spring_offer",
    variables=(Variable(value="Ann"), Variable(value="10")),
    header_file=File(url=LINK),
    header_file_kind="image",
    buttons=(
        TemplateButton(index=0, kind="copy_code", value="SPRING10"),
        TemplateButton(index=2, kind="quick_reply", value="stop"),
    ),
)
INVOICE: Final = template(
    "invoice",
    variables=(Variable(value="2026-7"),),
    header_file=File(url=LINK, filename="invoice.pdf"),
    header_file_kind="document",
)
READY: Final = template("ready_to_collect", variables=(Variable(value="1042"),), header_place=PLACE)


def rows(count: int, title: str = "") -> tuple[Section, ...]:
    return (Section(title=title, rows=tuple(Row(id=f"r{n}", title=f"Row {n}") for n in range(count))),)
