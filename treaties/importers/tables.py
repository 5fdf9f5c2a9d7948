"""What each file of a source may hold: its table and its columns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from treaties import models
from treaties.models import codes as c

from .kinds import Column, code, codes, day, flag, number, one, some, text, whole


@dataclass(frozen=True)
class Table:
    """A table of facts as files hold it.

    key: the column that names a row; where it is not `key`, its value is the key.
    """

    name: str
    model: type[models.Fact]
    columns: Mapping[str, Column]
    key: str = "key"

    @property
    def fields(self) -> list[str]:
        """The model's fields that a file fills, the key first."""
        rest = dict.fromkeys(column.field for column in self.columns.values())
        return ["key", *(name for name in rest if name != "key")]


_COMMON = {
    "publisher": text("publisher", 300, needed=True),
    "citation": text("citation", 400),
    "url": text("url", 800),
    "checked": flag("checked"),
    "checked_by": text("checked_by", 150),
    "checked_on": day("checked_on"),
    "known_from": day("known_from", blank=models.ALWAYS_KNOWN),
    "note": text("note"),
}
_PERIOD = {"starts": day("starts"), "ends": day("ends")}


def _table(
    called: str, model: type[models.Fact], key: str = "key", /, **columns: Column
) -> Table:
    named = {key: text(key, 120, needed=True)}
    return Table(called, model, {**named, **columns, **_COMMON}, key)


STATES = _table(
    "states",
    models.State,
    "iso3",
    iso2=text("iso2", 2),
    name=text("name", 100, needed=True),
    official_name=text("official_name", 200),
    other_names=text("other_names"),
    status=code("status", c.STATE_STATUS),
    parent=one("parent_id", "states", needed=False),
    region=text("region", 60),
    subregion=text("subregion", 60),
    un_member_since=day("un_member_since"),
    **_PERIOD,
)
STATE_NAMES = _table(
    "state_names",
    models.StateName,
    iso3=one("state_id", "states"),
    name=text("name", 120, needed=True),
    kind=code("kind", c.STATE_NAME_KIND),
    scheme=code("scheme", c.NAME_SCHEME),
    **_PERIOD,
)
STATE_CODES = _table(
    "state_codes",
    models.StateCode,
    iso3=one("state_id", "states"),
    scheme=code("scheme", c.CODE_SCHEME),
    code=text("code", 8, needed=True),
    **_PERIOD,
)
TREATIES = _table(
    "treaties",
    models.Treaty,
    "code",
    name=text("name", 200, needed=True),
    short_name=text("short_name", 80, needed=True),
    adopted_on=day("adopted_on"),
    opened_on=day("opened_on"),
    in_force=day("in_force"),
    depositary=text("depositary", 100),
    entry_into_force_rule=text("entry_into_force_rule"),
    withdrawal_rule=text("withdrawal_rule"),
    transfer_ban=text("transfer_ban"),
    complete_to=day("complete_to"),
    published_parties=text("published_parties", 100),
    coverage_note=text("coverage_note"),
)
ACTS = _table(
    "acts",
    models.TreatyAct,
    iso3=one("state_id", "states"),
    treaty=one("treaty_id", "treaties"),
    act=code("act", c.ACTS),
    on=day("on"),
    precision=code("precision", c.PRECISION),
)
EMBARGOES = _table(
    "embargoes",
    models.Embargo,
    issuer=one("issuer", "issuers"),
    target_kind=code("target_kind", c.TARGET_KIND),
    targets=some("targets", "states"),
    target_text=text("target_text", 200),
    binding=code("binding", c.BINDING),
    act_kind=code("act_kind", c.ACT_KIND),
    title=text("title", 120, needed=True),
    summary=text("summary"),
    **_PERIOD,
)
MEASURES = _table(
    "measures",
    models.EmbargoMeasure,
    embargo=one("embargo_id", "embargoes"),
    direction=code("direction", c.DIRECTION),
    covers=codes("covers", c.COVERS),
    end_users=code("end_users", c.END_USERS),
    named_forces=some("named_forces", "forces"),
    area=text("area", 200),
    imposed_by=text("imposed_by", 400),
    lifted_by=text("lifted_by", 300),
    basis=code("basis", c.BASIS),
    **_PERIOD,
)
EXEMPTIONS = _table(
    "exemptions",
    models.EmbargoExemption,
    embargo=one("embargo_id", "embargoes"),
    who=text("who", 200, needed=True),
    what=text("what", 200, needed=True),
    who_code=code("who_code", c.EXEMPTION_WHO),
    goods_code=code("goods_code", c.EXEMPTION_GOODS),
    procedure=code("procedure", c.PROCEDURE),
    granted_to=some("granted_to", "states"),
    instrument=text("instrument", 200),
    basis=code("basis", c.BASIS),
    **_PERIOD,
)
INSTRUMENTS = _table(
    "instruments",
    models.EmbargoInstrument,
    embargo=one("embargo_id", "embargoes"),
    instrument=text("instrument", 200, needed=True),
    on=day("on", needed=True),
    effect=code("effect", c.EFFECT),
    until=day("until"),
    what=text("what"),
)
FORCES = _table(
    "forces",
    models.Force,
    iso3=one("state_id", "states"),
    name=text("name", 120, needed=True),
    aliases=text("aliases"),
    kind=code("kind", c.FORCE_KIND),
    parent=one("parent_id", "forces", needed=False),
    **_PERIOD,
)
COALITION_ROLES = _table(
    "coalition_roles",
    models.CoalitionRole,
    coalition=one("coalition_id", "forces"),
    force=one("force_id", "forces"),
    iso3=one("state_id", "states"),
    role=code("role", c.COALITION_ROLE),
    **_PERIOD,
)
REPORTS = _table(
    "reports",
    models.AbuseReport,
    publisher_class=code("publisher_class", c.PUBLISHER_CLASS),
    title=text("title", 200, needed=True),
    published_on=day("published_on", needed=True),
    published_precision=code("published_precision", c.PRECISION),
    happened_from=day("happened_from"),
    happened_to=day("happened_to"),
    happened_precision=code("happened_precision", c.PRECISION),
    place=one("place_id", "states"),
    place_text=text("place_text", 100),
    iso3=one("state_id", "states"),
    force=one("force_id", "forces"),
    force_level=code("force_level", c.FORCE_LEVEL),
    violations=codes("violations", c.VIOLATIONS),
    legal_class=code("legal_class", c.LEGAL_CLASS),
    items=some("items", "items"),
    item_text=text("item_text", 200),
    pattern=whole("pattern", 1, 3),
    strength=whole("strength", 1, 3),
    accountability=code("accountability", c.ACCOUNTABILITY),
    finding=code("finding", c.FINDING),
    incident=text("incident", 60, needed=True),
    summary=text("summary", needed=True),
    civilian_harm=text("civilian_harm", 200),
    read_depth=text("read_depth", 10),
    finding_seen=text("finding_seen", 1),
    disagreement=text("disagreement", 300),
)
SEARCHES = _table(
    "searches",
    models.Search,
    iso3=one("state_id", "states", needed=False),
    subject=code("subject", c.SEARCH_SUBJECT),
    looked_at=code("looked_at", c.LOOKED_AT),
    searched_on=day("searched_on", needed=True),
    depth=text("depth", 20),
    queries=whole("queries", 1, 999, needed=False),
    languages=text("languages", 40),
    covers_from=day("covers_from"),
    covers_to=day("covers_to", needed=True),
    sources=text("sources", needed=True),
    result=text("result", needed=True),
    found=code("found", c.SEARCH_FOUND),
)
CONFLICT_YEARS = _table(
    "conflict_years",
    models.ConflictYear,
    conflict=text("conflict", 120, needed=True),
    conflict_id=text("conflict_id", 10),
    dyad_id=text("dyad_id", 10),
    kind=text("kind", 40),
    actor=text("actor", 100, needed=True),
    iso3=one("state_id", "states"),
    side=text("side", 1),
    role=code("role", c.CONFLICT_ROLE),
    places=some("places", "states"),
    year=whole("year", 1946, 2100),
    intensity=whole("intensity", 0, 2),
    is_abroad=flag("is_abroad"),
    side_supporters=whole("side_supporters", 0, 200),
)
OPERATIONS = _table(
    "operations",
    models.Operation,
    operation=text("operation", 120, needed=True),
    iso3=one("state_id", "states"),
    role=code("role", c.OPERATION_ROLE),
    place=one("place_id", "states"),
    is_party_to_fighting=flag("is_party_to_fighting"),
    starts_precision=code("starts_precision", c.PRECISION),
    ends_precision=code("ends_precision", ["", *c.PRECISION]),
    **_PERIOD,
)
DIVERSIONS = _table(
    "diversions",
    models.DiversionEvent,
    happened_on=day("happened_on", needed=True),
    happened_precision=code("happened_precision", c.PRECISION),
    known_precision=code("known_precision", c.PRECISION),
    iso3=one("state_id", "states", needed=False),
    from_role=code("from_role", c.DIVERSION_FROM),
    exporter=some("exporter", "states"),
    to_iso3=one("to_state_id", "states", needed=False),
    to_text=text("to_text", 100),
    items=some("items", "items"),
    kind=code("kind", c.DIVERSION_KIND),
    found_by=text("found_by", 120),
    strength=whole("strength", 1, 3),
    summary=text("summary", needed=True),
)
INDICATORS = _table(
    "indicators",
    models.Indicator,
    "code",
    name=text("name", 150, needed=True),
    unit=text("unit", 120, needed=True),
    scale_min=number("scale_min"),
    scale_max=number("scale_max"),
    higher_is=code("higher_is", c.HIGHER_IS),
)
ITEMS = _table(
    "items",
    models.ItemCategory,
    "code",
    name=text("name", 100, needed=True),
    description=text("description", needed=True),
    att_scope=code("att_scope", c.ATT_SCOPE),
    family=text("family", 20, needed=True),
    is_indiscriminate=flag("is_indiscriminate"),
    has_wide_area_effect=flag("has_wide_area_effect"),
    rel_ihl=whole("rel_ihl", 0, 3),
    rel_ihrl=whole("rel_ihrl", 0, 3),
    rel_gbv=whole("rel_gbv", 0, 3),
    rel_diversion=whole("rel_diversion", 0, 3),
    standard_tier=code("standard_tier", c.STANDARD_TIER),
    is_offered=flag("is_offered"),
)
SYNONYMS = _table(
    "synonyms",
    models.ItemSynonym,
    phrase=text("phrase", 80, needed=True),
    item=one("item_id", "items"),
    parent_item=some("parent_item", "items"),
    kind=code("kind", c.SYNONYM_KIND),
    maker=text("maker", 40),
    alternatives=some("alternatives", "items"),
    **_PERIOD,
)
GOODS_TERMS = _table(
    "goods_terms",
    models.GoodsTerm,
    scheme=code("scheme", c.TERM_SCHEME),
    term=text("term", 80, needed=True),
    words=text("words", 120),
    item=one("item_id", "items", needed=False),
    parent_item=some("parent_item", "items"),
    alternatives=some("alternatives", "items"),
    worst=some("worst", "items"),
    confidence=code("confidence", c.CONFIDENCE),
    is_military=flag("is_military"),
)
CONTROL_LISTS = _table(
    "control_lists",
    models.ControlListEntry,
    scheme=text("scheme", 16, needed=True),
    entry=text("entry", 40, needed=True),
    entry_text=text("entry_text", 200),
    item=one("item_id", "items"),
    parent_item=some("parent_item", "items"),
    tier=text("tier", 16),
    **_PERIOD,
)

CONFLICT_PARTIES = _table(
    "conflict_parties",
    models.ConflictParty,
    conflict=text("conflict", 120, needed=True),
    conflict_id=text("conflict_id", 10),
    dyad_id=text("dyad_id", 10),
    kind=text("kind", 40),
    actor=text("actor", 100, needed=True),
    force=one("force_id", "forces", needed=False),
    side=text("side", 1),
    role=code("role", c.CONFLICT_ROLE),
    places=some("places", "states"),
    year=whole("year", 1946, 2100),
    intensity=whole("intensity", 0, 2),
)
COUPS = _table(
    "coups",
    models.Coup,
    iso3=one("state_id", "states"),
    on=day("on", needed=True),
    kind=code("kind", c.COUP_KIND),
    flags=text("flags", 40),
    counts=code("counts", c.COUP_COUNTS),
    reversed_on=day("reversed_on"),
    order_restored_on=day("order_restored_on"),
)
MISSIONS = _table(
    "missions",
    models.Mission,
    mission=text("mission", 20, needed=True),
    name=text("name", 80, needed=True),
    organisation=text("organisation", 40, needed=True),
    kind=code("kind", c.MISSION_KIND),
    theatre=some("theatre", "states"),
    starts_precision=code("starts_precision", c.PRECISION),
    ends_precision=code("ends_precision", ["", *c.PRECISION]),
    **_PERIOD,
)
LISTINGS = _table(
    "listings",
    models.Listing,
    list=code("kind", c.LISTING_KIND),
    year=whole("year", 1990, 2100),
    iso3=one("state_id", "states"),
    party=text("party", 80, needed=True),
    force=one("force_id", "forces", needed=False),
    status=code("status", c.LISTING_STATUS),
    detail=text("detail", 150),
    published_on=day("published_on", needed=True),
    published_precision=code("published_precision", c.PRECISION),
)
EPISODES = _table(
    "episodes",
    models.Episode,
    title=text("title", 120, needed=True),
    published_on=day("published_on", needed=True),
    iso3=one("state_id", "states"),
    force=one("force_id", "forces", needed=False),
    place=one("place_id", "states"),
    place_text=text("place_text", 60),
    violations=codes("violations", c.VIOLATIONS),
    civilian_harm=text("civilian_harm", 80),
    incident=text("incident", 60, needed=True),
    summary=text("summary", needed=True),
    starts=day("starts", needed=True),
    ends=day("ends"),
)
JUDGMENTS = _table(
    "judgments",
    models.Judgment,
    court=text("court", 100, needed=True),
    iso3=one("state_id", "states", needed=False),
    case_name=text("case_name", 150, needed=True),
    case_number=text("case_number", 100, needed=True),
    decided_on=day("decided_on", needed=True),
    decided_precision=code("decided_precision", c.PRECISION),
    exporters=some("exporters", "states"),
    recipients=some("recipients", "states"),
    items=some("items", "items"),
    tests=text("tests", 80, needed=True),
    outcome=code("outcome", c.JUDGMENT_OUTCOME),
    holding=text("holding", needed=True),
    lesson=text("lesson", needed=True),
)
LAW_TEXTS = _table(
    "law_texts",
    models.LawText,
    instrument=text("instrument", 80, needed=True),
    issuer=some("issuer", "issuers"),
    article=text("article", 40, needed=True),
    tests=text("tests", 80),
    words=text("words", 150),
    rung=code("rung", c.RUNG),
    effect=code("effect", c.LAW_EFFECT),
    amended_by=text("amended_by", 150),
    **_PERIOD,
)
EMBARGO_TEXTS = _table(
    "embargo_texts",
    models.EmbargoText,
    issuer=one("issuer_id", "states"),
    instrument=text("instrument", 80, needed=True),
    target=one("target_id", "states", needed=False),
    article=text("article", 20, needed=True),
    prohibited=text("prohibited", 200, needed=True),
    goods=text("goods", 200, needed=True),
    to_whom=text("to_whom", 250, needed=True),
    exemptions=text("exemptions"),
    read_as_of=day("read_as_of", needed=True),
    **_PERIOD,
)
LISTED_GOODS = _table(
    "listed_goods",
    models.ListedGoods,
    regulation=text("regulation", 60, needed=True),
    annex=code("annex", c.ANNEX),
    entry=text("entry", 12, needed=True),
    what=text("what", 200, needed=True),
    tier=code("tier", c.TIER),
    cn_codes=text("cn_codes", 200),
    items=some("items", "items"),
    starts=day("starts", needed=True),
    ends=day("ends"),
)
EASED_DESTINATIONS = _table(
    "eased_destinations",
    models.EasedDestination,
    authorisation=text("authorisation", 40, needed=True),
    iso3=one("state_id", "states"),
    kind=text("kind", 20, needed=True),
    **_PERIOD,
)
REGIMES_WITHOUT_ARMS = _table(
    "regimes_without_arms",
    models.RegimeWithoutArms,
    issuer=one("issuer", "issuers"),
    target=one("target_id", "states"),
    title=text("title", 120, needed=True),
    measures=text("measures", 120, needed=True),
    base_act=text("base_act", 80, needed=True),
    **_PERIOD,
)

# In the order of writing: what is referred to comes first.
TABLES: Mapping[str, Table] = {
    table.name: table
    for table in (
        STATES,
        STATE_NAMES,
        STATE_CODES,
        TREATIES,
        ACTS,
        FORCES,
        EMBARGOES,
        MEASURES,
        EXEMPTIONS,
        INSTRUMENTS,
        COALITION_ROLES,
        ITEMS,
        SYNONYMS,
        CONTROL_LISTS,
        GOODS_TERMS,
        REPORTS,
        SEARCHES,
        CONFLICT_YEARS,
        OPERATIONS,
        DIVERSIONS,
        CONFLICT_PARTIES,
        COUPS,
        MISSIONS,
        LISTINGS,
        EPISODES,
        JUDGMENTS,
        LAW_TEXTS,
        EMBARGO_TEXTS,
        LISTED_GOODS,
        EASED_DESTINATIONS,
        REGIMES_WITHOUT_ARMS,
        INDICATORS,
    )
}

# Files named values_….csv: one row a state and year, one column an indicator.
VALUES_PREFIX = "values_"
VALUE_COLUMNS: Mapping[str, Column] = {
    "iso3": one("state_id", "states"),
    "year": whole("year", 1900, 2100),
    "known_from": day("known_from", needed=True),
}

Row = dict[str, Any]
