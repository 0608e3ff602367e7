"""How long things are kept is chosen in days, within bounds."""

from datetime import timedelta

import pytest

from chalicelib.domain.events import Media
from chalicelib.domain.files import shown_state
from chalicelib.domain.ids import from_ms
from chalicelib.domain.retention import Retention
from chalicelib.settings import DAYS, Settings
from infra.template.parameters import build

NOW = from_ms(1793620800000)


class Anything(dict[str, str]):
    """An environment in which all is set."""

    def __missing__(self, name: str) -> str:
        return name


def test_nothing_chosen_is_24_months_of_messages_30_days_of_events_and_90_of_files() -> None:
    kept = Settings.read(Anything()).kept
    assert kept == Retention()
    assert (kept.messages.days, kept.raw.days, kept.media.days) == (730, 30, 90)


@pytest.mark.parametrize("name", DAYS)
def test_days_are_taken_within_their_bounds_alone(name: str) -> None:
    shortest, longest = DAYS[name]
    for days in (shortest, longest):
        kept = Settings.read(Anything({name: str(days)})).kept
        assert timedelta(days=days) in (kept.messages, kept.raw, kept.media)
    for days in (shortest - 1, longest + 1):
        with pytest.raises(ValueError, match=name):
            Settings.read(Anything({name: str(days)}))


def test_the_template_and_the_functions_go_by_the_same_bounds() -> None:
    parameters = build()["Parameters"]
    for name, (shortest, longest) in DAYS.items():
        told = parameters["".join(part.title() for part in name.split("_"))]
        assert (told["Type"], told["MinValue"], told["MaxValue"]) == ("Number", shortest, longest)
        days = Settings.read(Anything({name: str(told["Default"])})).kept
        assert days == Retention()


def test_it_is_remembered_longer_that_somebody_was_erased_than_anything_of_before_can_come() -> None:
    for days in (15, 30, 365):
        assert Retention(raw=timedelta(days=days)).marks >= timedelta(days=days + 15)


def test_a_file_is_shown_until_its_time_is_over() -> None:
    kept = Media("image/jpeg", state="ready", key="media/x", expires_at=NOW)
    assert shown_state(kept, NOW - timedelta(seconds=1)) == "ready"
    assert shown_state(kept, NOW) == "gone"
