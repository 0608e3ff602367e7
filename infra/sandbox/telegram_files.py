"""Files that a bot sends: along with the call, by a link, or by the id that they have here already.

Source: core.telegram.org/bots/api#sending-files
"""

from typing import Any, Final

from . import ids
from .links import Fetched, NotFetched, fetched, is_link
from .state import Account, Json, Media
from .telegram_business import TelegramBusiness
from .telegram_content import bad, words

CAPTION_LIMIT: Final = 1024
SENDS: Final = {
    "sendPhoto": "image",
    "sendVideo": "video",
    "sendDocument": "document",
    "sendAudio": "audio",
    "sendVoice": "audio",
    "sendAnimation": "video",
    "sendSticker": "sticker",
}
PARTS: Final = {
    "sendPhoto": "photo", "sendVideo": "video", "sendDocument": "document", "sendAudio": "audio",
    "sendVoice": "voice", "sendAnimation": "animation", "sendSticker": "sticker",
}  # fmt: skip
# The beginnings of the types that a method takes by a link. Source: core.telegram.org/bots/api#sending-files
_BY_LINK: Final = {
    "sendPhoto": ("image/",),
    "sendVideo": ("video/",),
    "sendDocument": ("application/pdf", "application/zip", "image/gif"),
    "sendAudio": ("audio/",),
    "sendVoice": ("audio/ogg",),
    "sendAnimation": ("image/gif", "video/mp4"),
    "sendSticker": ("image/webp",),
}
_MB: Final = 1024 * 1024
PHOTO_BY_LINK: Final = 5 * _MB
FILE_BY_LINK: Final = 20 * _MB


class TelegramFiles(TelegramBusiness):
    def fetched(self, method: str, parameters: Json) -> Json:
        """The parameters with the file in the place of its link, where it is on this machine. Raises
        TelegramError.

        Nobody may hold the sandbox's lock meanwhile.
        """
        part = PARTS.get(method, "")
        url = parameters.get(part)
        if not is_link(url):
            return parameters
        try:
            file = fetched(str(url))
        except NotFetched:
            raise bad("failed to get HTTP URL content") from None
        if file is None:
            return parameters
        _check(method, file)
        return parameters | {part: file}

    def file(self, account: Account, file_id: str) -> Media:
        media = self.sandbox.state.media.get(file_id.rstrip("s"))
        if media is None or media.account != account.id:
            raise bad("wrong file_id or the file is temporarily unavailable")
        return media

    def media_content(self, account: Account, method: str, parameters: Json) -> tuple[str, Json]:
        part = PARTS[method]
        given = parameters.get(part)
        text, _entities = words(parameters, "caption", CAPTION_LIMIT)
        if not given:
            raise bad(f"there is no {part} in the request")
        if is_link(given):  # elsewhere: taken as it is
            named = {"file_id": ids.letters(40), "file_unique_id": ids.letters(12)}
            return text, {part: [named] if part == "photo" else named, "url": str(given)}
        media = self._given(account, given, parameters)
        file = {"file_id": media.id, "file_unique_id": f"u{media.id}"}
        return text, {part: [file] if part == "photo" else file, "url": self.cdn_url(media)}

    def _given(self, account: Account, given: Any, parameters: Json) -> Media:
        """A file that came along, was fetched, or is here already."""
        if isinstance(given, Fetched):
            media = given.kept(account, "")
            self.sandbox.state.media[media.id] = media
            return media
        if str(given).startswith("attach://"):
            given = parameters.get(str(given).removeprefix("attach://"), "")
            if not isinstance(given, Media):
                raise bad("wrong file identifier/HTTP URL specified")
        return given if isinstance(given, Media) else self.file(account, str(given))


def _check(method: str, file: Fetched) -> None:
    if not file.mime_type.startswith(_BY_LINK[method]):
        raise bad("wrong type of the web page content")
    if len(file.content) > (PHOTO_BY_LINK if method == "sendPhoto" else FILE_BY_LINK):
        raise bad("file is too big")
