"""The facts that ship in fixtures/: counts that others published, and cases by name."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest
from django.conf import settings

from treaties import models, selectors
from treaties.facts import day_number
from treaties.importers.describe import sources_page
from treaties.importers.reference import load_reference
from treaties.names import Unresolved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("reference_facts")]
FIXTURES = Path(settings.BASE_DIR) / "fixtures"

SHIPPED = {
    "states": 259,
    "treaties": 30,
    "acts": 6498,
    "measures": 216,
    "exemptions": 74,
    "instruments": 452,
    "forces": 985,
    "coalition_roles": 18,
    "operations": 181,
    "reports": 1980,
    "searches": 831,
    "coups": 138,
    "listings": 96,
    "episodes": 60,
    "conflict_years": 6068,
    "diversions": 117,
    "indicator_values": 59796,
    "items": 69,
}


def test_loading_the_shipped_facts_again_changes_nothing() -> None:
    stamp = models.FactsVersion.current()
    assert all(loaded.is_unchanged for loaded in load_reference(FIXTURES))
    assert models.FactsVersion.current() == stamp


def test_the_numbers_of_the_shipped_facts() -> None:
    facts = selectors.current_facts()
    assert {name: len(table) for name, table in facts.tables.items()} == SHIPPED


def test_nothing_is_known_before_it_happened_or_was_said() -> None:
    facts = selectors.current_facts()
    reports = facts.reports
    assert (reports["known_from"] >= reports["published_on"]).all()
    acts = facts.acts[~facts.acts["act"].isin({"entry_into_force"})]
    dated = acts[~acts["act"].isin({"withdrawal_effective"})]
    assert (dated["known_from"] == dated["on"]).all()
    assert (facts.measures["known_from"] <= facts.measures["starts"]).all()
    assert (facts.diversions["known_from"] >= facts.diversions["happened_on"]).all()


def test_every_member_of_the_un_has_its_police_looked_at_and_armies_apart() -> None:
    facts = selectors.current_facts()
    states = facts.states
    members = set(states.loc[states["status"] == "un_member", "iso3"])
    abuses = facts.searches[facts.searches["subject"] == "abuses"]
    looked = {
        half: set(abuses.loc[abuses["looked_at"].isin([half, "all"]), "iso3"])
        for half in ("police", "armed_forces")
    }
    assert members - looked["police"] == set()
    # Where a state has no army, the row says where that was read.
    assert members - looked["armed_forces"] == set()
    assert Counter(facts.searches["subject"]) == {
        "abuses": 829,
        "conflict": 1,
        "diversion": 1,
    }


def test_south_sudan_the_day_before_the_embargo_and_the_day_itself() -> None:
    def running(day: date) -> set[str]:
        profile = selectors.state_profile("SSD", day, day)
        return {embargo.key for embargo in profile.embargoes_now}

    assert "UN-SSD-2018" not in running(date(2018, 7, 12))
    assert "UN-SSD-2018" in running(date(2018, 7, 13))
    assert "EU-SSD-2011" in running(date(2018, 7, 12))


def test_the_houthis_are_named_and_the_government_of_yemen_is_not() -> None:
    measures = selectors.current_facts().measures
    yemen = measures[measures["embargo"] == "UN-YEM-2015"]
    assert set(yemen["end_users"]) == {"named"}
    assert set(yemen["named_forces"]) == {"YEM-HOUTHI"}


def test_the_american_ban_for_the_hong_kong_police() -> None:
    measures = selectors.current_facts().measures
    row = measures[measures["embargo"] == "USA-HKG-2019"].iloc[0]
    assert (row["named_forces"], row["covers"], row["act_kind"], row["targets"]) == (
        "HKG-POLICE",
        "crowd_control_items",
        "statute",
        "HKG",
    )
    assert row["starts"] == day_number(date(2019, 12, 27))
    assert row["known_from"] == day_number(date(2019, 11, 27))


def test_a_conflict_year_is_known_when_it_was_published() -> None:
    years = selectors.current_facts().conflict_years
    row = years[years["year"] == 2018].iloc[0]
    assert row["known_from"] == day_number(date(2019, 7, 1))


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Paveway IV", ["BOMB_GUIDED"]),
        ("tasers", ["LE_PROJECTILE_ELECTRIC"]),
        ("M-60A3", ["BATTLE_TANK"]),
        ("stun belts", ["BODY_WORN_SHOCK"]),
        ("electric shock batons", ["CONTACT_SHOCK"]),
        ("thumbcuffs", ["PROHIBITED_RESTRAINT"]),
        ("leg irons", ["PROHIBITED_RESTRAINT_2025"]),
        ("lathis", ["WEIGHTED_STRIKING"]),
        ("spiked batons", ["SPIKED_STRIKING"]),
        ("multi-barrel launchers", ["MULTI_PROJECTILE_LAUNCHER"]),
        ("instruments of torture", ["TORTURE_INHERENT"]),
        ("torpedoes", ["TORPEDO_MINE"]),
        ("Shahed-136", ["LOITERING_MUNITION"]),
        ("anti-personnel mines", ["AP_MINE"]),
        ("water cannon", ["LE_WATER_CANNON"]),
        ("pilot training", ["SERVICE_TRAINING"]),
        ("Tear gas, rubber bullets", ["LE_CHEMICAL_IRRITANT", "LE_KINETIC_PROJECTILE"]),
        ("F-16 spare parts", ["PARTS", "COMBAT_AIRCRAFT"]),
    ],
)
def test_items_by_the_words_of_the_trade(typed: str, codes: list[str]) -> None:
    assert selectors.resolve_item(typed) == codes


@pytest.mark.parametrize("typed", ["stun guns", "grenades", "cobra", "helmets", "ML4"])
def test_words_with_two_meanings_ask(typed: str) -> None:
    with pytest.raises(Unresolved) as caught:
        selectors.resolve_item(typed)
    assert len(caught.value.ambiguous) > 1


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Mk 48 torpedo", "TORPEDO_MINE"),
        ("torpedoes", "TORPEDO_MINE"),
        ("naval mines", "TORPEDO_MINE"),
        ("sea mine", "TORPEDO_MINE"),
        ("depth charges", "TORPEDO_MINE"),
        ("TNT", "EXPLOSIVES"),
        ("RDX", "EXPLOSIVES"),
        ("Semtex", "EXPLOSIVES"),
        ("plastic explosives", "EXPLOSIVES"),
        ("ML8", "EXPLOSIVES"),
        ("Shahed-136", "LOITERING_MUNITION"),
        ("Switchblade 300", "LOITERING_MUNITION"),
        ("kamikaze drones", "LOITERING_MUNITION"),
        ("one-way attack drone", "LOITERING_MUNITION"),
    ],
)
def test_classes_added_late_are_reached_by_everyday_names(
    typed: str, code: str
) -> None:
    assert selectors.resolve_item(typed) == [code]


def test_customs_codes_are_among_the_control_lists() -> None:
    entries = models.ControlListEntry.objects.values_list("scheme", flat=True)
    assert {"HS2017", "HS2022", "EU_ML", "USML"} <= set(entries)
    with pytest.raises(Unresolved) as caught:
        selectors.resolve_item("HS2022 9306.90")
    assert "TORPEDO_MINE" in {match.code for match in caught.value.ambiguous}


def test_every_kind_of_weapon_of_the_trade_register_has_a_class() -> None:
    kinds = models.GoodsTerm.objects.filter(scheme="SIPRI_DESCRIPTION")
    assert kinds.count() == 211
    assert all(selectors.resolve_description(kind.term).codes for kind in kinds)
    assert selectors.resolve_description("anti-ship torpedo").code == "TORPEDO_MINE"
    assert selectors.resolve_description("tank turret").codes == (
        "PARTS",
        "BATTLE_TANK",
    )


def test_ratings_say_what_to_screen_with_and_which_name_no_goods() -> None:
    broad = selectors.resolve_rating("ML4")
    assert (broad.code, broad.worst, broad.is_clear) == (
        "MISSILE",
        "BOMB_GUIDED",
        False,
    )
    assert "CLUSTER_MUNITION" in broad.alternatives
    assert selectors.resolve_rating("PL5030").codes == ("LE_STUN_GRENADE",)
    assert selectors.resolve_rating("End Use").codes == ()


def test_classes_for_past_decisions_are_never_offered() -> None:
    with pytest.raises(Unresolved):
        selectors.resolve_item("ANY_MILITARY")
    assert not [m for m in selectors.find_items("any", 20) if m.code.startswith("ANY_")]


def test_every_class_can_be_chosen_by_the_name_that_the_search_shows() -> None:
    for item in models.ItemCategory.objects.filter(is_offered=True):
        assert selectors.resolve_item(item.name) == [item.code]


def test_every_state_and_force_can_be_chosen_by_its_code() -> None:
    for state in models.State.objects.exclude(iso3="XXX"):
        assert selectors.resolve_state(state.iso3) == state.iso3
        assert selectors.resolve_state(state.name) == state.iso3
    for force in models.Force.objects.all():
        assert selectors.resolve_force(force.key, force.state_id) == force.key


@pytest.mark.parametrize(
    ("typed", "iso3"),
    [
        ("ROM", "ROU"),
        ("ZAR", "COD"),
        ("TMP", "TLS"),
        ("KSV", "XKX"),
        ("YMD", "YMD"),
        ("BUR", "MMR"),
        ("Zaire", "COD"),
        ("Upper Volta", "BFA"),
        ("Swaziland", "SWZ"),
        ("Yemen (North Yemen)", "YEM"),
        ("DR Congo (Zaire)", "COD"),
        ("Egypt, Arab Rep.", "EGY"),
        ("Côte d'Ivoire", "CIV"),
        ("Cote d\u2019Ivoire", "CIV"),
        ("Türkiye", "TUR"),
        ("Turkey", "TUR"),
        ("South Vietnam", "XVN"),
    ],
)
def test_states_by_former_names_and_publishers_codes(typed: str, iso3: str) -> None:
    assert selectors.resolve_state(typed) == iso3


@pytest.mark.parametrize(
    ("typed", "scheme", "on", "iso3"),
    [
        ("AUS", "COW_LETTERS", None, "AUT"),
        ("345", "COW", date(2000, 12, 31), "YUG"),
        ("345", "COW", None, "SRB"),
        ("365", "GW", date(1990, 12, 31), "SUN"),
        ("260", "GW", date(2020, 12, 31), "DEU"),
        ("255", "COW", date(2010, 12, 31), "DEU"),
        ("678", "GW", date(2015, 12, 31), "YEM"),
        ("679", "COW", date(2015, 12, 31), "YEM"),
        ("891", "M49", date(2001, 12, 31), "YUG"),
        ("VDR", "ISO3", None, "VNM"),
        ("VDR", "VDEM_LETTERS", None, "XVN"),
        ("138", "VDEM", None, "XXX"),
        ("NATO**", "SIPRI", None, "XXX"),
        ("Continental Shelf Danish Sector", "UK", None, "DNK"),
    ],
)
def test_states_by_the_codes_of_one_publisher(
    typed: str, scheme: str, on: date | None, iso3: str
) -> None:
    assert selectors.resolve_state(typed, scheme=scheme, on=on) == iso3


def test_an_unknown_name_of_a_state_names_the_nearest() -> None:
    with pytest.raises(Unresolved) as caught:
        selectors.resolve_state("Cote dIvore")
    assert caught.value.suggestions[0].code == "CIV"
    assert len(caught.value.suggestions) == 3


def test_no_code_means_two_states_on_one_day() -> None:
    held: dict[tuple[str, str], list[models.StateCode]] = defaultdict(list)
    for code in models.StateCode.objects.all():
        held[code.scheme, code.code].append(code)
    for codes in held.values():
        for one, other in combinations(codes, 2):
            assert _ends(one) <= _starts(other) or _ends(other) <= _starts(one), one


def _starts(code: models.StateCode) -> date:
    return code.starts or date.min


def _ends(code: models.StateCode) -> date:
    return code.ends or date.max


def test_forces_by_name_and_alias() -> None:
    assert selectors.resolve_force("Royal Saudi Air Force", "SAU") == "SAU-RSAF"
    assert selectors.resolve_force("HKPF", "HKG") == "HKG-POLICE"
    assert selectors.resolve_force("Houthis", "YEM") == "YEM-HOUTHI"
    assert selectors.resolve_force("New Zealand Army", "NZL") == "NZL-ARMY"


def test_hong_kong_is_itself() -> None:
    assert selectors.resolve_state("Hong Kong") == "HKG"
    profile = selectors.state_profile("HKG", date(2019, 11, 28), date(2019, 11, 28))
    assert profile.state.name == "Hong Kong"
    assert {r.force_id for r in profile.reports} == {"HKG-POLICE"}


def test_the_page_of_sources_is_true() -> None:
    page = Path(settings.BASE_DIR) / "docs" / "sources.md"
    written = page.read_text(encoding="utf-8")
    assert written == sources_page(FIXTURES), "run manage.py write_sources"


def test_no_source_is_without_licence_and_rule() -> None:
    for source in models.Source.objects.all():
        assert source.licence, source.slug
        assert source.known_from_rule, source.slug


def test_no_two_forces_of_a_state_bear_one_name() -> None:
    names = [
        (state, name.casefold())
        for state, name in models.Force.objects.values_list("state_id", "name")
    ]
    assert len(names) == len(set(names))
