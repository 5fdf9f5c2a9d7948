"""The vocabularies of facts: what a coded column may hold."""

STATE_STATUS = ("un_member", "observer", "territory", "former", "other")
STATE_NAME_KIND = ("former", "other", "publisher")
# Who hands out codes of states. ISO3 and ISO2 hold the codes that ISO has withdrawn;
# those in force stand with the states themselves.
CODE_SCHEME = (
    "ISO3",
    "ISO2",
    "M49",
    "WORLD_BANK",
    "COW",
    "COW_LETTERS",
    "GW",
    "GW_LETTERS",
    "VDEM",
    "VDEM_LETTERS",
    "POLITY",
)
# Whose spellings of names differ from the usual ones; "" for names that anybody uses.
NAME_SCHEME = (
    "",
    "COW",
    "EU",
    "FREEDOM_HOUSE",
    "FSI",
    "GPI",
    "GW",
    "ISO",
    "SIPRI",
    "TI",
    "UCDP",
    "UK",
    "UN",
    "VDEM",
    "WORLD_BANK",
)

# The acts named `..._on_list` come from party lists without dates: they say how a
# state stood in the list, not since when.
ACTS = (
    "signature",
    "ratification",
    "accession",
    "acceptance",
    "approval",
    "succession",
    "provisional_application",
    "entry_into_force",
    "withdrawal_notice",
    "withdrawal_effective",
    "withdrawal_announced",
    "intends_not_to_become_party",
    "territorial_application",
    "territorial_exclusion",
    "suspension_notified",
    "accession_withdrawn",
    "expulsion",
    "member_on_list",
    "signatory_on_list",
    "adopter_on_list",
    "unclear_on_list",
    "not_on_list",
)
PRECISION = ("day", "month", "year", "unknown")

TARGET_KIND = (
    "territory",
    "government",
    "named_groups",
    "all_nongovernmental_forces",
    "exporter_side",
)
BINDING = ("chapter_vii", "eu_binding", "national_law", "political")
ACT_KIND = (
    "",
    "statute",
    "regulation",
    "decision",
    "court",
    "policy",
    "conditional",
)
DIRECTION = ("to", "from", "both")
END_USERS = ("all", "non_government", "named", "government")
COVERS = (
    "all_arms_and_related",
    "arms",
    "ammunition",
    "vehicles",
    "internal_repression_equipment",
    "training",
    "technical_assistance",
    "financing",
    "brokering",
    "dual_use",
    "crowd_control_items",
    "ap_mines",
    "cluster_munitions",
    "bombs_and_missiles",
    "firearms",
    "aircraft_parts",
    # a general test, or an ease: it stops no goods by name
    "none",
)
EXEMPTION_WHO = ("any", "un", "government", "peace_operation", "other")
EXEMPTION_GOODS = (
    "all",
    "non_lethal",
    "protective",
    "non_lethal_and_training",
    "other",
)
# `granted`: an approval that the committee gave, on record.
PROCEDURE = ("standing", "notify", "approve", "granted")
EFFECT = (
    "imposed",
    "renewed",
    "amended",
    "eased",
    "partly_lifted",
    "lifted",
    "expired",
    "suspended",
    "reimposed",
)
# Who coded a column that the source does not give: `source` or `judgement`.
BASIS = ("source", "judgement")

FORCE_KIND = (
    "ARMED_FORCES",
    "ARMY",
    "AIR_FORCE",
    "NAVY",
    "NATIONAL_GUARD",
    "PRESIDENTIAL_GUARD",
    "INTERNAL_SECURITY",
    "POLICE",
    "PRISON",
    "INTELLIGENCE",
    "BORDER_GUARD",
    "COAST_GUARD",
    "PEACE_OPERATION",
    "NSAG",
    "PMSC",
    "COMMERCIAL_DEALER",
    "MANUFACTURER_INTEGRATOR",
    "CIVILIAN",
    "PRIVATE_INDIVIDUAL",
    "UNKNOWN",
)
COALITION_ROLE = (
    "air_strike",
    "ground",
    "naval",
    "command",
    "basing_only",
    "announced_only",
)
OPERATION_ROLE = ("air", "ground", "naval", "command", "logistics", "basing")

PUBLISHER_CLASS = (
    "court",
    "un_mandated",
    "un_body",
    "regional_body",
    "state_admission",
    "ngo",
    "media",
)
FORCE_LEVEL = ("unit", "service", "state_forces")
VIOLATIONS = (
    "genocide",
    "crimes_against_humanity",
    "unlawful_killing",
    "torture",
    "enforced_disappearance",
    "arbitrary_detention",
    "sexual_violence",
    "excessive_force_protest",
    "death_in_custody",
    "indiscriminate_attack",
    "attack_on_civilians",
    "starvation_siege",
    "forced_displacement",
    "child_recruitment",
    "prohibited_weapon",
    "surveillance_abuse",
)
LEGAL_CLASS = (
    "genocide",
    "crime_against_humanity",
    "war_crime",
    "serious_ihl",
    "serious_ihrl",
    "other",
)
ACCOUNTABILITY = ("none", "partial", "effective", "unknown")
FINDING = ("adverse", "dismissed", "remedied")
SEARCH_SUBJECT = ("abuses", "diversion", "conflict")
# Whose conduct a search for abuses looked at.
LOOKED_AT = ("all", "police", "armed_forces")
# What turned up; "" where it was not noted. "nothing": texts that would report abuse
# came up and report none.
SEARCH_FOUND = ("", "good", "mixed", "bad", "nothing")

CONFLICT_ROLE = ("primary", "supporting")
DIVERSION_FROM = ("authorised_end_user", "supplier", "forged_end_user", "unknown")
DIVERSION_KIND = (
    "embargo_breach",
    "unauthorised_reexport",
    "end_use_breach",
    "supplied_to_nsag",
    "theft_loss",
    "sold_by_officials",
)

COUP_KIND = (
    "military_coup",
    "rebel_takeover",
    "popular_uprising",
    "self_coup",
    "palace_coup",
    "foreign_intervention",
    "counter_coup",
    "attempted_self_coup",
    "attempted_coup",
    "other",
)
COUP_COUNTS = ("y", "n", "disputed")
MISSION_KIND = (
    "peacekeeping",
    "peace enforcement",
    "counter-insurgency",
    "law enforcement support",
    "combat and stabilisation",
    "training",
    "special political mission",
    "counter-piracy",
    "embargo enforcement",
    "maritime escort",
)
LISTING_KIND = ("CAAC", "CRSV")
LISTING_STATUS = ("listed", "delisted", "on_notice", "not_listed")
JUDGMENT_OUTCOME = (
    "upheld",
    "quashed",
    "suspended",
    "remitted",
    "dismissed",
    "ordered",
    "inadmissible",
    "unknown",
)
# How sure of harm a text asks a state to be, the surest first; "" for no word of risk.
RUNG = ("", *(f"P{n}" for n in range(10)))
LAW_EFFECT = (
    "refuse",
    "weigh",
    "duty",
    "scope",
    "exception",
    "encouraged",
    "allow_if",
    "caution",
)
ANNEX = ("II", "III", "IV")
TIER = ("prohibited", "controlled", "execution_drug")

ATT_SCOPE = (
    "2(1)(a)",
    "2(1)(b)",
    "2(1)(c)",
    "2(1)(d)",
    "2(1)(e)",
    "2(1)(f)",
    "2(1)(g)",
    "2(1)(h)",
    "art3",
    "art4",
    "outside",
    "by_item",
)
STANDARD_TIER = ("none", "controlled", "prohibited")
SYNONYM_KIND = ("generic", "platform", "model", "brand")
# Whose words or ratings for goods these are.
TERM_SCHEME = ("SIPRI_DESCRIPTION", "UK_RATING")
# How surely a term means its class; "none" where it names no goods.
CONFIDENCE = ("clear", "probable", "none")
HIGHER_IS = ("better", "worse")
# What a row of a register of transfers is: SIPRI's orders, the EU's yearly licences.
REGISTER_KIND = ("order", "licences")
LISTED_KIND = ("person", "body", "vessel", "aircraft", "other")
VIOLENCE_KIND = ("state", "non_state", "one_sided")
