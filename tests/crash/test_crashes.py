"""A crash anywhere is harmless: every call to a store, a queue or a platform fails, before and after, and the
process dies there. Then all is delivered again, as queues and platforms do, and the shop can't tell."""

from collections.abc import Callable, Sequence
from typing import Final

import pytest
from faults import Fault, every_fault, telling_faults
from real_tables import Tables
from rehearsal import complaints, play
from scenarios import SCENARIOS

# The others hold little more than these; `make soak` tries them all.
QUICK: Final = (
    "telegram_first_message",
    "whatsapp_reply",
    "instagram_takeover",
    "telegram_reply_before_the_answer",
    "instagram_told_while_sending",
    "telegram_channel_down",
    "telegram_token_refused",
    "whatsapp_sent_again",
    "whatsapp_failed_later",
    "whatsapp_changed",
    "telegram_connected",
    "whatsapp_odd_bodies",
    "whatsapp_shop_forgotten",
)


def _try_all(tables: Tables, name: str, choose: Callable[[Sequence[str]], list[Fault]]) -> None:
    scenario = SCENARIOS[name]
    plain = play(tables, scenario)
    assert len(plain.calls) >= scenario.fewest_calls, "calls are made that nobody sees"
    wrong = []
    for fault in choose(plain.calls):
        try:
            lines = complaints(plain, play(tables, scenario, fault), [fault])
        except AssertionError as stuck:
            lines = [str(stuck)]
        wrong += [f"{fault.kind} at {fault.index} {plain.calls[fault.index]}: {line}" for line in lines]
    assert not wrong, "\n".join([f"{len(wrong)} differences:", *wrong[:60]])


@pytest.mark.parametrize("name", QUICK)
def test_one_fault_changes_nothing(tables: Tables, name: str) -> None:
    _try_all(tables, name, telling_faults)


@pytest.mark.soak
@pytest.mark.parametrize("name", SCENARIOS)
def test_no_fault_at_any_call_changes_anything(tables: Tables, name: str) -> None:
    _try_all(tables, name, every_fault)
