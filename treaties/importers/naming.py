"""What publishers call states, resolved: here alone importers ask for names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from treaties.names import StateIndex, Unresolved
from treaties.phrases import TermIndex
from treaties.selectors.lookup import NO_STATE, state_index, term_index

from .kinds import BadValueError

_N_NEAREST = 3


@dataclass
class Names:
    """States by the codes or spellings of one publisher; each is resolved once.

    Everything is read from the database at the start: while rows are being written the
    connection can answer nothing else.
    """

    scheme: str = ""
    # Spellings that only this publisher uses, with the ISO code, or XXX.
    spellings: Mapping[str, str] = field(default_factory=dict)
    # Whose words for goods are asked for (models.codes.TERM_SCHEME), if any.
    terms: str = ""
    _states: StateIndex = field(default_factory=state_index)
    _goods: TermIndex | None = None
    _known: dict[tuple[str, str, date | None], str | None] = field(default_factory=dict)

    def state(
        self, text: str, *, scheme: str | None = None, on: date | None = None
    ) -> str | None:
        """The ISO code, or None for what the publisher counts and is no single state.

        on: the day of what it stands beside, for codes that passed to another state.
        Raises BadValueError with the three nearest names.
        """
        told = self.scheme if scheme is None else scheme
        if (told, text, on) not in self._known:
            self._known[told, text, on] = self._resolved(text, told, on)
        return self._known[told, text, on]

    def __post_init__(self) -> None:
        if self.terms:
            self._goods = term_index(self.terms)

    def unknown_goods(self, terms: Iterable[str]) -> list[str]:
        """The register's words that no class of items is known for."""
        return sorted({term for term in terms if not self._means_goods(term)})

    def _means_goods(self, term: str) -> bool:
        try:
            return self._goods is not None and bool(self._goods.resolve(term))
        except Unresolved:
            return False

    def _resolved(self, text: str, scheme: str, on: date | None) -> str | None:
        if not text.strip():
            message = "is empty; the name or code of a state is needed"
            raise BadValueError(message)
        own = self.spellings.get(text.strip())
        try:
            iso3 = own or self._held(text, scheme, on)
        except Unresolved as error:
            raise BadValueError(_said(error)) from error
        return None if iso3 == NO_STATE else iso3

    def _held(self, text: str, scheme: str, on: date | None) -> str:
        try:
            return self._states.resolve(text, scheme, on)
        except ValueError:
            # None of the publisher's own spellings are held: the usual names, then.
            return self._states.resolve(text, "", on)


def _said(error: Unresolved) -> str:
    nearest = error.ambiguous or error.suggestions
    listed = " or ".join(f"{m.name} ({m.code})" for m in nearest[:_N_NEAREST])
    if error.ambiguous:
        return f"can mean {listed}; the table of state names can say which"
    hint = f"; the nearest are {listed}" if listed else ""
    return f"is no state or territory that is known here{hint}"
