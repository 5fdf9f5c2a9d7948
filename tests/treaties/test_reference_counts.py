"""Counts of the facts that ship in fixtures/, worked out anew from the database.

The numbers are those that the checks of the compiled tables print; published totals
bear many of them out (Control Arms, Landmine Monitor, Cluster Munition Monitor, OPCW).
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from django.db.models import Q

from treaties import models, selectors

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_facts")]

BODIES = ("UN", "EU", "ECOWAS", "OSCE", "LAS")

# States for which each treaty was in force at the end of the year.
with (Path(__file__).parent / "parties_bound.csv").open(encoding="utf-8") as _file:
    BOUND = {
        int(row.pop("year")): {treaty: int(n) for treaty, n in row.items()}
        for row in csv.DictReader(_file)
    }

# Whose deposit was dated only by its year when the lists were compiled.
DATED_BY_YEAR = {
    ("ATT", "ECU"),
    ("ATT", "GMB"),
    ("ATT", "MWI"),
    ("ATT", "VUT"),
    ("CAT", "DMA"),
    ("CAT", "LCA"),
    ("CAT", "TUV"),
    ("CCW", "MWI"),
    ("CCW-AP2", "LBN"),
    ("ICCPR", "OMN"),
    ("MBT", "LBN"),
}
# An organisation that is a party and no state here: the European Union.
PARTIES_THAT_ARE_NO_STATES = {"FIREARMS": (2013, 1)}


@pytest.mark.parametrize("year", sorted(BOUND))
def test_states_bound_at_the_end_of_the_year(year: int) -> None:
    day = date(year, 12, 31)
    found = {}
    for treaty in BOUND[year]:
        rows = selectors.treaty_standings(treaty, day, day)
        bound = [r for r in rows if r.standing == "BINDING"]
        found[treaty] = sum((treaty, r.iso3) not in DATED_BY_YEAR for r in bound)
    assert found == {
        treaty: n - _no_states(treaty, year) for treaty, n in BOUND[year].items()
    }


def _no_states(treaty: str, year: int) -> int:
    since, n = PARTIES_THAT_ARE_NO_STATES.get(treaty, (9999, 0))
    return n if year > since else 0


def test_treaties_and_acts_with_their_checks() -> None:
    assert models.Treaty.objects.count() == 30
    states = models.State.objects.exclude(iso3__in=["XXX", "XVN"])
    assert states.count() == 257


IN_FORCE = {
    date(2000, 1, 1): {
        "UN": "IRQ-1990 YUG-1998 SOM-1992 LBY-1992 LBR-1992 AGO-1993 RWA-1995 SLE-1998 "
        "ETHERI-1999 AFG-1996 ARMAZE-1993",
        "EU": "LBY-1986 CHN-1989 IRQ-1990 YUG-1991 BIH-1991 MMR-1991 COD-1993 SDN-1994 "
        "AFG-1996 SLE-1998 ETHERI-1999 IDN-1999",
        "OSCE": "ARMAZE-1992",
        "ECOWAS": "LBR-1992",
    },
    date(2010, 1, 1): {
        "UN": "IRQ-2004 SOM-1992 LBR-2009 SLE-1998 ERI-2009 ALQ-2002 COD-2008 CIV-2004 "
        "SDN-2005 LBN-2006 PRK-2006 IRN-2006 IRN-2007",
        "EU": "CHN-1989 IRQ-2004 MMR-1991 COD-2008 SDN-1994 ALQ-2002 SLE-1998 LBR-2001 "
        "ZWE-2002 SOM-2002 CIV-2004 LBN-2006 PRK-2006 IRN-2007 GIN-2009",
        "OSCE": "ARMAZE-1992",
        "ECOWAS": "GIN-2009 CONV-2009",
    },
    date(2021, 4, 25): {
        "UN": "IRQ-2004 SOM-1992 ALQ-2002 AFG-2011 COD-2008 SDN-2005 LBN-2006 PRK-2006 "
        "LBY-2011 CAF-2013 YEM-2015 SSD-2018",
        "EU": "CHN-1989 IRQ-2004 MMR-1991 COD-2008 SDN-1994 ALQ-2002 AFG-2011 ZWE-2002 "
        "SOM-2002 LBN-2006 PRK-2006 IRN-2007 LBY-2011 SYR-2013 BLR-2011 SSD-2011 "
        "EGY-2013 CAF-2013 RUS-2014 YEM-2015 VEN-2017 HKG-2020",
        "OSCE": "ARMAZE-1992",
        "ECOWAS": "CONV-2009",
    },
    date(2026, 11, 24): {
        "UN": "IRQ-2004 SOM-2023 ALQ-2002 AFG-2011 COD-2008 SDN-2005 LBN-2006 PRK-2006 "
        "IRN-2025 LBY-2011 CAF-2024 YEM-2015 SSD-2018 HTI-2023",
        "EU": "CHN-1989 IRQ-2004 MMR-1991 COD-2008 SDN-1994 ALQ-2002 AFG-2011 ZWE-2002 "
        "LBN-2006 PRK-2006 IRN-2007 LBY-2011 SYR-2013 BLR-2011 SSD-2011 EGY-2013 "
        "RUS-2014 YEM-2015 VEN-2017 SOM-2024 HTI-2024 CAF-2024 HKG-2020",
        "OSCE": "ARMAZE-1992",
        "ECOWAS": "CONV-2009",
    },
}


@pytest.mark.parametrize("day", sorted(IN_FORCE))
def test_embargoes_of_bodies_in_force_on_the_day(day: date) -> None:
    running, _ = selectors.embargo_list(day)
    found: dict[str, set[str]] = defaultdict(set)
    for embargo in running:
        if embargo.issuer in BODIES:
            found[embargo.issuer].add(embargo.key.removeprefix(f"{embargo.issuer}-"))
    expected = IN_FORCE[day]
    assert found == {issuer: set(keys.split()) for issuer, keys in expected.items()}


@pytest.mark.parametrize(
    ("embargoes", "n_links", "until"),
    [
        (["UN-SSD-2018"], 9, date(2027, 5, 31)),
        (["UN-CAF-2013", "UN-CAF-2024"], 14, date(2026, 7, 31)),
        (["UN-COD-2003", "UN-COD-2005", "UN-COD-2008"], 26, date(2026, 7, 1)),
        (["UN-HTI-2022", "UN-HTI-2023"], 5, date(2026, 10, 17)),
        (["UN-SDN-2005"], 3, date(2026, 9, 12)),
        (["UN-CIV-2004"], 12, date(2016, 4, 30)),
        (["UN-LBR-2001", "UN-LBR-2003", "UN-LBR-2009"], 16, date(2016, 6, 2)),
    ],
)
def test_chains_of_renewals_have_no_gap(
    embargoes: list[str], n_links: int, until: date
) -> None:
    links = sorted(
        (act.on, act.until)
        for key in embargoes
        for act in selectors.embargo(key).instruments.all()
        if act.on and act.until
    )
    assert (len(links), links[-1][1]) == (n_links, until)
    assert all(on <= until for (_, until), (on, _) in pairwise(links))


def test_reports_and_incidents_are_no_fewer_than_were_compiled() -> None:
    reports = selectors.current_facts().reports
    assert len(reports) >= 1229
    assert int(reports["checked"].sum()) >= 1053
    assert reports["incident"].nunique() >= 842
    # XXX, for forces of many states, among them.
    assert reports["iso3"].nunique() >= 167
    found = Counter(reports["finding"])
    compiled = {"adverse": 1137, "dismissed": 58, "remedied": 34}
    assert all(found[finding] >= n for finding, n in compiled.items())
    assert set(found) == set(compiled)


def test_labels_and_listings_stand_apart_from_reports() -> None:
    assert models.Episode.objects.count() == 60
    assert models.Listing.objects.count() == 96
    keys = set(models.AbuseReport.objects.values_list("key", flat=True))
    assert not keys & set(models.Episode.objects.values_list("key", flat=True))


def test_events() -> None:
    assert models.DiversionEvent.objects.count() == 117
    assert models.Operation.objects.count() == 181
    assert models.Operation.objects.values("operation").distinct().count() == 37
    assert models.Mission.objects.count() == 120
    assert models.Mission.objects.filter(organisation="UN").count() == 71
    counts = Counter(models.Coup.objects.values_list("counts", flat=True))
    assert counts == {"y": 92, "n": 33, "disputed": 13}


def test_parties_to_conflicts_by_unbroken_years() -> None:
    years: dict[tuple[str, ...], set[int]] = defaultdict(set)
    n_states = 0
    for model in (models.ConflictYear, models.ConflictParty):
        for row in model.objects.all():
            party = (row.conflict_id, row.dyad_id, row.conflict, row.actor)
            years[(*party, row.side, row.role)].add(row.year)
        n_states = n_states or _spans(years)
    assert (n_states, _spans(years)) == (2164, 2829)


def _spans(years: dict[tuple[str, ...], set[int]]) -> int:
    return sum(year - 1 not in held for held in years.values() for year in held)


def test_judgments_by_outcome_court_and_recipient() -> None:
    judgments = list(models.Judgment.objects.all())
    assert (len(judgments), sum(j.checked for j in judgments)) == (66, 65)
    assert Counter(j.outcome for j in judgments) == {
        "dismissed": 24,
        "inadmissible": 11,
        "upheld": 10,
        "ordered": 8,
        "quashed": 5,
        "suspended": 5,
        "remitted": 2,
        "unknown": 1,
    }
    courts = Counter(j.state_id for j in judgments)
    assert (courts["BEL"], courts["GBR"], courts[None]) == (10, 7, 10)
    recipients = Counter(j.recipients for j in judgments)
    assert (recipients["ISR"], recipients["SAU"]) == (26, 17)


def test_texts_of_the_law() -> None:
    assert models.LawText.objects.count() == 218
    assert models.LawText.objects.filter(checked=True).count() == 187
    assert models.EmbargoText.objects.count() == 37
    assert models.EasedDestination.objects.count() == 73
    assert models.RegimeWithoutArms.objects.count() == 13


@pytest.mark.parametrize(
    # The three entries of Annex IV stayed when the 42 new ones took effect.
    ("day", "n_entries"),
    [(date(2025, 8, 19), 31), (date(2025, 8, 20), 42 + 3)],
)
def test_torture_goods_on_the_last_and_first_day_of_an_annex(
    day: date, n_entries: int
) -> None:
    running = Q(ends__isnull=True) | Q(ends__gt=day)
    held = models.ListedGoods.objects.filter(running, starts__lte=day)
    assert held.count() == n_entries


def test_items_words_and_maps() -> None:
    kinds = models.GoodsTerm.objects.filter(scheme="SIPRI_DESCRIPTION")
    ratings = models.GoodsTerm.objects.filter(scheme="UK_RATING")
    assert (kinds.count(), ratings.count()) == (211, 250)
    # What the compiled lists hold, and what was added since.
    assert models.ItemSynonym.objects.count() >= 4227
    entries = models.ControlListEntry.objects.all()
    assert entries.count() >= 405
