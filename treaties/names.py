"""From what people type to the one thing they mean, or to a helpful refusal.

Pure: it works on rows given to it; `treaties.selectors` keeps the indexes.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

# How near two names must be, out of 100, before one is offered for the other.
NEAR_ENOUGH = 68
# Shorter names are codes: almost any text is like some code.
_SHORTEST_ALIKE = 4
N_SUGGESTIONS = 3
# One thing may have as many names that are alike.
_NAMES_EACH = 5
# For what is refused: a distant likeness may still help whoever must correct it.
WORTH_NAMING = 50


@dataclass(frozen=True)
class Match:
    """Something that a text may mean: its code, its name, what tells it apart.

    score: 100 for the very name, less for a part of it or for a likeness.
    """

    code: str
    name: str
    detail: str = ""
    score: float = 100.0


class Unresolved(LookupError):
    """A text that names nothing, or more than one thing.

    kind: state, force or item. `ambiguous`: what it may mean. `suggestions`: what is
    like it, when it names nothing.
    """

    def __init__(
        self,
        text: str,
        kind: str,
        suggestions: Sequence[Match] = (),
        ambiguous: Sequence[Match] = (),
    ) -> None:
        self.text = text
        self.kind = kind
        self.suggestions = list(suggestions)
        self.ambiguous = list(ambiguous)
        super().__init__(self._said())

    def _said(self) -> str:
        named = " or ".join(
            f"{m.name} ({m.code})" for m in self.ambiguous or self.suggestions
        )
        if self.ambiguous:
            return f"“{self.text}” can mean {named}."
        hint = f" Did you mean {named}?" if named else ""
        return f"“{self.text}” is not the name or code of any {self.kind}.{hint}"


def plain(text: str) -> str:
    """The text as names are compared: no case, accents, marks or doubled blanks.

    >>> plain("Côte d'Ivoire")
    'cote d ivoire'
    >>> plain("The Gambia")
    'gambia'
    """
    bare = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    words = re.sub(r"[^\w]+", " ", bare.replace("&", " and ")).split()
    return " ".join(words[1:] if words[:1] == ["the"] and words[1:] else words)


@dataclass(frozen=True)
class Entry:
    """A thing with the names it goes by, the first of them the one to show.

    group: what it belongs to, to search in one group only (the state of a force).
    """

    code: str
    names: tuple[str, ...]
    detail: str = ""
    group: str = ""

    @property
    def match(self) -> Match:
        return Match(self.code, self.names[0], self.detail)


@dataclass
class NameIndex:
    """Entries by their codes and names; `kind` says in messages what they are."""

    kind: str
    entries: Sequence[Entry]
    _by_name: dict[str, list[Entry]] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        by_name: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            for name in {plain(n) for n in (entry.code, *entry.names)} - {""}:
                by_name[name].append(entry)
        self._by_name = dict(by_name)

    def resolve(self, text: str, group: str = "") -> str:
        """The code of the one entry that has this code or name.

        Raises Unresolved when there is none, or more than one.
        """
        found = self._within(self._by_name.get(plain(text), []), group)
        exact = [entry for entry in found if entry.code.casefold() == text.casefold()]
        found = exact or found
        if len(found) == 1:
            return found[0].code
        if found:
            choices = [entry.match for entry in found]
            raise Unresolved(text, self.kind, ambiguous=choices)
        near = self.find(text, N_SUGGESTIONS, group, WORTH_NAMING)
        raise Unresolved(text, self.kind, suggestions=near)

    def find(
        self, text: str, limit: int, group: str = "", near: int = NEAR_ENOUGH
    ) -> list[Match]:
        """The entries that a text begins, occurs in, or is like; the best first.

        near: how like it a name must be, out of 100, when the text occurs in none.
        """
        wanted = plain(text)
        if not wanted:
            return []
        best: dict[str, Match] = {}
        for name, entries in self._by_name.items():
            score = closeness(wanted, name)
            for entry in self._within(entries, group) if score else []:
                _keep_best(best, entry, name, score)
        if not best:
            self._add_alike(best, wanted, limit, group, near)
        return ranked(best.values(), limit)

    def _add_alike(
        self, best: dict[str, Match], wanted: str, limit: int, group: str, near: int
    ) -> None:
        names = [
            name
            for name, entries in self._by_name.items()
            if self._within(entries, group)
        ]
        for name, score in alike(wanted, names, _NAMES_EACH * limit, near):
            for entry in self._within(self._by_name[name], group):
                _keep_best(best, entry, name, score)

    def match(self, code: str) -> Match:
        """The entry of a code, or the bare code when it has none."""
        held = (entry.match for entry in self.entries if entry.code == code)
        return next(held, Match(code, code))

    @staticmethod
    def _within(entries: Iterable[Entry], group: str) -> list[Entry]:
        return [entry for entry in entries if not group or entry.group == group]


@dataclass(frozen=True)
class Label:
    """A code or a spelling of one publisher, and the state it means in a period."""

    scheme: str
    text: str
    state: str
    starts: date | None = None
    ends: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether the half-open period holds on a day."""
        begun = self.starts is None or self.starts <= day
        return begun and (self.ends is None or day < self.ends)


class StateIndex:
    """States by their names and codes, and by the codes that publishers give them."""

    def __init__(
        self,
        names: NameIndex,
        codes: Iterable[Label],
        spellings: Iterable[Label],
        publishers: Iterable[str] = (),
    ) -> None:
        """publishers: who may be named, though their spellings be the usual ones."""
        self._names = names
        self._codes = _by_scheme(codes, _as_code)
        usual: dict[str, dict[str, list[Label]]] = {name: {} for name in publishers}
        self._spellings = usual | _by_scheme(spellings, plain)

    def find(self, text: str, limit: int) -> list[Match]:
        """The states that a text begins, occurs in, or is like; the best first."""
        return self._names.find(text, limit)

    def resolve(self, text: str, scheme: str = "", on: date | None = None) -> str:
        """The state that a name or code means; see `treaties.selectors.resolve_state`.

        Raises Unresolved, and ValueError for a scheme that nobody uses.
        """
        if not scheme:
            return self._names.resolve(text)
        if scheme in self._codes:
            return self._of_code(text, scheme, on)
        if scheme not in self._spellings:
            message = f"no publisher's codes or names are held as {scheme}"
            raise ValueError(message)
        spelt = _meant(self._spellings[scheme].get(plain(text), ()), on)
        return spelt[0] if len(spelt) == 1 else self._names.resolve(text)

    def _of_code(self, text: str, scheme: str, on: date | None) -> str:
        found = _meant(self._codes[scheme].get(_as_code(text), ()), on)
        if len(found) == 1:
            return found[0]
        if found:
            choices = [self._names.match(code) for code in found]
            raise Unresolved(text, f"state in {scheme}", ambiguous=choices)
        raise Unresolved(text, f"state in {scheme}")


def _by_scheme(
    labels: Iterable[Label], plainly: Callable[[str], str]
) -> dict[str, dict[str, list[Label]]]:
    index: dict[str, dict[str, list[Label]]] = defaultdict(lambda: defaultdict(list))
    for label in labels:
        index[label.scheme][plainly(label.text)].append(label)
    return {scheme: dict(texts) for scheme, texts in index.items()}


def _as_code(text: str) -> str:
    """A code as it is compared: 4, 004 and 4.0 are one number.

    >>> _as_code("004"), _as_code("4.0"), _as_code(" rom ")
    ('4', '4', 'ROM')
    """
    bare = text.strip().upper()
    number = re.fullmatch(r"0*([0-9]+)(\.0+)?", bare)
    return number[1] if number else bare


def _meant(labels: Iterable[Label], on: date | None) -> list[str]:
    """The states that a code means on a day; without a day, who has it now, or had."""
    ever = list(labels)
    if on is not None:
        held = [label for label in ever if label.holds_on(on)]
    else:
        held = [label for label in ever if label.ends is None] or ever
    return list(dict.fromkeys(label.state for label in held))


def closeness(wanted: str, name: str) -> float:
    """How well a typed text fits a name, out of 100; 0 when it does not occur in it.

    >>> closeness("saudi", "saudi arabia") > closeness("arabia", "saudi arabia")
    True
    >>> closeness("rabi", "saudi arabia")
    0
    """
    if wanted == name:
        return 100
    # The nearer the text comes to the whole name, the better.
    share = len(wanted) / len(name)
    if name.startswith(wanted):
        return 85 + 10 * share
    if f" {name}".find(f" {wanted}") >= 0:
        return 70 + 10 * share
    return 0


def alike(
    wanted: str, names: Iterable[str], limit: int, near: int = NEAR_ENOUGH
) -> list[tuple[str, float]]:
    """Names that are like a text that occurs in none of them, with a score below 70."""
    long_enough = [name for name in names if len(name) >= _SHORTEST_ALIKE]
    found = process.extract(
        wanted,
        long_enough,
        scorer=fuzz.token_sort_ratio,
        limit=limit,
        score_cutoff=near,
    )
    return [(name, score * 0.69) for name, score, _ in found]


def ranked(matches: Iterable[Match], limit: int) -> list[Match]:
    """The best matches first; equals by name and code."""
    return sorted(matches, key=lambda m: (-m.score, m.name, m.code))[:limit]


def _keep_best(best: dict[str, Match], entry: Entry, name: str, score: float) -> None:
    held = best.get(entry.code)
    if held is None or held.score < score:
        best[entry.code] = Match(
            entry.code, entry.names[0], _detail(entry, name), score
        )


def _detail(entry: Entry, found_by: str) -> str:
    """What tells the entry apart, with the other name it was found by."""
    shown = {plain(entry.names[0]), plain(entry.code)}
    said = (
        ""
        if found_by in shown
        else next((n for n in entry.names if plain(n) == found_by), "")
    )
    return ", ".join(part for part in (entry.detail, said) if part)
