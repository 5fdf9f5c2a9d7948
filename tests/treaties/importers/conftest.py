"""Made-up states that the made-up files of these tests speak of."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType

import pytest

from treaties.importers import importing
from treaties.importers.publishers import Publisher, publisher
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


@pytest.fixture(autouse=True)
def states(db: None) -> None:
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


@pytest.fixture(autouse=True)
def _few_states_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file of six states pass where a real edition names some 190."""

    def of_few(slug: str) -> Publisher:
        found = publisher(slug)
        if found.settings.states is None:
            return found
        settings = found.settings.model_copy(update={"states": (3, 6)})
        return Publisher(slug, settings, found.importer)

    monkeypatch.setattr(importing, "publisher", of_few)
