"""Which file a channel takes as what."""

from dataclasses import replace
from typing import Final, Literal

from chalicelib.domain.capabilities import Capabilities, FileLimit
from chalicelib.domain.content import File

FileKind = Literal["image", "video", "audio", "document"]
_MB: Final = 1024 * 1024
# The names that files end with, where their type is not told.
_TYPES: Final = {
    **dict.fromkeys(("jpg", "jpeg"), "image/jpeg"),
    "png": "image/png",
    "gif": "image/gif",
    "webp": "image/webp",
    "heic": "image/heic",
    "mp4": "video/mp4",
    "3gp": "video/3gpp",
    "mov": "video/quicktime",
    "avi": "video/x-msvideo",
    "webm": "video/webm",
    "mp3": "audio/mpeg",
    "m4a": "audio/mp4",
    "aac": "audio/aac",
    "amr": "audio/amr",
    **dict.fromkeys(("ogg", "oga", "opus"), "audio/ogg"),
    "wav": "audio/wav",
    "pdf": "application/pdf",
}


class FileRefused(Exception):
    """The channel does not take it in any form: `code` is stable, `message` says what to do."""

    def __init__(self, code: Literal["unsupported", "invalid_file", "too_large"], message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def taken_as(kind: FileKind, file: File, takes: Capabilities) -> FileKind:
    """The kind that the channel takes the file as: its own, else `document`. Raises FileRefused."""
    for one in (kind, "document"):
        if one in takes.files and _refusal(file, takes.files[one]) is None:
            return "document" if one == "document" else kind
    if kind not in takes.files:
        raise FileRefused("unsupported", f"This channel takes no {kind}: send a link to it in a text.")
    refusal = _refusal(file, takes.files[kind])
    assert refusal is not None
    raise refusal


def with_type(file: File) -> File:
    """The file with its type; where nothing tells it, it stays open."""
    if file.mime_type:
        return replace(file, mime_type=file.mime_type.partition(";")[0].strip().lower())
    path = file.url.partition("?")[0].partition("#")[0]
    for name in (file.filename, path.rpartition("/")[2]):
        known = _TYPES.get(name.rpartition(".")[2].lower(), "") if "." in name else ""
        if known:
            return replace(file, mime_type=known)
    return file


def _refusal(file: File, limit: FileLimit) -> FileRefused | None:
    """What the channel does not tell us can't be refused: it will say so itself."""
    known = with_type(file).mime_type
    if known and not any(_matches(known, one) for one in limit.types):
        message = f"This channel takes these types: {', '.join(limit.types)}. Send a link to it in a text."
        return FileRefused("invalid_file", message)
    if file.size > limit.most_bytes:
        return FileRefused(
            "too_large",
            f"This channel takes {limit.most_bytes // _MB} MB at most. Send a link to it in a text.",
        )
    return None


def _matches(mime_type: str, pattern: str) -> bool:
    whole, _, part = pattern.partition("/")
    return pattern in ("*/*", mime_type) or (part == "*" and mime_type.startswith(f"{whole}/"))
