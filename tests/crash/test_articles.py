"""Whose question the shop has answered in writing waits for nobody, unless the answer never came."""

from typing import Any

from real_tables import Tables
from rehearsal import play
from scenarios import SCENARIOS


def _thread(tables: Tables, scenario: str) -> dict[str, Any]:
    play(tables, SCENARIOS[scenario])
    (thread,) = [row for row in tables.rows("ThreadsTable") if row["sk"] == "thread"]
    return thread


def test_who_has_an_answer_does_not_wait(tables: Tables) -> None:
    assert "waiting_since" not in _thread(tables, "telegram_article")


def test_who_never_got_it_waits(tables: Tables) -> None:
    assert "waiting_since" in _thread(tables, "telegram_article_refused")
