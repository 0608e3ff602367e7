"""The ImportStore on DynamoDB: one row for how far it is, one more for each page that has problems."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any, Final, cast

from pynamodb.attributes import JSONAttribute, NumberAttribute, UnicodeAttribute, UTCDateTimeAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.domain.imports import Defaults, Import, ImportState, Problem
from chalicelib.domain.plain import from_plain, to_plain
from chalicelib.domain.work import Due, ImportRows, due_id
from chalicelib.ports.errors import Conflict
from chalicelib.storage.errors import answers
from chalicelib.storage.models import DueItem, TextAttribute, ThreadsRow
from chalicelib.storage.reading import get
from chalicelib.storage.rows import row_of_due, seconds
from chalicelib.storage.transaction import Transaction

KEPT: Final = timedelta(days=90)
_PAGES: Final = "p#"


class ImportItem(ThreadsRow):
    """A list that is being taken in, or was."""

    connection_id = UnicodeAttribute()
    body = UnicodeAttribute()
    by = TextAttribute()
    at = UTCDateTimeAttribute()
    defaults = JSONAttribute()
    state = UnicodeAttribute()
    rows = NumberAttribute()
    done = NumberAttribute()
    taken = NumberAttribute()
    refused = NumberAttribute()
    given = NumberAttribute()
    withdrawn = NumberAttribute()
    kept = NumberAttribute()
    ended_at = UTCDateTimeAttribute(null=True)


class ImportProblemsItem(ThreadsRow):
    """What of one page was not taken, and why."""

    problems = JSONAttribute()


class DynamoImports:
    """Reads are strongly consistent."""

    def begin(self, one: Import, due: Due) -> Import:
        """The second time it finds what the first has stored."""
        with suppress(Conflict):
            with Transaction() as write:
                is_new: Condition = ImportItem.pk.does_not_exist()
                write.put("import", _item(one), is_new | (ImportItem.state == "lost"))
                write.put("due", row_of_due(due))
            return one
        return self.read(one.merchant_id, one.import_id) or one

    def read(self, merchant_id: str, import_id: str) -> Import | None:
        """One, as it is now."""
        item = get(ImportItem, _key(merchant_id, import_id), "import")
        return None if item is None else _import(merchant_id, import_id, item)

    def go_on(self, was: Import, now: Import, problems: Sequence[Problem], due: Due | None) -> None:
        """Done twice, the second finds another page: Conflict."""
        is_as_read = (ImportItem.done == was.done) & (ImportItem.state == was.state)
        with Transaction() as write:
            write.put("import", _item(now), is_as_read)
            if problems:
                key = _key(was.merchant_id, was.import_id)
                page = ImportProblemsItem(key, f"{_PAGES}{was.done:06d}")
                page.problems = [to_plain(one) for one in problems]
                page.expires_at = seconds(was.at + KEPT)
                write.put("problems", page)
            if due is not None:
                write.put("due", row_of_due(due))
            else:
                write.delete("done", DueItem(due_id(ImportRows(was.merchant_id, was.import_id))))

    def problems(self, merchant_id: str, import_id: str) -> list[Problem]:
        """All that are kept, in the order of their lines."""
        pages = ImportProblemsItem.sk.startswith(_PAGES)
        with answers():
            found = ImportProblemsItem.query(_key(merchant_id, import_id), pages, consistent_read=True)
            raw: list[Any] = [one for item in found for one in item.problems]
        return [from_plain(Problem, one) for one in raw]


def _key(merchant_id: str, import_id: str) -> str:
    return f"{merchant_id}#import#{import_id}"


def _item(one: Import) -> ImportItem:
    item = ImportItem(_key(one.merchant_id, one.import_id), "import")
    item.connection_id, item.body, item.by, item.at = one.connection_id, one.body, one.by, one.at
    item.defaults, item.state, item.ended_at = to_plain(one.defaults), one.state, one.ended_at
    item.rows, item.done, item.taken, item.refused = one.rows, one.done, one.taken, one.refused
    item.given, item.withdrawn, item.kept = one.given, one.withdrawn, one.kept
    item.expires_at = seconds(one.at + KEPT)
    return item


def _import(merchant_id: str, import_id: str, item: ImportItem) -> Import:
    return Import(
        merchant_id=merchant_id,
        import_id=import_id,
        connection_id=item.connection_id,
        body=item.body,
        by=item.by,
        at=item.at,
        defaults=from_plain(Defaults, item.defaults),
        rows=int(item.rows),
        state=cast(ImportState, item.state),
        done=int(item.done),
        taken=int(item.taken),
        refused=int(item.refused),
        given=int(item.given),
        withdrawn=int(item.withdrawn),
        kept=int(item.kept),
        ended_at=item.ended_at,
    )
