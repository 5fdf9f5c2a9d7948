"""Makers of small honest objects for tests: pass only what the test is about.

Plain functions, so that mypy checks the tests too.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import count
from typing import Any

from django.utils.text import slugify

from screening.drafts import ItemLine, TransferDraft
from screening.models import Organisation, Role, Transfer, TransferItem, User
from treaties import ledger
from treaties.models import (
    Embargo,
    EmbargoMeasure,
    Force,
    ItemCategory,
    Recorded,
    Source,
    State,
    Treaty,
    TreatyAct,
    own_fields,
)

PASSWORD = "correct horse battery staple"  # noqa: S105  of accounts that last a test
_numbers = count(1)


def make_organisation(name: str = "North Desk") -> Organisation:
    """The organisation of this name; the same one when asked again."""
    slug = slugify(name)
    return Organisation.objects.get_or_create(slug=slug, defaults={"name": name})[0]


def make_user(
    role: str = Role.ANALYST,
    *,
    username: str = "",
    organisation: Organisation | None = None,
    **values: Any,
) -> User:
    """An account with `PASSWORD`, in North Desk unless an administrator."""
    if organisation is None and role != Role.ADMINISTRATOR:
        organisation = make_organisation()
    return User.objects.create_user(
        username or f"account-{next(_numbers)}",
        password=PASSWORD,
        role=role,
        organisation=organisation,
        **values,
    )


def make_transfer(
    by: User | None = None, *, items: tuple[str, ...] = ("BOMB_GUIDED",), **values: Any
) -> Transfer:
    """A stored transfer, by default guided bombs from GBR to SAU."""
    by = by or make_user()
    stated = {"exporter": "GBR", "recipient": "SAU", "proposed_on": date(2019, 6, 20)}
    stated |= values
    stated.setdefault("end_user_state", stated["recipient"])
    stated.setdefault("organisation", by.organisation)
    stated.setdefault("reference", f"1999-{next(_numbers):04}")
    transfer = Transfer.objects.create(created_by=by, **stated)
    TransferItem.objects.bulk_create(
        TransferItem(transfer=transfer, line=line, item=item)
        for line, item in enumerate(items, start=1)
    )
    return transfer


def correct_fact(fact: Recorded, **values: Any) -> None:
    """Correct a fact as a steward would, who says of a check by whom it was."""
    if values.get("checked"):
        values = {"checked_by": "stella", "checked_on": date(2026, 1, 1), **values}
    ledger.correct(fact, values, by="stella", why="for a test")


def copy_fact(fact: Recorded, **values: Any) -> Recorded:
    """The same fact once more, with what differs; its key must."""
    names = [f.attname for f in own_fields(type(fact))]
    told = {name: getattr(fact, name) for name in names} | values
    return type(fact)._default_manager.create(source=fact.source, **told)


def retire_facts(facts: Iterable[Recorded]) -> None:
    """Retire each, as a steward would."""
    for fact in facts:
        ledger.retire(fact, by="stella", why="for a test")


def make_source() -> Source:
    """The source that all facts of a test rest on."""
    return Source.objects.get_or_create(
        slug="test",
        defaults={
            "publisher": "The tests",
            "title": "Facts of a test",
            "licence": "CC0-1.0",
            "retrieved_on": date(2026, 1, 1),
        },
    )[0]


def make_state(iso3: str, name: str) -> State:
    """A member of the United Nations."""
    return State.objects.create(
        iso3=iso3, name=name, status="un_member", **_sourced(iso3)
    )


def make_un_member(state: State, since: date) -> None:
    """Bind a state by the Charter of the United Nations."""
    treaty, _ = Treaty.objects.get_or_create(
        code="UN",
        defaults={
            "name": "Charter of the United Nations",
            "short_name": "UN Charter",
            "in_force": date(1945, 10, 24),
            "complete_to": date(2026, 11, 1),
            **_sourced("UN"),
        },
    )
    for act in ("ratification", "entry_into_force"):
        key = f"UN:{state.iso3}:{act}"
        TreatyAct.objects.create(
            state=state, treaty=treaty, act=act, on=since, **_sourced(key)
        )


def make_force(key: str, state: State, name: str, kind: str) -> Force:
    """A force of a state."""
    return Force.objects.create(state=state, name=name, kind=kind, **_sourced(key))


def make_item(code: str, name: str, **values: Any) -> ItemCategory:
    """A category of item that is a typical instrument of every violation."""
    relevance = dict.fromkeys(("rel_ihl", "rel_ihrl", "rel_gbv", "rel_diversion"), 3)
    stated = {"att_scope": "2(1)(h)", "family": "arms", "standard_tier": "none"}
    return ItemCategory.objects.create(
        code=code,
        name=name,
        description=name,
        **{**relevance, **stated, **values},
        **_sourced(code),
    )


def make_un_embargo(key: str, target: str, starts: date) -> Embargo:
    """A Chapter VII embargo of all arms to the territory of a state."""
    embargo = Embargo.objects.create(
        issuer="UN",
        target_kind="territory",
        targets=target,
        binding="chapter_vii",
        starts=starts,
        title=f"UN arms embargo on {target}",
        **_sourced(key, starts),
    )
    EmbargoMeasure.objects.create(
        embargo=embargo,
        direction="to",
        covers="all_arms_and_related",
        end_users="all",
        starts=starts,
        **_sourced(f"{key}:1", starts),
    )
    return embargo


def make_world() -> None:
    """Four states, two forces and three items: enough to propose transfers.

    The United Kingdom is a member of the United Nations, so its embargoes bind it.
    """
    make_un_member(make_state("GBR", "United Kingdom"), date(1945, 10, 24))
    make_state("SSD", "South Sudan")
    saudi_arabia, yemen = make_state("SAU", "Saudi Arabia"), make_state("YEM", "Yemen")
    make_force("SAU-RSAF", saudi_arabia, "Royal Saudi Air Force", "AIR_FORCE")
    make_force("YEM-HOUTHI", yemen, "Houthi forces", "NSAG")
    make_item("BOMB_GUIDED", "Guided bomb")
    make_item("SALW", "Small arms and light weapons")
    make_item("C4ISR", "Radio")


def _sourced(key: str, known_from: date | None = None) -> dict[str, Any]:
    known = {"known_from": known_from} if known_from else {}
    source = make_source()
    return {"key": key, "source": source, "publisher": source.publisher, **known}


def make_draft(**values: Any) -> TransferDraft:
    """Guided bombs from the United Kingdom to the Royal Saudi Air Force."""
    stated: dict[str, Any] = {
        "exporter": "GBR",
        "recipient": "SAU",
        "end_user_state": "SAU",
        "force": "SAU-RSAF",
        "end_user": "Royal Saudi Air Force",
        "end_user_kind": "AIR_FORCE",
        "items": (ItemLine("BOMB_GUIDED", quantity=500),),
        "on": date(2019, 6, 20),
    }
    return TransferDraft(**{**stated, **values})
