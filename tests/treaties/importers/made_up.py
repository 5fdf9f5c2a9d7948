"""The made-up states that the made-up files of these tests speak of."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

from treaties.models import Source, State, StateCode

STATES = MappingProxyType(
    {
        "AAA": "Arcadia",
        "BBB": "Borduria",
        "CCC": "Carpania",
        "DDD": "Drassen",
        "EEE": "Elbonia",
        "FFF": "Freedonia",
    }
)


def make_states() -> None:
    """Six states with a number of Gleditsch and Ward each, 901 to 906."""
    source = Source.objects.create(
        slug="made-up",
        publisher="The tests",
        title="Made-up states",
        licence="CC0",
        retrieved_on=date(2026, 1, 1),
    )
    for number, (iso3, name) in enumerate(STATES.items(), start=901):
        common = {"source": source, "publisher": "The tests"}
        State.objects.create(
            iso3=iso3, iso2=iso3[:2], name=name, status="un_member", **common
        )
        StateCode.objects.create(
            key=f"GW:{number}", state_id=iso3, scheme="GW", code=str(number), **common
        )
