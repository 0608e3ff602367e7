"""A shopper is told, in the chat, what their return has come to."""

from contextlib import suppress
from datetime import datetime

from chalicelib.domain.commerce.returns import Return, rules_from
from chalicelib.domain.content import text_content
from chalicelib.domain.languages import choose
from chalicelib.domain.rendering import CantRender
from chalicelib.ports.shops import ShopStore
from chalicelib.ports.threads import ThreadStore
from chalicelib.services.sending.intend import Intend
from chalicelib.services.shops.return_wording import return_text
from chalicelib.services.threads.write_thread import NotFound


class ReturnLetters:
    """Tells a return's shopper what it has come to, each state once; the gate says whether it goes out."""

    def __init__(self, threads: ThreadStore, shops: ShopStore, intend: Intend) -> None:
        self._threads, self._shops, self._intend = threads, shops, intend

    def __call__(self, merchant_id: str, one: Return, now: datetime) -> None:
        """Nothing where nobody is there to be told. Raises StoreBusy."""
        thread = self._threads.thread(merchant_id, one.thread_id)
        if thread is None:
            return
        shop = self._shops.shop(merchant_id)
        spoken = shop.at(thread.connection_id).languages
        language = choose(thread.language_hint, thread.last_text, thread.language, spoken)
        words = one.steps[-1].words
        content = text_content(return_text(one, rules_from(shop.returns), shop, language, words))
        once = f"return {one.return_id} {one.state}"
        details = {"return": one.return_id, "state": one.state}
        with suppress(NotFound, CantRender):  # they were erased in this moment; or the channel has no words
            self._intend(merchant_id, one.thread_id, "update", content, once, now, details)
