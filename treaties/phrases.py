"""Which classes of items a description names: the longest phrase first.

Pure. Phrases match on word boundaries. Between a letter and a digit a hyphen, a blank
and nothing are one (M-60A3, M 60A3, M60A3); elsewhere a hyphen is a blank. Two words
are never joined (a PC-9 is no APC). A plural and a designation's variant letters are
tried without: tasers, F-16D.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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

    @property
    def codes(self) -> tuple[str, ...]:
        """The class; for parts, PARTS and the class that they are parts of."""
        return (self.code, self.parent) if self.parent else (self.code,)


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
        self._phrases = {
            joined(tokens(p.text)): p for p in phrases if p.code in self._offered
        }
        self._longest = 2 + max((len(k.split()) for k in self._phrases), default=0)
        self._entries: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            self._add_entry(entry)

    def _add_entry(self, entry: ListEntry) -> None:
        for said in (entry.entry, f"{entry.scheme} {entry.entry}"):
            held = self._entries[joined(tokens(said.replace("_", " ")))]
            if entry.code in self._offered and entry.code not in held:
                held.append(entry.code)

    def resolve(self, text: str) -> list[str]:
        """The codes of the classes that a text names, in its order.

        Parts are PARTS followed by the class that they are parts of, when it is known.
        Raises Unresolved when it names nothing, or when a phrase has alternatives:
        naming a class by its own code or name chooses it.
        """
        chosen = self._chosen(text)
        if chosen:
            return chosen
        found = self.phrases_in(text)
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

    def phrases_in(self, text: str) -> list[Phrase]:
        """The phrases found in a text, left to right, none overlapping another."""
        words = tokens(text)
        found: list[Phrase] = []
        at = 0
        while at < len(words):
            phrase, length = self._at(words, at)
            if phrase is not None:
                found.append(phrase)
            at += length
        return found

    def _at(self, words: list[str], at: int) -> tuple[Phrase | None, int]:
        for length in range(min(self._longest, len(words) - at), 0, -1):
            phrase = self._lookup(words[at : at + length])
            if phrase is not None:
                return phrase, length
        return None, 1

    def _lookup(self, words: list[str]) -> Phrase | None:
        key = joined(words)
        found = self._phrases.get(key)
        if found is None and key.endswith("s") and len(key) > _SHORTEST_PLURAL:
            found = self._phrases.get(key[:-1])
        variant = _VARIANT.match(words[-1])
        # A number by itself is no designation: 40mm is no variant of 40.
        if found is None and variant and (words[1:] or not variant[1].isdigit()):
            found = self._phrases.get(joined([*words[:-1], variant[1]]))
        return found

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
        for said, phrase in self._phrases.items():
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
            phrase = self._phrases[said]
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
