"""Files on WhatsApp: those that a shop uploads, and those that shoppers send and a shop fetches.

Source: developers.facebook.com/docs/whatsapp/cloud-api/reference/media
"""

import base64
import hashlib
from typing import Final

from . import ids
from .graph import Call, unknown_object
from .links import Fetched, NotFetched, fetched, is_link
from .state import Account, Json, Media
from .whatsapp_content import invalid, refusal
from .whatsapp_phone import WhatsAppPhone

CAPTION_LIMIT: Final = 1024
MEDIA_URL_LIVES_S: Final = 300
MEDIA: Final = ("image", "video", "audio", "document", "sticker")
_CAPTIONED: Final = ("image", "video", "document")
_MB: Final = 1024 * 1024
# Types ("" for any) and bytes that each kind may have.
_LIMITS: Final[dict[str, tuple[tuple[str, ...], int]]] = {
    "image": (("image/jpeg", "image/png"), 5 * _MB),
    "video": (("video/mp4", "video/3gpp"), 16 * _MB),
    "audio": (("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg"), 16 * _MB),
    "document": (("",), 100 * _MB),
    "sticker": (("image/webp",), _MB // 2),
}


class WhatsAppMedia(WhatsAppPhone):
    def post_media(self, call: Call) -> Json:
        account = call.of_account()
        if call.text("messaging_product") != "whatsapp":
            raise invalid("The parameter messaging_product is required.")
        if "file" not in call.files:
            raise invalid("The parameter file is required.")
        name, mime_type, content = call.files["file"]
        text = base64.b64encode(content).decode()
        media = Media(ids.digits(16), "whatsapp", account.id, call.text("type") or mime_type, text, name)
        with self.sandbox.lock:
            self.sandbox.state.media[media.id] = media
        self.sandbox.store.changed()
        return {"id": media.id}

    def get_media(self, call: Call) -> Json:
        if call.media is None or call.media.channel != "whatsapp":
            raise unknown_object(call)
        content = base64.b64decode(call.media.content)
        until = int(self.sandbox.now()) + MEDIA_URL_LIVES_S
        path = f"/graph/whatsapp_business/attachments/?mid={call.media.id}&ext={until}&hash={ids.letters(24)}"
        return {
            "messaging_product": "whatsapp",
            "url": self.sandbox.base_url + path,
            "mime_type": call.media.mime_type,
            "sha256": hashlib.sha256(content).hexdigest(),
            "file_size": str(len(content)),
            "id": call.media.id,
        }

    def delete_media(self, call: Call) -> Json:
        with self.sandbox.lock:
            self.sandbox.state.media.pop(call.object_id, None)
        return {"success": True}

    def attachment(self, token: str, media_id: str, until: str) -> Media | None:
        """The file behind a media URL: only with the account's token, and for five minutes."""
        media = self.sandbox.state.media.get(media_id)
        account = self.sandbox.state.account("whatsapp", media.account) if media else None
        if (
            account is None
            or token != account.token
            or not until.isdigit()
            or int(until) < self.sandbox.now()
        ):
            return None
        return media

    def fetch(self, content: Json, kind: str) -> Fetched | None:
        """What stands behind the link of a message, before the sandbox is locked. Raises GraphError."""
        link = content.get("link")
        if link is None:
            return None
        if not is_link(link):
            raise invalid(f"Param {kind}['link'] is not a valid URI.")
        try:
            return fetched(link)
        except NotFetched as problem:
            raise refusal(131053, "Media upload error", str(problem)) from None

    def media_row(self, account: Account, kind: str, content: Json, file: Fetched | None) -> tuple[str, Json]:
        """The words and what else a phone shows of a file. Raises GraphError."""
        caption = content.get("caption") or ""
        if caption and kind not in _CAPTIONED:
            raise invalid(f"Unexpected key 'caption' on param '{kind}'.")
        if not isinstance(caption, str) or len(caption) > CAPTION_LIMIT:
            raise invalid(f"Param {kind}['caption'] must be at most {CAPTION_LIMIT} characters long.")
        filename = str(content.get("filename") or "")
        if filename and kind != "document":
            raise invalid(f"Unexpected key 'filename' on param '{kind}'.")
        return caption, {"url": self._shown_at(account, kind, content, file), "filename": filename}

    def _shown_at(self, account: Account, kind: str, content: Json, file: Fetched | None) -> str:
        if file is not None:
            _check_file(kind, file)
            media = file.kept(account, str(content.get("filename") or ""))
            self.sandbox.state.media[media.id] = media
            return self.cdn_url(media)
        if content.get("link"):
            return str(content["link"])
        kept = self.sandbox.state.media.get(str(content.get("id")))
        if kept is None or kept.account != account.id:
            raise refusal(
                131009, "Parameter value is not valid", f"{kind}: give a link or the id of an uploaded file"
            )
        return self.cdn_url(kept)


def _check_file(kind: str, file: Fetched) -> None:
    types, most_bytes = _LIMITS[kind]
    if "" not in types and file.mime_type not in types:
        raise refusal(131053, "Media upload error", f"{file.mime_type} is no type of {kind} that is taken")
    if len(file.content) > most_bytes:
        raise refusal(131053, "Media upload error", f"{kind}: the file is larger than {most_bytes} bytes")
