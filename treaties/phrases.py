"""Which classes of items a description names: the longest phrase first.

Pure. Phrases match on word boundaries. Between a letter and a digit a hyphen, a blank
and nothing are one (M-60A3, M 60A3, M60A3); elsewhere a hyphen is a blank. Two words
are never joined (a PC-9 is no APC). A plural and a designation's variant letters are
tried without: tasers, F-16D.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from treaties.names import (
    N_SUGGESTIONS,
    Match,
    Unresolved,
    alike,
    closeness,
    plain,
    ranked,
)

PARTS = "PARTS"
_EDGES = ".'&+"
# MiG-21bis, F-16D: the letters after the number name a variant.
_VARIANT = re.compile(r"^([^\W\d]*\d{1,4})[^\W\d]\w*$")
_SHORTEST_PLURAL = 4


@dataclass(frozen=True)
class ItemName:
    """A class of items; `is_offered`: whether a person may choose it."""

    code: str
    name: str
    is_offered: bool = True


@dataclass(frozen=True)
class Phrase:
    """Words that mean a class; `alternatives`: classes that they may mean as well."""

    text: str
    code: str
    parent: str = ""
    alternatives: tuple[str, ...] = ()
    starts: date | None = None
    ends: date | None = None

    def holds_on(self, day: date | None) -> bool:
        """Whether the half-open period holds on a day; None is after every change."""
        if day is None:
            return self.ends is None
        begun = self.starts is None or self.starts <= day
        return begun and (self.ends is None or day < self.ends)

    @property
    def codes(self) -> tuple[str, ...]:
        """The class; for parts, PARTS and the class that they are parts of."""
        return (self.code, self.parent) if self.parent else (self.code,)


@dataclass(frozen=True)
class Meaning:
    """What a register's term for goods means here.

    code: "" where the term controls a destination or an end use and names no goods; for
        parts PARTS, with what they are parts of in `parent`. Alternatives and `worst`
        write parts as PARTS:WARSHIP.
    worst: of the classes that it may mean, the one to screen with.
    """

    code: str
    parent: str = ""
    alternatives: tuple[str, ...] = ()
    worst: str = ""
    is_clear: bool = True
    is_military: bool = True

    @property
    def codes(self) -> tuple[str, ...]:
        """As `resolve_item` gives them: PARTS before its parent; none for no goods."""
        return tuple(code for code in (self.code, self.parent) if code)


class TermIndex:
    """The terms of one register; `kind` says in messages what they are."""

    def __init__(self, kind: str, meanings: Mapping[str, Meaning]) -> None:
        self._kind = kind
        self._exact = dict(meanings)
        self._plain = {plain(term): (term, said) for term, said in meanings.items()}

    def resolve(self, text: str) -> Meaning:
        """What the term means. Raises Unresolved with the nearest terms."""
        exact = self._exact.get(text.strip())
        if exact is not None:
            return exact
        said = self._plain.get(plain(text))
        if said is not None:
            return said[1]
        near = alike(plain(text), self._plain, N_SUGGESTIONS)
        terms = [self._plain[name][0] for name, _ in near]
        matches = [Match("".join(self._exact[t].codes[:1]), t) for t in terms]
        raise Unresolved(text, self._kind, suggestions=matches)


@dataclass(frozen=True)
class ListEntry:
    """An entry of a control list and the class it holds."""

    scheme: str
    entry: str
    code: str


def tokens(text: str) -> list[str]:
    """The words of a text, cut at blanks, hyphens and strokes.

    >>> tokens("a 10-year deal on M-60A3")
    ['10', 'year', 'deal', 'on', 'm', '60a3']
    """
    bare = re.sub(r"[^\w.+/'&-]+", " ", text.lower()).strip()
    # The article before a number would make "a 10" an A-10.
    bare = re.sub(r"(^| )an? (?=\d)", r"\1", bare)
    cut = (token.strip(_EDGES) for token in re.split(r"[ \-/]+", bare))
    return [token for token in cut if token]


def joined(words: Sequence[str]) -> str:
    """The words as one key: nothing between a letter and a digit.

    >>> joined(["m", "60a3"]), joined(["m60a3"]), joined(["tear", "gas"])
    ('m60a3', 'm60a3', 'tear gas')
    """
    text = " ".join(words)
    return re.sub(r"(?<=[^\W\d]) (?=\d)|(?<=\d) (?=[^\W\d])", "", text)


class ItemIndex:
    """Classes, phrases and list entries, ready to be asked."""

    def __init__(
        self,
        items: Iterable[ItemName],
        phrases: Iterable[Phrase],
        entries: Iterable[ListEntry] = (),
    ) -> None:
        self._items = {item.code: item for item in items}
        self._offered = {c: i for c, i in self._items.items() if i.is_offered}
        self._by_name = {plain(i.name): c for c, i in self._offered.items()}
        self._phrases: dict[str, list[Phrase]] = defaultdict(list)
        for phrase in phrases:
            if phrase.code in self._offered:
                self._phrases[joined(tokens(phrase.text))].append(phrase)
        self._longest = 2 + max((len(k.split()) for k in self._phrases), default=0)
        self._entries: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            self._add_entry(entry)

    def _add_entry(self, entry: ListEntry) -> None:
        for said in (entry.entry, f"{entry.scheme} {entry.entry}"):
            held = self._entries[joined(tokens(said.replace("_", " ")))]
            if entry.code in self._offered and entry.code not in held:
                held.append(entry.code)

    def resolve(self, text: str, on: date | None = None) -> list[str]:
        """The codes of the classes that a text names, in its order.

        on: the day on which it was written; None is today, for a word that has changed
            its meaning.

        Parts are PARTS followed by the class that they are parts of, when it is known.
        Raises Unresolved when it names nothing, or when a phrase has alternatives:
        naming a class by its own code or name chooses it.
        """
        chosen = self._chosen(text)
        if chosen:
            return chosen
        found = self.phrases_in(text, on)
        unclear = next((p for p in found if p.alternatives), None)
        if unclear is not None:
            raise Unresolved(text, "item", ambiguous=self._choices(unclear))
        if found:
            return _parts_first(c for phrase in found for c in phrase.codes)
        listed = self._entries.get(joined(tokens(text)), [])
        if len(listed) == 1:
            return list(listed)
        if listed:
            raise Unresolved(text, "item", ambiguous=[self._match(c) for c in listed])
        raise Unresolved(text, "item", suggestions=self.find(text, N_SUGGESTIONS))

    def _chosen(self, text: str) -> list[str]:
        head, _, parent = text.strip().upper().partition(":")
        if head == PARTS and parent in self._offered:
            return [PARTS, parent]
        if text.strip().upper() in self._offered:
            return [text.strip().upper()]
        code = self._by_name.get(plain(text))
        return [code] if code else []

    def phrases_in(self, text: str, on: date | None = None) -> list[Phrase]:
        """The phrases found in a text, left to right, none overlapping another."""
        words = tokens(text)
        found: list[Phrase] = []
        at = 0
        while at < len(words):
            phrase, length = self._at(words, at, on)
            if phrase is not None:
                found.append(phrase)
            at += length
        return found

    def _at(
        self, words: list[str], at: int, on: date | None
    ) -> tuple[Phrase | None, int]:
        for length in range(min(self._longest, len(words) - at), 0, -1):
            phrase = self._lookup(words[at : at + length], on)
            if phrase is not None:
                return phrase, length
        return None, 1

    def _lookup(self, words: list[str], on: date | None) -> Phrase | None:
        key = joined(words)
        found = self._holding(key, on)
        if found is None and key.endswith("s") and len(key) > _SHORTEST_PLURAL:
            found = self._holding(key[:-1], on)
        variant = _VARIANT.match(words[-1])
        # A number by itself is no designation: 40mm is no variant of 40.
        if found is None and variant and (words[1:] or not variant[1].isdigit()):
            found = self._holding(joined([*words[:-1], variant[1]]), on)
        return found

    def _holding(self, key: str, on: date | None) -> Phrase | None:
        said = self._phrases.get(key, ())
        return next((phrase for phrase in said if phrase.holds_on(on)), None)

    def _choices(self, phrase: Phrase) -> list[Match]:
        codes = dict.fromkeys((phrase.codes[-1], *phrase.alternatives))
        return [self._match(code) for code in codes]

    def _match(self, code: str, detail: str = "", score: float = 100.0) -> Match:
        parent = code.partition(":")[2]
        if parent:
            name = f"{self._name(PARTS)}: {self._name(parent)}"
            return Match(code, name, detail, score)
        return Match(code, self._name(code), detail, score)

    def _name(self, code: str) -> str:
        item = self._items.get(code)
        return item.name if item else code

    def find(self, text: str, limit: int) -> list[Match]:
        """Classes by name, code, phrase or list entry as far as it is typed."""
        wanted, key = plain(text), joined(tokens(text))
        if not wanted:
            return []
        best: dict[str, Match] = {}
        for code, item in self._offered.items():
            names = (plain(item.name), plain(code))
            score = max(closeness(wanted, name) for name in names)
            self._keep(best, code, code, score)
        for said in self._phrases:
            phrase = self._holding(said, None)
            if phrase is not None:
                self._keep(best, _code(phrase), phrase.text, closeness(key, said) - 1)
        for said, codes in self._entries.items():
            score = 99 if said == key else 0
            for code in codes:
                self._keep(best, code, text.strip().upper(), score)
        if not best:
            self._keep_alike(best, key, limit)
        return ranked(best.values(), limit)

    def _keep_alike(self, best: dict[str, Match], key: str, limit: int) -> None:
        for said, score in alike(key, self._phrases, limit):
            phrase = self._holding(said, None)
            if phrase is not None:
                self._keep(best, _code(phrase), phrase.text, score)

    def _keep(
        self, best: dict[str, Match], code: str, detail: str, score: float
    ) -> None:
        if score > 0 and (code not in best or best[code].score < score):
            best[code] = self._match(code, detail, score)


def _code(phrase: Phrase) -> str:
    return ":".join(phrase.codes)


def _parts_first(codes: Iterable[str]) -> list[str]:
    """Each code once; "F-16 parts" are parts of it, whichever word came first."""
    found = list(dict.fromkeys(codes))
    if PARTS in found:
        return [PARTS, *(code for code in found if code != PARTS)]
    return found
