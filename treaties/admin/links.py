"""Pages about a fact that another app has: it says so here, and a link appears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from treaties.models import Recorded

from .naming import fact_key, table_of


@dataclass(frozen=True)
class FactLink:
    """A page about one fact.

    address: from the table of facts, as the rules name it, and the key to the page.
    """

    label: str
    address: Callable[[str, str], str]


_LINKS: list[FactLink] = []


def add_fact_link(link: FactLink) -> None:
    """Show a link on the page of every fact that the rules can read."""
    if link not in _LINKS:
        _LINKS.append(link)


def links_of(fact: Recorded) -> list[tuple[str, str]]:
    """Label and address of each page that other apps have about a fact."""
    table = table_of(type(fact))
    if not table:
        return []
    return [(link.label, link.address(table, fact_key(fact))) for link in _LINKS]
