"""Template tags that every page shares: the verdict badge, days and words, a sparkline.

They only show; none reads the database.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from screening.templatetags import wording
from treaties.facts import day_date

register = template.Library()

# One shape a verdict, so that no page leans on colour alone.
_SHAPES = {
    "PROHIBITED": '<path d="M4 1h8l4 7-4 7H4L0 8z"/>',
    "REFUSE": '<path d="M8 0l8 8-8 8-8-8z"/>',
    "HIGH": '<path d="M8 1l8 14H0z"/>',
    "ELEVATED": '<circle cx="8" cy="8" r="7"/>',
    "LOW": '<circle class="shape-ring" cx="8" cy="8" r="6.3"/>',
}


@register.simple_tag
def shape(verdict: str) -> SafeString:
    """The verdict's shape, drawn in the colour of the text beside it."""
    drawn = _SHAPES.get(str(verdict), "")
    if not drawn:
        return SafeString("")
    return mark_safe(  # noqa: S308 - our own constant, no input in it
        '<svg class="shape" viewBox="0 0 16 16" aria-hidden="true" focusable="false">'
        f"{drawn}</svg>"
    )


@register.simple_tag(name="verdict")
def verdict_badge(verdict: str, is_complete: bool = True) -> SafeString:
    """The verdict as shape, word and colour, with INCOMPLETE beside it."""
    badge = format_html(
        '<span class="verdict {}">{}<span>{}</span></span>',
        verdict_class(verdict),
        shape(verdict),
        str(verdict),
    )
    if is_complete:
        return badge
    return format_html(
        '<span class="verdict-pair">{}{}</span>', badge, incomplete_badge()
    )


@register.simple_tag(name="incomplete")
def incomplete_badge() -> SafeString:
    """The hatched outline that says facts are missing."""
    return SafeString('<span class="incomplete"><span>INCOMPLETE</span></span>')


@register.filter
def verdict_class(verdict: str) -> str:
    """The class that colours a verdict; "" for what is none."""
    return f"v-{str(verdict).lower()}" if str(verdict) in _SHAPES else ""


@register.filter
def day(value: Any) -> str:
    """A day in words, from a date, an ISO string or a day number; or "not known"."""
    found = _as_date(value)
    if found is None:
        return wording.NOT_KNOWN
    return f"{found.day} {found:%B} {found.year}"


@register.filter
def day_to(value: Any, precision: str) -> str:
    """A day as exactly as it is known: "17 August 2018", "August 2018" or "2018"."""
    found = _as_date(value)
    if found is None or precision == "unknown":
        return wording.NOT_KNOWN
    if precision == "year":
        return str(found.year)
    return f"{found:%B %Y}" if precision == "month" else day(found)


@register.filter
def iso(value: Any) -> str:
    """A day as 2019-06-20, for links and machines; "" when there is none."""
    found = _as_date(value)
    return found.isoformat() if found else ""


def _as_date(value: Any) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, str) and value:
        try:
            return date.fromisoformat(value[:10])
        except ValueError:
            return None
    if isinstance(value, int) and not isinstance(value, bool):
        return day_date(value)
    return None


@register.filter
def verdict_words(verdict: str) -> str:
    """What a step of the scale means."""
    return wording.VERDICTS.get(str(verdict), wording.NOT_KNOWN)


@register.filter
def outcome_words(outcome: str) -> str:
    """What an outcome of a criterion says."""
    return wording.OUTCOMES.get(str(outcome)) or wording.plain(str(outcome))


@register.filter
def standing_words(standing: str) -> str:
    """How far a state is bound, in words."""
    return wording.STANDINGS.get(str(standing)) or wording.plain(str(standing))


@register.filter
def role_words(role: str) -> str:
    """A state's part in the transfer."""
    return wording.ROLES.get(str(role)) or wording.plain(str(role))


@register.filter
def basis_words(basis: str) -> str:
    """What a finding or a number rests on: law, policy or our judgement."""
    return wording.BASES.get(str(basis)) or wording.plain(str(basis))


@register.filter
def table_words(table: str) -> str:
    """What kind of fact a row of evidence is."""
    return wording.TABLES.get(str(table)) or wording.plain(str(table))


@register.filter
def binding_words(binding: str) -> str:
    """What gives an embargo its force."""
    return wording.BINDINGS.get(str(binding)) or wording.plain(str(binding))


@register.filter
def direction_words(direction: str) -> str:
    """Which way a measure stops goods, seen from its target."""
    return wording.DIRECTIONS.get(str(direction)) or wording.plain(str(direction))


@register.filter
def publisher_words(publisher_class: str) -> str:
    """What kind of publisher says so."""
    words = wording.PUBLISHERS.get(str(publisher_class))
    return words or wording.plain(str(publisher_class))


@register.filter
def violation_words(violation: str) -> str:
    """What kind of violation a report speaks of."""
    return wording.VIOLATIONS.get(str(violation)) or wording.plain(str(violation))


@register.filter
def plain(code: Any) -> str:
    """A code as plain words: "INTERNAL_SECURITY" reads "internal security"."""
    return wording.plain(str(code or ""))


@register.filter
def words(code: Any, table: str) -> str:
    """The words of a code from one of the tables of wording."""
    return wording.WORDS[table].get(str(code or ""), wording.NOT_KNOWN)


@register.filter
def rule(code: Any) -> str:
    """Where the rule behind one of our codes stands."""
    return wording.rule(str(code or ""))


@register.filter
def codes(value: str) -> list[str]:
    """The codes that "A|B" joins."""
    return [code for code in str(value or "").split("|") if code]


@register.filter
def grid(level: int | None, column: str) -> str:
    """What 0 to 3 says in a column of the evidence grid."""
    return wording.grid_words(column, level)


@register.filter
def named(code: str, names: Mapping[str, str]) -> str:
    """The name of a code, or the code itself where no name is recorded."""
    return names.get(str(code), str(code)) if code else wording.NOT_KNOWN


@register.filter
def named_list(value: str, names: Mapping[str, str]) -> str:
    """The names of the codes that "A|B" joins, as a list in words."""
    parts = [names.get(code, wording.plain(code)) for code in codes(value)]
    return " and ".join([*filter(None, [", ".join(parts[:-1])]), *parts[-1:]])


@register.filter
def numbers(
    names: Sequence[str], read: Mapping[str, dict[str, Any]]
) -> list[tuple[str, dict[str, Any]]]:
    """The numbers of a finding, by the last part of its name in the rulebook."""
    return [(name.rpartition("/")[2], read[name]) for name in names]


_ISO_DAY = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")


@register.filter
def said(sentence: Any) -> str:
    """A sentence of the engine with its days in words."""
    return _ISO_DAY.sub(lambda found: day(found[1]), str(sentence or ""))


@register.filter
def value_words(value: Any) -> str:
    """The value of a parameter: a number, a list of codes, or how long a table is."""
    if isinstance(value, Mapping):
        return f"a table of {len(value)} entries"
    if isinstance(value, list):
        return ", ".join(wording.plain(str(part)) for part in value) or "none"
    return str(value)


Numbered = list[tuple[int, Mapping[str, Any]]]


@register.filter
def speaking(findings: list[Mapping[str, Any]]) -> Numbered:
    """The findings that apply, each with its place among all of them."""
    return [(n, f) for n, f in enumerate(findings) if not _is_silent(f)]


@register.filter
def silent(findings: list[Mapping[str, Any]]) -> Numbered:
    """The findings that do not apply, each with its place among all of them."""
    return [(n, f) for n, f in enumerate(findings) if _is_silent(f)]


def _is_silent(finding: Mapping[str, Any]) -> bool:
    return finding.get("outcome") == "NOT_APPLICABLE"


@register.filter
def unanswered(told: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The gaps that are not critical, each once."""
    critical = {gap["text"] for gap in told.get("gaps", ())}
    found = {
        gap["text"]: gap
        for finding in told.get("findings", ())
        for gap in finding.get("gaps", ())
    }
    return [gap for text, gap in found.items() if text not in critical]


@register.filter
def several_items(findings: list[Mapping[str, Any]]) -> bool:
    """Whether findings of different items must be told apart by name."""
    return len({f["item"] for f in findings if f.get("item")}) > 1


@register.filter
def place_of(findings: list[Mapping[str, Any]], criterion: str) -> int:
    """The place of the gravest finding of a criterion; findings are sorted so."""
    return next(
        (n for n, f in enumerate(findings) if f.get("criterion") == criterion), 0
    )


@register.filter
def picked(picks: Mapping[str, Any], name: str) -> Any:
    """The entry of a mapping under a name that only the template knows."""
    return picks.get(name, ()) if picks else ()


@register.simple_tag
def sparkline(
    points: Iterable[tuple[int, float]], low: float | None, high: float | None
) -> str:
    """A line of yearly values between `low` and `high`, as an SVG without labels.

    Where the scale has no end, the lowest or highest value stands for it.

    The figures stand in the table beside it, so the drawing is hidden from readers
    that cannot see it. A year without a value breaks the line.
    """
    values = sorted(points)
    if len(values) < 2:
        return SafeString("")
    low = min(v for _, v in values) if low is None else low
    high = max(v for _, v in values) if high is None else high
    if high <= low:
        return SafeString("")
    first, last = values[0][0], values[-1][0]

    def place(year: int, value: float) -> str:
        x = 4 + 232 * (year - first) / (last - first)
        y = 60 - 56 * (min(max(value, low), high) - low) / (high - low)
        return f"{x:.1f},{y:.1f}"

    lines = format_html_join(
        "",
        '<polyline points="{}"/>',
        ((" ".join(place(*point) for point in run),) for run in _runs(values)),
    )
    x, y = place(*values[-1]).split(",")
    return format_html(
        '<svg class="spark" viewBox="0 0 240 64" preserveAspectRatio="none"'
        ' aria-hidden="true" focusable="false">'
        '<line x1="0" y1="60" x2="240" y2="60"/>{}'
        '<circle cx="{}" cy="{}" r="2.5"/></svg>',
        lines,
        x,
        y,
    )


def _runs(values: list[tuple[int, float]]) -> list[list[tuple[int, float]]]:
    runs: list[list[tuple[int, float]]] = []
    for year, value in values:
        if runs and year - runs[-1][-1][0] <= 1:
            runs[-1].append((year, value))
        else:
            runs.append([(year, value)])
    return runs


_AIMS = {
    "territory": "the whole territory of {0}",
    "government": "the government of {0}",
    "named_groups": "<em>named groups</em> in {0}",
    "all_nongovernmental_forces": "<em>all non-state forces</em> in {0}",
    "exporter_side": "exports to {0}",
}


@register.simple_tag
def aim(embargo: Any, names: Any) -> SafeString:
    """Whom an embargo is aimed at: a state, or only groups inside it."""
    targets = named_list(embargo.targets, names.states) or "every state"
    said = format_html(_AIMS.get(embargo.target_kind, "{0}"), targets)
    if embargo.target_kind == "named_groups" and embargo.target_text:
        return format_html("{}: {}", said, embargo.target_text)
    return said


@register.simple_tag(takes_context=True)
def here(context: template.Context, prefix: str) -> str:
    """`aria-current` for the link of the section that is open."""
    request = context.get("request")
    path = request.path if request is not None else ""
    return SafeString('aria-current="page"') if path.startswith(prefix) else ""
