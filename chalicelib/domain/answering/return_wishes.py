"""Whether a shopper says that they want to send something back: strict, as who only mentions it is asked
for no order."""

import re
from functools import cache
from typing import Final

from chalicelib.domain.answering.orders import folded

# As people write it, one line a language; the texts are folded like what is read.
_WISHES: Final = r"""
    (?:want|like|need|wanna|how|can|could|may)\b.{0,30}\b(?:return(?!\s(?:to|later|soon|home|tomorrow|next))|send\s.{0,25}back)
    |return(?:ing)?\s(?:the|my|this|these|it|them|an?|one|order|item|something)\b|(?:make|start|request|open)\sa\sreturn
    |^(?:a\s|my\s)?return$
    |верн(?:уть|у)\s.*|(?:хочу|можно|нужно|надо)\sверн(?:уть|у)|возврат(?!\w*\sденег)\w*|отправить\sобратно
    |return(?:ez|eze|are|area)|retur(?:ul)?
    |(?:ال)?[اإأ]رجاع\w*|[أا]رجع|استرجاع
    |iade\s(?:et|yap|tal|istiy|ist)\w*|iade
    |қайтар\w*|кайтар\w*|поверн(?:ути|у|ення)
    |devolver(?:lo|la|los|las)?|devolucion(?:es)?|devolucao
    |retourner|retourne|(?:un|le|mon|faire)\sretour|renvoyer
    |zuruckschick\w*|zuruckgeb\w*|zuruckzuschicken|zuruckzugeben|retour(?:e|nieren|niere)|rucksend\w*|ruckgabe
    |लौटा\w*|लौटान\w*|वापस\s(?:कर|भेज)\w*|(?:wapas|wapis|vapas)\skar\w*|return\skar\w*
    |retur|kembalikan|mengembalikan|dikembalikan|pengembalian
"""
_WITHOUT_SPACES: Final = "退货|退貨|退掉"
_LINE: Final = re.compile(r"\s*\n\s*")


def wants_return(text: str) -> bool:
    """Of a text in whatever language."""
    return _pattern().search(folded(text).strip(" .!")) is not None


@cache
def _pattern() -> re.Pattern[str]:
    """Compiled when the first text asks for it. Alphabets without spaces have no word's edge."""
    words = folded_words(_WISHES)
    return re.compile(rf"(?:(?<![^\W\d_])(?:{words})(?![^\W\d_]))|{_WITHOUT_SPACES}")


def folded_words(words: str) -> str:
    """The pieces, each as the texts are folded."""
    return "".join(folded(one) for one in _LINE.split(words.strip()))
