"""What a campaign says: words for each language and channel, templates, and what goes into their places.

`content_problems` says what keeps it from being sent.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, cast

from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.content import Button, Content, File, Kind, text_content
from chalicelib.domain.file_kinds import FileKind, FileRefused, taken_as
from chalicelib.domain.names import greeting_name
from chalicelib.domain.offering import paragraphs
from chalicelib.domain.templates.definitions import TemplateDefinition
from chalicelib.domain.templates.saved import link_end, use_for
from chalicelib.domain.templates.use import FIELDS, TemplateUse, compile_template
from chalicelib.domain.texts.campaign_sentences import stop_line
from chalicelib.domain.texts.isolation import apart, one_line
from chalicelib.domain.texts.overrides import filled

# What a text may name. first_name: as its owner writes it, where there is one to greet with.
VARIABLES: Final = ("first_name", "name", "shop", "link")
# What a template may ask for beside what every use may. link_end: what is left of the link behind what the
# template's button begins with.
CAMPAIGN_FIELDS: Final = (*FIELDS, "campaign.link", "campaign.link_end")
# What the payload of a button's answer begins with.
ANSWER: Final = "campaign:"
_LINK: Final = "{link}"


@dataclass(frozen=True, slots=True)
class WrittenButton:
    """An answer, or what opens `url`, which may be {link}."""

    title: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """One language's. text: with variables."""

    text: str = ""
    file: File | None = None
    file_kind: FileKind = "image"
    buttons: tuple[WrittenButton, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CampaignContent:
    """link: what {link} leads to. messages: by language; on: the same by channel, where it says something
    else there. templates: by connection and language, as they were saved. fallbacks: by variable and
    language, what stands where a shopper has none; an empty one reads as if the variable was never there.
    default_language: of those whose own language has no words."""

    link: str = ""
    messages: Mapping[str, Words] = field(default_factory=dict)
    on: Mapping[str, Mapping[str, Words]] = field(default_factory=dict)
    templates: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    fallbacks: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    default_language: str = ""


def content_from(raw: Mapping[str, Any]) -> CampaignContent:
    """As a campaign holds it and the schema lets it through. Raises KeyError or TypeError on anything
    else."""
    return CampaignContent(
        link=raw.get("link", ""),
        messages=_by_language(raw.get("messages", {})),
        on={channel: _by_language(given) for channel, given in raw.get("on", {}).items()},
        templates=raw.get("templates", {}),
        fallbacks=raw.get("fallbacks", {}),
        default_language=raw.get("default_language", ""),
    )


def values_for(*, shopper_name: str, shop_name: str) -> dict[str, str]:
    """What is known of one shopper, by variable; '' for what is not."""
    return {
        "first_name": greeting_name(shopper_name),
        "name": one_line(shopper_name),
        "shop": one_line(shop_name),
    }


def urls_in(content: CampaignContent) -> tuple[str, ...]:
    """Every address that somebody may follow from it, each once: the link's, and those of buttons."""
    spoken = (content.messages, *content.on.values())
    buttons = (one for of in spoken for words in of.values() for one in words.buttons)
    found = (content.link, *(one.url for one in buttons if one.url != _LINK))
    return tuple(dict.fromkeys(url for url in found if url))


def words_for(content: CampaignContent, channel: str, languages: Sequence[str]) -> tuple[str, Words] | None:
    """In the first of the languages that has any, else in the campaign's own, else in any: its code, and what
    is said on this channel. None where nothing is said without a template."""
    of_channel = {**content.messages, **content.on.get(channel, {})}
    wanted = (*languages, content.default_language, *sorted(of_channel))
    found = next((code for code in wanted if code in of_channel), None)
    return None if found is None else (found, of_channel[found])


def free_content(
    content: CampaignContent,
    channel: str,
    languages: Sequence[str],
    values: Mapping[str, str],
    takes: Capabilities,
    links: Mapping[str, str] | None = None,
) -> Content | None:
    """For one shopper, where no template is needed; None where nothing is said there.

    languages: the best first. values: as `values_for` has them. takes: what the channel does; a file that it
    can't show is left out, and buttons become lines below one that it can. links: what to write in place of
    an address of `urls_in`, so that it is known who followed it; one that is not in it stays as it is.
    """
    found = words_for(content, channel, languages)
    if found is None:
        return None
    code, words = found
    known = _known(content, values, code)
    known["link"] = _followed(content.link, links)
    text = filled(words.text, known, code)
    buttons = tuple(_buttons(words, content.link, links))
    stop = stop_line(code, text)
    if _takes_file(words, takes):
        lines = "\n".join(f"{button.title}: {button.url}" for button in buttons if button.url)
        kind = cast(Kind, words.file_kind)
        return Content(kind=kind, file=words.file, text=paragraphs(text, lines, stop))
    if not buttons:
        return text_content(paragraphs(text, stop))
    return Content(kind="buttons", text=paragraphs(text, stop), buttons=buttons)


def template_use(
    content: CampaignContent, connection_id: str, languages: Sequence[str]
) -> TemplateUse | None:
    """In the first of the languages that has one, else in the campaign's own, else in any; None where the
    campaign has no template for this connection."""
    return use_for(content.templates.get(connection_id, {}), (*languages, content.default_language))


def template_content(
    content: CampaignContent,
    use: TemplateUse,
    definition: TemplateDefinition,
    values: Mapping[str, str],
    language: str,
    links: Mapping[str, str] | None = None,
) -> Content:
    """For one shopper, in the template's language. A button that can't lead to where followers are counted
    leads to the link itself."""
    link = _followed(content.link, links)
    end = link_end(definition, link) or link_end(definition, content.link)
    fields = {
        "shopper.first_name": apart(values.get("first_name", ""), language),
        "shopper.name": apart(values.get("name", ""), language),
        "shop.name": apart(values.get("shop", ""), language),
        "campaign.link": link,
        "campaign.link_end": end,
    }
    return Content(kind="template", template=compile_template(use, definition, fields).template)


def _by_language(raw: Mapping[str, Any]) -> dict[str, Words]:
    return {code: _words(given) for code, given in raw.items()}


def _words(raw: Mapping[str, Any]) -> Words:
    given = raw.get("file")
    file = None
    if given is not None:
        file = File(
            url=given["url"], filename=given.get("filename", ""), mime_type=given.get("mime_type", "")
        )
    return Words(
        text=raw.get("text", ""),
        file=file,
        file_kind=given.get("kind", "image") if given is not None else "image",
        buttons=tuple(WrittenButton(one["title"], one.get("url", "")) for one in raw.get("buttons", ())),
    )


def _known(content: CampaignContent, values: Mapping[str, str], language: str) -> dict[str, str]:
    """What a shopper lacks becomes the fallback, which is written in the text's own language."""
    return {
        name: apart(values.get(name, ""), language) or content.fallbacks.get(name, {}).get(language, "")
        for name in VARIABLES
    }


def _buttons(words: Words, link: str, links: Mapping[str, str] | None) -> Iterator[Button]:
    for number, one in enumerate(words.buttons, 1):
        url = _followed(link if one.url == _LINK else one.url, links)
        yield Button(id=f"{ANSWER}{number}", title=one.title, url=url)


def _followed(url: str, links: Mapping[str, str] | None) -> str:
    return (links or {}).get(url, url)


def _takes_file(words: Words, takes: Capabilities) -> bool:
    if words.file is None:
        return False
    try:
        taken_as(words.file_kind, words.file, takes)
    except FileRefused:
        return False
    return True
