"""What every test may ask for."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from pytest_django.plugin import DjangoDbBlocker

from screening.models import Organisation, Role, User
from tests.factories import make_organisation, make_user, make_world
from treaties.models.triggers import sqlite_triggers

APPEND_ONLY: dict[str, str] = {
    name: statement
    for migration in (
        "0002_screenings_are_append_only",
        "0004_decisions_are_append_only",
    )
    for name, statement in import_module(
        f"screening.migrations.{migration}"
    ).SQLITE.items()
}


@pytest.fixture(autouse=True, scope="session")
def _flush_past_the_triggers() -> Iterator[None]:
    """Let the end of a transactional test empty the tables on SQLite.

    Django empties them with DELETE there, which the triggers rightly refuse; on
    PostgreSQL it uses TRUNCATE.
    """
    if connection.vendor != "sqlite":
        yield
        return
    empty = connection.ops.execute_sql_flush

    def flush(sql_list: list[str]) -> None:
        triggers = {**APPEND_ONLY, **sqlite_triggers()}
        drop = [f"DROP TRIGGER IF EXISTS {name}" for name in triggers]
        empty([*drop, *sql_list, *triggers.values()])

    patch = pytest.MonkeyPatch()
    patch.setattr(type(connection.ops), "execute_sql_flush", lambda _, s: flush(s))
    yield
    patch.undo()


@pytest.fixture
def north(db: None) -> Organisation:
    """The organisation that most tests are about."""
    return make_organisation("North Desk")


@pytest.fixture
def south(db: None) -> Organisation:
    """Another organisation, which must not see what is North's."""
    return make_organisation("South Desk")


@pytest.fixture
def analyst(north: Organisation) -> User:
    return make_user(Role.ANALYST, username="alice", organisation=north)


@pytest.fixture
def reviewer(north: Organisation) -> User:
    return make_user(Role.REVIEWER, username="rose", organisation=north)


@pytest.fixture
def steward(north: Organisation) -> User:
    return make_user(Role.STEWARD, username="stella", organisation=north)


@pytest.fixture
def partner(north: Organisation) -> User:
    return make_user(Role.PARTNER, username="pat", organisation=north)


@pytest.fixture
def administrator(db: None) -> User:
    return make_user(Role.ADMINISTRATOR, username="ada", is_staff=True)


@pytest.fixture
def stranger(south: Organisation) -> User:
    """An analyst of the other organisation."""
    return make_user(Role.ANALYST, username="bob", organisation=south)


@pytest.fixture
def world(db: None) -> None:
    """The few facts of `tests.factories.make_world`."""
    make_world()


@pytest.fixture(scope="module")
def reference_facts(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """The real reference facts of fixtures/, loaded once for a module of tests.

    The whole module runs in one transaction that is rolled back, so that other tests
    start from empty tables. Keep the tests that need it in few modules.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", stdout=StringIO())
        yield
        transaction.set_rollback(True)
