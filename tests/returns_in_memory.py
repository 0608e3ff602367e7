"""The ReturnStore in memory: versions, conflicts and counts, as the real one has them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from chalicelib.domain.commerce.return_counts import ReturnCount
from chalicelib.domain.commerce.returns import ReturnState
from chalicelib.domain.work import Due
from chalicelib.ports.errors import Conflict
from chalicelib.ports.returns import KeptReturn, Sums


@dataclass
class MemoryReturns:
    """kept: by merchant and id. before_save: called before each, so that somebody else can come first."""

    kept: dict[tuple[str, str], KeptReturn] = field(default_factory=dict)
    counted: dict[tuple[str, str], Counter[str]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    before_save: Callable[[], None] = lambda: None
    due: list[Due] = field(default_factory=list)

    def one(self, merchant_id: str, return_id: str) -> KeptReturn | None:
        return self.kept.get((merchant_id, return_id))

    def of_order(self, merchant_id: str, connection_id: str, order_id: str) -> list[KeptReturn]:
        named = (connection_id, order_id)
        return [one for one in self._of(merchant_id) if (one.told.connection_id, one.told.order_id) == named]

    def of_shoppers(self, merchant_id: str, shopper_ids: Sequence[str], limit: int = 20) -> list[KeptReturn]:
        return [one for one in self._of(merchant_id) if one.told.shopper_id in shopper_ids]

    def in_state(
        self, merchant_id: str, state: ReturnState, before: str = "", limit: int = 50
    ) -> list[KeptReturn]:
        found = [one for one in self._of(merchant_id) if one.told.state == state]
        return [one for one in found if not before or one.told.cursor < before][:limit]

    def save(
        self, merchant_id: str, kept: KeptReturn, counted: Sequence[ReturnCount], due: Due | None = None
    ) -> None:
        self.before_save()
        key = (merchant_id, kept.told.return_id)
        if (self.kept[key].version if key in self.kept else 0) != kept.version:
            raise Conflict("changed since it was read")
        self.kept[key] = replace(kept, version=kept.version + 1)
        self.due += [due] if due else []
        for one in counted:
            self.counted.setdefault((merchant_id, one.month), Counter())[one.name] += one.value
            self.titles |= {one.name: one.title} if one.title else {}

    def sums(self, merchant_id: str, months: Sequence[str]) -> Sums:
        found: Counter[str] = Counter()
        for month in months:
            found.update(self.counted.get((merchant_id, month), Counter()))
        return Sums(found, self.titles)

    def forget(self, merchant_id: str, returns: Sequence[KeptReturn]) -> None:
        for one in returns:
            self.kept.pop((merchant_id, one.told.return_id), None)

    def _of(self, merchant_id: str) -> list[KeptReturn]:
        mine = [one for (whose, _), one in self.kept.items() if whose == merchant_id]
        return sorted(mine, key=lambda one: one.told.cursor, reverse=True)
