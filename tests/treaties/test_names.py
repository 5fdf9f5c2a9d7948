"""From what people type to the one thing they mean."""

from __future__ import annotations

from datetime import date

import pytest

from treaties.names import Entry, Label, NameIndex, StateIndex, Unresolved
from treaties.phrases import (
    ItemIndex,
    ItemName,
    ListEntry,
    Meaning,
    Phrase,
    TermIndex,
)

STATES = NameIndex(
    "state",
    [
        Entry("CIV", ("Côte d'Ivoire", "Ivory Coast", "CI"), "CIV"),
        Entry("GBR", ("United Kingdom", "UK", "Great Britain"), "GBR"),
        Entry("HKG", ("Hong Kong", "HK"), "HKG"),
        Entry("NZL", ("New Zealand", "NZ"), "NZL"),
    ],
)
FORCES = NameIndex(
    "force",
    [
        Entry("SAU-RSAF", ("Royal Saudi Air Force", "RSAF"), "Saudi Arabia", "SAU"),
        Entry("FRA-POLICE", ("National Police",), "France", "FRA"),
        Entry("HTI-POLICE", ("National Police", "PNH"), "Haiti", "HTI"),
    ],
)
ITEMS = ItemIndex(
    [
        ItemName("BOMB_GUIDED", "Guided bomb"),
        ItemName("BATTLE_TANK", "Battle tank"),
        ItemName("COMBAT_AIRCRAFT", "Combat aircraft"),
        ItemName("CONTACT_SHOCK", "Direct-contact shock weapon"),
        ItemName("LE_BATON", "Baton"),
        ItemName("LE_CHEMICAL_IRRITANT", "Chemical irritant"),
        ItemName("LE_PROJECTILE_ELECTRIC", "Projectile shock weapon"),
        ItemName("LE_STUN_GRENADE", "Stun grenade"),
        ItemName("PARTS", "Parts"),
        ItemName("TRAINER_AIRCRAFT", "Trainer aircraft"),
        ItemName("ARMOURED_COMBAT_VEHICLE", "Armoured vehicle"),
        ItemName("ANY_MILITARY", "Any military goods", is_offered=False),
    ],
    [
        Phrase("paveway", "BOMB_GUIDED"),
        Phrase("m60a3", "BATTLE_TANK"),
        Phrase("f-16", "COMBAT_AIRCRAFT"),
        Phrase("a-10", "COMBAT_AIRCRAFT"),
        Phrase("taser", "LE_PROJECTILE_ELECTRIC"),
        Phrase("baton", "LE_BATON"),
        Phrase("shock baton", "CONTACT_SHOCK"),
        Phrase("stun gun", "CONTACT_SHOCK", alternatives=("LE_PROJECTILE_ELECTRIC",)),
        Phrase("tear gas", "LE_CHEMICAL_IRRITANT"),
        Phrase("spare parts", "PARTS"),
        Phrase("torpedo tubes", "PARTS", "BATTLE_TANK"),
        Phrase("apc", "ARMOURED_COMBAT_VEHICLE"),
        Phrase("pc-9", "TRAINER_AIRCRAFT"),
        Phrase("arms", "ANY_MILITARY"),
    ],
    [
        ListEntry("EU_ML", "ML6", "BATTLE_TANK"),
        ListEntry("EU_ML", "ML6", "ARMOURED_COMBAT_VEHICLE"),
        ListEntry("EU_ML", "ML4", "BOMB_GUIDED"),
        ListEntry("EU_ML", "ML4", "ANY_MILITARY"),
    ],
)


@pytest.mark.parametrize(
    ("typed", "iso3"),
    [
        ("GBR", "GBR"),
        ("uk", "GBR"),
        ("the united kingdom", "GBR"),
        ("  Great   Britain ", "GBR"),
        ("Cote d\u2019Ivoire", "CIV"),
        ("ivory coast", "CIV"),
        ("hong kong", "HKG"),
    ],
)
def test_a_state_is_known_by_its_codes_and_names(typed: str, iso3: str) -> None:
    assert STATES.resolve(typed) == iso3


def test_a_misspelt_state_is_refused_with_what_is_like_it() -> None:
    with pytest.raises(Unresolved) as caught:
        STATES.resolve("New Zeland")
    assert [match.code for match in caught.value.suggestions] == ["NZL"]
    assert "Did you mean New Zealand (NZL)?" in str(caught.value)


def test_nonsense_is_refused_without_a_guess() -> None:
    with pytest.raises(Unresolved) as caught:
        STATES.resolve("qqqq zzzz")
    assert caught.value.suggestions == []
    assert caught.value.ambiguous == []


def test_a_force_is_looked_for_in_its_state_only() -> None:
    assert FORCES.resolve("National Police", "HTI") == "HTI-POLICE"
    assert FORCES.resolve("rsaf", "SAU") == "SAU-RSAF"
    with pytest.raises(Unresolved):
        FORCES.resolve("RSAF", "HTI")


def test_a_name_of_two_forces_lists_both() -> None:
    with pytest.raises(Unresolved) as caught:
        FORCES.resolve("National Police")
    assert {m.code for m in caught.value.ambiguous} == {"FRA-POLICE", "HTI-POLICE"}


def test_search_finds_the_beginning_before_the_middle() -> None:
    found = FORCES.find("po", 5)
    assert [match.code for match in found] == ["FRA-POLICE", "HTI-POLICE"]
    assert found[0].detail == "France"
    assert STATES.find("new z", 5)[0].code == "NZL"
    assert STATES.find("", 5) == []


@pytest.mark.parametrize(
    ("typed", "codes"),
    [
        ("Paveway IV", ["BOMB_GUIDED"]),
        ("tasers", ["LE_PROJECTILE_ELECTRIC"]),
        ("M-60A3", ["BATTLE_TANK"]),
        ("M 60A3", ["BATTLE_TANK"]),
        ("M60A3", ["BATTLE_TANK"]),
        ("twelve F-16D fighters", ["COMBAT_AIRCRAFT"]),
        ("F16D", ["COMBAT_AIRCRAFT"]),
        ("batons", ["LE_BATON"]),
        ("electric shock batons", ["CONTACT_SHOCK"]),
        ("Tear gas, batons", ["LE_CHEMICAL_IRRITANT", "LE_BATON"]),
        ("a PC-9 on lease", ["TRAINER_AIRCRAFT"]),
        ("guided bomb", ["BOMB_GUIDED"]),
        ("le_baton", ["LE_BATON"]),
        ("ML4", ["BOMB_GUIDED"]),
        ("torpedo tubes", ["PARTS", "BATTLE_TANK"]),
        ("F-16 spare parts", ["PARTS", "COMBAT_AIRCRAFT"]),
        ("PARTS:COMBAT_AIRCRAFT", ["PARTS", "COMBAT_AIRCRAFT"]),
    ],
)
def test_an_item_is_known_by_its_words(typed: str, codes: list[str]) -> None:
    assert ITEMS.resolve(typed) == codes


@pytest.mark.parametrize(
    "typed", ["a 10-year deal", "dunbatoned", "arms", "ANY_MILITARY"]
)
def test_words_that_name_no_class_are_refused(typed: str) -> None:
    with pytest.raises(Unresolved):
        ITEMS.resolve(typed)


def test_a_phrase_with_two_meanings_lists_them() -> None:
    with pytest.raises(Unresolved) as caught:
        ITEMS.resolve("stun guns")
    choices = [match.code for match in caught.value.ambiguous]
    assert choices == ["CONTACT_SHOCK", "LE_PROJECTILE_ELECTRIC"]


def test_the_meaning_may_be_chosen_by_its_name_or_code() -> None:
    assert ITEMS.resolve("CONTACT_SHOCK") == ["CONTACT_SHOCK"]
    assert ITEMS.resolve("direct contact shock weapon") == ["CONTACT_SHOCK"]


def test_a_list_entry_of_two_classes_lists_them() -> None:
    with pytest.raises(Unresolved) as caught:
        ITEMS.resolve("ML6")
    assert len(caught.value.ambiguous) == 2


def test_search_as_you_type_shows_the_class_and_the_word_it_was_found_by() -> None:
    found = ITEMS.find("pave", 5)
    assert [(m.code, m.name, m.detail) for m in found] == [
        ("BOMB_GUIDED", "Guided bomb", "paveway")
    ]
    assert [m.code for m in ITEMS.find("ML6", 5)] == [
        "ARMOURED_COMBAT_VEHICLE",
        "BATTLE_TANK",
    ]
    assert ITEMS.find("tazer", 5)[0].code == "LE_PROJECTILE_ELECTRIC"


CODES = StateIndex(
    STATES,
    [
        Label("COW", "345", "YUG", None, date(2003, 2, 4)),
        Label("COW", "345", "SCG", date(2003, 2, 4), date(2006, 6, 3)),
        Label("COW", "345", "SRB", date(2006, 6, 3)),
        Label("COW", "700", "AFG"),
        Label("M49", "004", "AFG"),
        Label("COW_LETTERS", "SIC", "IT1", None, date(1861, 1, 1)),
        Label("COW_LETTERS", "SIC", "IT2", None, date(1861, 1, 1)),
    ],
    [
        Label("SIPRI", "Biafra", "XXX"),
        Label("SIPRI", "Albion", "GBR"),
    ],
    ["GPI"],
)


@pytest.mark.parametrize(
    ("typed", "scheme", "on", "iso3"),
    [
        ("345", "COW", date(2003, 2, 3), "YUG"),
        ("345", "COW", date(2003, 2, 4), "SCG"),
        ("345", "COW", date(2006, 6, 3), "SRB"),
        ("345", "COW", None, "SRB"),
        ("700.0", "COW", None, "AFG"),
        ("4", "M49", None, "AFG"),
        (" Biafra ", "SIPRI", None, "XXX"),
        ("albion", "SIPRI", None, "GBR"),
        ("ivory coast", "SIPRI", None, "CIV"),
        ("ivory coast", "GPI", None, "CIV"),
    ],
)
def test_a_publisher_s_code_means_the_state_that_has_it_on_the_day(
    typed: str, scheme: str, on: date | None, iso3: str
) -> None:
    assert CODES.resolve(typed, scheme, on) == iso3


@pytest.mark.parametrize(
    ("typed", "scheme"),
    [
        # Codes of ISO and names are not looked for among those of another scheme.
        ("GBR", "COW"),
        ("United Kingdom", "COW"),
        ("999", "COW"),
        # What only one publisher calls so is not understood without him.
        ("Albion", ""),
        ("Biafra", ""),
        # Two states shared it, and neither has it now.
        ("SIC", "COW_LETTERS"),
    ],
)
def test_a_code_outside_its_scheme_is_refused(typed: str, scheme: str) -> None:
    with pytest.raises(Unresolved):
        CODES.resolve(typed, scheme)


def test_a_scheme_that_nobody_uses_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="ISO9"):
        CODES.resolve("GBR", "ISO9")


DATED = ItemIndex(
    [ItemName("UCAV", "Armed drone"), ItemName("ISR_UAV", "Unarmed drone")],
    [
        Phrase("heron", "ISR_UAV", ends=date(2020, 1, 1)),
        Phrase("heron", "UCAV", starts=date(2020, 1, 1)),
        Phrase("falconet", "UCAV", ends=date(2020, 1, 1)),
    ],
)


def test_a_word_means_what_it_meant_on_the_day() -> None:
    assert DATED.resolve("Heron", date(2019, 12, 31)) == ["ISR_UAV"]
    assert DATED.resolve("Heron", date(2020, 1, 1)) == ["UCAV"]
    assert DATED.resolve("Heron") == ["UCAV"]
    assert [m.code for m in DATED.find("heron", 5)] == ["UCAV"]


def test_a_word_that_went_out_of_use_is_known_on_its_days_only() -> None:
    assert DATED.resolve("falconet", date(2019, 12, 31)) == ["UCAV"]
    with pytest.raises(Unresolved):
        DATED.resolve("falconet")
    assert DATED.find("falconet", 5) == []


TERMS = TermIndex(
    "rating",
    {
        "ML16": Meaning("PARTS", "WARSHIP"),
        "ml16": Meaning("PARTS"),
        "End Use": Meaning("", is_clear=False),
        "Anti-ship torpedo": Meaning("TORPEDO_MINE"),
    },
)


def test_a_term_is_known_as_it_is_written_before_how_it_sounds() -> None:
    assert TERMS.resolve("ML16").codes == ("PARTS", "WARSHIP")
    assert TERMS.resolve("ml16").codes == ("PARTS",)
    assert TERMS.resolve(" anti ship TORPEDO ").codes == ("TORPEDO_MINE",)


def test_a_term_that_names_no_goods_means_no_class() -> None:
    assert TERMS.resolve("End Use").codes == ()


def test_a_term_that_is_not_held_is_refused_with_the_nearest() -> None:
    with pytest.raises(Unresolved, match="Anti-ship torpedo") as caught:
        TERMS.resolve("anti-ship torpedos")
    assert [m.name for m in caught.value.suggestions] == ["Anti-ship torpedo"]
