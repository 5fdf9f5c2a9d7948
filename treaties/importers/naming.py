"""What publishers call states, resolved: here alone importers ask for names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from treaties.names import Unresolved
from treaties.selectors import resolve_state
from treaties.selectors.lookup import NO_STATE

from .kinds import BadValueError

_N_NEAREST = 3


@dataclass
class Names:
    """States by the codes or spellings of one publisher; each is resolved once."""

    scheme: str = ""
    # Spellings that only this publisher uses, with the ISO code, or XXX.
    spellings: Mapping[str, str] = field(default_factory=dict)
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

    def _resolved(self, text: str, scheme: str, on: date | None) -> str | None:
        if not text.strip():
            message = "is empty; the name or code of a state is needed"
            raise BadValueError(message)
        own = self.spellings.get(text.strip())
        try:
            iso3 = own or _held(text, scheme, on)
        except Unresolved as error:
            raise BadValueError(_said(error)) from error
        return None if iso3 == NO_STATE else iso3


def _held(text: str, scheme: str, on: date | None) -> str:
    try:
        return resolve_state(text, scheme=scheme, on=on)
    except ValueError:
        # None of the publisher's own spellings are held: the usual names, then.
        return resolve_state(text, on=on)


def _said(error: Unresolved) -> str:
    nearest = error.ambiguous or error.suggestions
    listed = " or ".join(f"{m.name} ({m.code})" for m in nearest[:_N_NEAREST])
    if error.ambiguous:
        return f"can mean {listed}; the table of state names can say which"
    hint = f"; the nearest are {listed}" if listed else ""
    return f"is no state or territory that is known here{hint}"
