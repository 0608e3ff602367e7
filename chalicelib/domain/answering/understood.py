"""What a shopper's words call for, read from the words alone.

`understand` (in `understanding`) finds it; what the shop's own questions say to it is `faq`'s.
"""

from dataclasses import dataclass
from typing import Literal

# thanks: also "ok", a lone thumb, a farewell: nobody waits. greeting: a hello, no more. words: anything else,
# for a person to answer. order: where their order is. person: they want one. complaint: something is wrong.
Call = Literal["thanks", "greeting", "words", "order", "person", "complaint"]
# What a complaint is about.
Complaint = Literal["late", "missing", "damaged", "wrong", "quality", "payment", "refund", "service", "other"]


@dataclass(frozen=True, slots=True)
class Understood:
    """complaint: what about, '' where it is none. is_urgent: they say that it can't wait."""

    call: Call = "words"
    complaint: Complaint | Literal[""] = ""
    is_urgent: bool = False
