"""Public holidays by country and region, from the library `holidays`, which loads on the first question.

Those that follow the moon or the church's year are in it, each country's own way, with the days off that are
given for one that falls on a weekend. Far years, and what a government has not yet announced, are estimates.
Source: holidays.readthedocs.io
"""

from datetime import date
from functools import lru_cache


class PublicHolidays:
    """The HolidayCalendar. A country's year is worked out once in each process."""

    def dates(self, country: str, region: str, year: int) -> frozenset[date]:
        """Nothing for what a newer version of the library has dropped: a shop opens rather than fails."""
        return _dates(country, region, year)

    def regions(self, country: str) -> tuple[str, ...] | None:
        """ISO 3166-2 codes without the country, and a few cities by name."""
        return _regions().get(country)


@lru_cache(maxsize=1000)
def _dates(country: str, region: str, year: int) -> frozenset[date]:
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, subdiv=region or None, years=year))
    except NotImplementedError:
        return frozenset()


@lru_cache(maxsize=1)
def _regions() -> dict[str, tuple[str, ...]]:
    import holidays

    countries = holidays.list_supported_countries(include_aliases=False)
    return {country: tuple(regions) for country, regions in countries.items()}
