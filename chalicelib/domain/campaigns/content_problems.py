"""What keeps a campaign's content from being sent, place by place, said before it is booked."""

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from chalicelib.domain.campaigns.contents import (
    VARIABLES,
    CampaignContent,
    Words,
    free_content,
    urls_in,
    values_for,
    words_for,
)
from chalicelib.domain.capabilities import Capabilities
from chalicelib.domain.file_kinds import FileRefused, taken_as
from chalicelib.domain.languages import LANGUAGES
from chalicelib.domain.rendering import CantRender, render
from chalicelib.domain.texts.overrides import problem_of

LONGEST: Final = 4000
LONGEST_FALLBACK: Final = 100
LONGEST_URL: Final = 2000
_ADDRESS: Final = re.compile(r"https?://[^\s/\x00-\x1f]+[^\s\x00-\x1f]*")
# What somebody may lack. Whether the shop has a name is known beforehand.
_LACKED: Final = ("first_name", "name")
_OF_LANGUAGES: Final = f"Words may be written in these languages: {', '.join(LANGUAGES)}."
# Where, and what is wrong and what to do.
Problems = Iterator[tuple[str, str]]


def problems(content: CampaignContent, takes: Mapping[str, Capabilities], shop_name: str) -> Problems:
    """All of them. takes: by channel, what each of the shop's channels does.

    What the channels say of its templates is for `CheckSavedTemplates` of the services.
    """
    if not content.messages and not any(content.on.values()) and not any(content.templates.values()):
        yield "content.messages", "Write what is said in one language at least, or choose a template."
    spoken = [("content.messages", "", content.messages)]
    spoken += [(f"content.on.{channel[:64]}", channel, given) for channel, given in content.on.items()]
    for field, channel, by_language in spoken:
        if channel and channel not in takes:
            yield field, f"There is no such channel here. There are: {', '.join(sorted(takes))}."
            continue
        for language, words in by_language.items():
            place = f"{field}.{language[:64]}"
            if language not in LANGUAGES:
                yield place, _OF_LANGUAGES
                continue
            yield from _in_words(content, place, language, words, shop_name)
    for url in urls_in(content):
        if not _is_address(url):
            yield "content.link", f"{url[:100]} is no address: it begins with https:// and has no spaces."
        elif _names_variable(url):
            yield "content.link", f"Nothing is filled into an address: {url[:100]} is the same for everybody."
    yield from _in_fallbacks(content)
    yield from _in_default(content)
    yield from _on_channels(content, takes)


def _in_words(content: CampaignContent, place: str, language: str, words: Words, shop_name: str) -> Problems:
    problem = problem_of(words.text, VARIABLES, LONGEST)
    if problem:
        yield f"{place}.text", problem
    for name in _LACKED if shop_name else (*_LACKED, "shop"):
        if f"{{{name}}}" in words.text and language not in content.fallbacks.get(name, {}):
            text = f"Not everybody has {{{name}}}: say what stands in its place otherwise; '' for nothing."
            yield f"content.fallbacks.{name}.{language}", text
    if not content.link and "{link}" in words.text:
        yield "content.link", "The text names {link}: say where it leads."
    if not content.link and any(one.url == "{link}" for one in words.buttons):
        yield "content.link", "A button leads to {link}: say where that is."
    if any(_names_variable(one.title) for one in words.buttons):
        yield f"{place}.buttons", "Nothing is filled in on a button: it reads the same for everybody."
    if words.file is not None and any(not one.url for one in words.buttons):
        yield f"{place}.buttons", "Answers do not stand below a file: leave out the file, or the answers."


def _is_address(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:  # a bracket of a host stands alone, or one of its letters reads as a sign
        return False
    return _ADDRESS.fullmatch(url) is not None and len(url) <= LONGEST_URL


def _names_variable(text: str) -> bool:
    return any(f"{{{name}}}" in text for name in VARIABLES)


def _in_fallbacks(content: CampaignContent) -> Problems:
    for name, by_language in content.fallbacks.items():
        field = f"content.fallbacks.{name[:64]}"
        if name not in VARIABLES or name == "link":
            yield field, f"Fallbacks may be set for: {', '.join((*_LACKED, 'shop'))}."
            continue
        for language, text in by_language.items():
            if language not in LANGUAGES:
                yield f"{field}.{language[:64]}", _OF_LANGUAGES
            elif problem := problem_of(text, (), LONGEST_FALLBACK):
                yield f"{field}.{language}", problem


def _in_default(content: CampaignContent) -> Problems:
    wanted = content.default_language
    spoken = {code for one in (content.messages, *content.on.values()) for code in one}
    if wanted and spoken and wanted not in spoken:
        yield "content.default_language", f"Nothing is said in it. There is: {', '.join(sorted(spoken))}."


def _on_channels(content: CampaignContent, takes: Mapping[str, Capabilities]) -> Problems:
    """What a channel has no form for."""
    values = values_for(shopper_name="", shop_name="")
    for channel, can in takes.items():
        own = content.on.get(channel, {})
        for language in sorted(set(own) | set(content.messages)):
            field = f"content.on.{channel}.{language}" if language in own else f"content.messages.{language}"
            found = words_for(content, channel, [language])
            told = free_content(content, channel, [language], values, can)
            if found is None or told is None or language not in LANGUAGES:
                continue
            try:
                if found[1].file is not None:
                    taken_as(found[1].file_kind, found[1].file, can)
                if not found[1].text.strip() and found[1].file is None:
                    raise CantRender("empty", "There are no words in it.", "text")
                render(told, can)
            except (CantRender, FileRefused) as error:
                yield field, f"On {can.name or channel}: {error.message}"
