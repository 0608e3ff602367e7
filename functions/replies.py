"""The body of a reply, whose fields the schema has checked, as what a person wants to send."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

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
from chalicelib.domain.rendering import CantRender
from chalicelib.services.sending.reply import KeyReused, NotAllowed
from chalicelib.services.sending.reply_to import AlreadyReplied, Asked
from chalicelib.services.sending.send_again import Again, AlreadySentAgain, NoSuchMessage, NotUncertain
from functions.api import ApiError

Json = Mapping[str, Any]

# A body has one of these, or is a text.
FORMS: Final = ("media", "location", "buttons", "list", "quick_replies", "template", "reaction")
WORDLESS: Final = ("location", "template", "reaction")
OFFERS: Final = ("buttons", "list", "quick_replies")
# More than anybody reads, and than a row of a thread should hold.
MOST_ROWS: Final = 60


def asked_of(body: Json) -> Asked | Again:
    """Raises ApiError for what the schema can't tell."""
    if "send_again" in body:
        return _again(body)
    forms = [form for form in FORMS if form in body]
    if len(forms) > 1:
        raise _invalid(f"Send one of {', '.join(FORMS)} at a time.", forms[1])
    form = forms[0] if forms else "text"
    _check_around(form, body)
    reply_to = body.get("reply_to", "")
    if form == "reaction":
        reply_to = body["reaction"]["message_id"]
    return Asked(content=_content(form, body), reply_to=reply_to, is_public=body.get("public", False))


def _again(body: Json) -> Again:
    """What goes again goes as it was."""
    beside = [name for name in body if name != "send_again"]
    if beside:
        raise _invalid("What is sent again goes as it was: `send_again` stands alone.", beside[0])
    return Again(body["send_again"])


def _check_around(form: str, body: Json) -> None:
    """What may stand beside each form."""
    around = [name for name in ("text", "header", "footer") if name in body]
    if form in WORDLESS and around:
        raise _invalid(f"{form} has no words beside it: send them as a message of their own.", around[0])
    if form in ("text", *OFFERS) and "text" not in body:
        raise _invalid("Say something in a text.", "text")
    if form == "reaction" and "reply_to" in body:
        raise _invalid("A reaction names its message itself.", "reply_to")
    if body.get("public") and (form != "text" or "reply_to" not in body):
        raise _invalid("A public answer is a text with `reply_to` a comment.", "public")


def _content(form: str, body: Json) -> Content:
    words = {name: body[name] for name in ("text", "header", "footer") if name in body}
    given: Any = body.get(form)
    match form:
        case "media":
            return Content(kind=given["kind"], file=_file(given), **words)
        case "location":
            return Content(kind="location", place=Place(**given))
        case "buttons":
            return Content(kind="buttons", buttons=_buttons(form, given), **words)
        case "quick_replies":
            return Content(kind="quick_replies", buttons=_buttons(form, given), **words)
        case "list":
            return Content(kind="list", label=given["label"], sections=_sections(given["sections"]), **words)
        case "template":
            return Content(kind="template", template=_template(given))
        case "reaction":
            return Content(kind="reaction", text=given["emoji"])
    return Content(kind="text", **words)


def _file(given: Json) -> File:
    return File(**{name: value for name, value in given.items() if name != "kind"})


def _buttons(field: str, given: list[Json]) -> tuple[Button, ...]:
    """Each without an id has its place as one."""
    buttons = tuple(
        Button(id=one.get("id", str(place)), title=one["title"], url=one.get("url", ""))
        for place, one in enumerate(given, 1)
    )
    _check_ids(field, (button.id for button in buttons if not button.url))
    return buttons


def _sections(given: list[Json]) -> tuple[Section, ...]:
    sections = []
    place = 0
    for section in given:
        rows = []
        for one in section["rows"]:
            place += 1
            description = one.get("description", "")
            rows.append(Row(id=one.get("id", str(place)), title=one["title"], description=description))
        sections.append(Section(rows=tuple(rows), title=section.get("title", "")))
    if place > MOST_ROWS:
        raise _invalid(f"A list has {MOST_ROWS} rows at most.", "list.sections")
    _check_ids("list.sections", (row.id for section in sections for row in section.rows))
    return tuple(sections)


def _check_ids(field: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for one in ids:
        if one in seen:
            raise _invalid("Two have the same id: nobody could say which was chosen.", field)
        seen.add(one)


def _template(given: Json) -> Template:
    header = given.get("header", {})
    forms = [name for name in ("url", "location", "variables") if name in header]
    if header and (len(forms) != 1 or ("url" in header) != ("kind" in header)):
        message = "A header has a file (`kind` and `url`), a `location`, or `variables`."
        raise _invalid(message, "template.header")
    file = File(url=header["url"], filename=header.get("filename", "")) if "url" in header else None
    return Template(
        name=given["name"],
        language=given["language"],
        variables=_variables(given.get("variables", ())),
        header_variables=_variables(header.get("variables", ())),
        header_file=file,
        header_file_kind=header.get("kind", "image"),
        header_place=Place(**header["location"]) if "location" in header else None,
        buttons=tuple(TemplateButton(**button) for button in given.get("buttons", ())),
    )


def _variables(given: Iterable[str] | Mapping[str, str]) -> tuple[Variable, ...]:
    """Of numbered places in their order, or of named ones."""
    if isinstance(given, Mapping):
        return tuple(Variable(name=name, value=value) for name, value in given.items())
    return tuple(Variable(value=value) for value in given)


# What the use case raises for what was asked, if a person can be told what to do.
REFUSALS: Final = (
    CantRender,
    NotAllowed,
    AlreadyReplied,
    KeyReused,
    NoSuchMessage,
    NotUncertain,
    AlreadySentAgain,
)


def refusal_of(error: Exception) -> ApiError:
    """One of REFUSALS, as it is answered."""
    match error:
        case CantRender():
            return ApiError(
                409 if error.code == "unsupported" else 400, error.code, error.message, error.field
            )
        case NotAllowed():
            return ApiError(409, error.code, error.reason)
        case AlreadyReplied():
            return ApiError(409, "already_replied", "A comment takes one private answer.", "reply_to")
        case NoSuchMessage():
            message = "There is no such message among the latest of the thread."
            return ApiError(404, "not_found", message, "send_again")
        case NotUncertain():
            message = "Only a message of yours that is uncertain or has failed can be sent again."
            return ApiError(409, "not_uncertain", message, "send_again")
        case AlreadySentAgain():
            message = f"It has been sent again already, as {error.message_id}."
            return ApiError(409, "already_sent_again", message, "send_again")
    return ApiError(409, "key_reused", "This Idempotency-Key was used for another message.")


def _invalid(message: str, field: str) -> ApiError:
    return ApiError(400, "invalid", message, field)
