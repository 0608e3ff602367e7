"""Small files that shoppers send when a test does not bring its own."""

import struct
import zlib
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Sample:
    mime_type: str
    filename: str
    content: bytes


def _png(size: int = 96) -> bytes:
    """A square that fades from teal to sand."""
    lines = b"".join(
        b"\x00" + bytes(v for x in range(size) for v in (40 + 2 * x, 150 + y // 2, 140 - x // 2))
        for y in range(size)
    )
    header = struct.pack(">IIBBBBB", size, size, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(lines)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in parts
    )


_PDF: Final = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)

SAMPLES: Final = {
    "image": Sample("image/png", "photo.png", _png()),
    "video": Sample(
        "video/mp4", "clip.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + bytes(200)
    ),
    "audio": Sample("audio/ogg; codecs=opus", "voice.ogg", b"OggS\x00\x02" + bytes(200)),
    "document": Sample("application/pdf", "paper.pdf", _PDF),
    "sticker": Sample(
        "image/webp", "sticker.webp", b"RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f" + bytes(12)
    ),
}
