"""What is typed at the command line."""

from __future__ import annotations

import json
import stat
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from knox.models import AuthToken
from pytest_django import Settings

from screening.models import Organisation, Role, Transfer, User
from scripts import prepare
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db


def said(*arguments: str, **options: Any) -> str:
    """What a command prints."""
    out = StringIO()
    call_command(*arguments, stdout=out, **options)
    return out.getvalue()


ASK = ("screen", "--exporter=GBR", "--recipient=SAU", "--item=SALW", "--on=2019-06-20")


def test_screen_says_verdict_days_reasons_and_what_is_not_known(world: None) -> None:
    words = said(*ASK, "--force=Royal Saudi Air Force")

    assert "INCOMPLETE" in words
    assert "as of 2019-06-20, with what was known on 2019-06-20" in words
    assert "- Not known:" in words
    assert "not legal advice" in words


def test_screen_gives_everything_as_json(world: None) -> None:
    found = json.loads(said(*ASK, "--known-at=2020-01-01", "--json"))

    assert (found["as_of"], found["known_at"]) == ("2019-06-20", "2020-01-01")
    assert found["findings"]


def test_screen_says_what_is_wrong(world: None) -> None:
    with pytest.raises(CommandError, match="belongs to Saudi Arabia"):
        said(*ASK, "--recipient=YEM", "--force=Royal Saudi Air Force")
    with pytest.raises(CommandError, match="cannot be read as a day"):
        said(*ASK, "--known-at=tomorrow")


def test_create_token_prints_a_token_that_is_stored_only_as_a_hash() -> None:
    user = make_user(Role.PARTNER, username="pat")

    token = said("create_token", "pat").strip()

    stored = AuthToken.objects.get(user=user)
    assert token.startswith("msp_")
    assert stored.digest not in token


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nobody"], 'no account "nobody"'),
        (["idle"], "may not use the API"),
        (["pat", "--days=0"], "at least one day"),
    ],
)
def test_create_token_says_why_not(arguments: list[str], says: str) -> None:
    make_user(Role.PARTNER, username="pat")
    make_user("", username="idle")

    with pytest.raises(CommandError, match=says):
        said("create_token", *arguments)

    assert not AuthToken.objects.exists()


@pytest.fixture
def accounts_file(settings: Settings, tmp_path: Path) -> Path:
    """The file of sign-ins, with the transfers left out: see test_reference.py."""
    settings.VAR_DIR = tmp_path
    (tmp_path / "fixtures" / "demo").mkdir(parents=True)
    header = "organisation,is_public,exporter,recipient,item,quantity,on"
    rows = "northgate,yes,GBR,SAU,SALW,1,2019-06-20"
    (tmp_path / "fixtures/demo/transfers.csv").write_text(f"{header}\n{rows}\n")
    settings.BASE_DIR = tmp_path
    return tmp_path / "demo-accounts.txt"


def test_create_demo_makes_an_account_a_role_with_the_password_it_prints(
    world: None, accounts_file: Path
) -> None:
    printed = said("create_demo")

    assert {u.role for u in User.objects.all()} == set(Role)
    assert User.objects.values("organisation").distinct().count() == 3
    for user in User.objects.all():
        (line,) = [x for x in printed.splitlines() if x.startswith(f"{user} ")]
        assert user.check_password(line.split()[1])
    assert stat.S_IMODE(accounts_file.stat().st_mode) == 0o600


def test_create_demo_again_changes_nothing(world: None, accounts_file: Path) -> None:
    first = said("create_demo")
    before = list(User.objects.values_list("username", "password"))

    again = said("create_demo")

    assert "1 made-up transfers screened" in first
    assert "transfers unchanged" in again
    assert list(User.objects.values_list("username", "password")) == before


def test_create_demo_changes_no_password_whose_file_is_lost(
    world: None, accounts_file: Path
) -> None:
    said("create_demo")
    before = list(User.objects.values_list("username", "password"))
    accounts_file.write_text("analyst guessed analyst\n")

    printed = said("create_demo")

    assert list(User.objects.values_list("username", "password")) == before
    assert "manage.py changepassword analyst" in printed


def test_create_demo_makes_only_the_accounts_that_are_missing(
    world: None, accounts_file: Path
) -> None:
    said("create_demo")
    User.objects.filter(username="partner").delete()
    before = dict(User.objects.values_list("username", "password"))

    printed = said("create_demo")

    after = dict(User.objects.values_list("username", "password"))
    partner = after.pop("partner")
    assert partner
    assert after == before
    assert {line.split()[0] for line in printed.splitlines()[1:] if line} == {
        *after,
        "partner",
    }


@pytest.mark.parametrize(
    ("username", "role"),
    [("administrator", Role.ADMINISTRATOR), ("analyst", Role.PARTNER)],
)
def test_create_demo_leaves_a_real_account_of_the_same_name_alone(
    world: None, accounts_file: Path, username: str, role: str
) -> None:
    real = make_user(role, username=username)

    with pytest.raises(CommandError, match=f'account "{username}" that is not of the'):
        said("create_demo")

    assert list(User.objects.all()) == [real]
    kept = User.objects.get()
    assert kept.check_password(PASSWORD)
    assert (kept.role, kept.organisation, kept.is_superuser) == (
        role,
        real.organisation,
        False,
    )
    assert not Transfer.objects.exists()


def test_create_demo_puts_nobody_into_a_real_organisation(
    world: None, accounts_file: Path
) -> None:
    north = Organisation.objects.create(slug="northgate", name="Northgate Institute")
    make_user(Role.ANALYST, username="alice", organisation=north)

    with pytest.raises(
        CommandError, match=r"organisation .* is not of the demonstration"
    ):
        said("create_demo")

    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("url", "is_made"),
    [("", True), ("sqlite:///var/x.sqlite3", True), ("postgres://db/msp", False)],
)
def test_make_run_shows_the_demonstration_only_in_an_embedded_database(
    url: str, is_made: bool
) -> None:
    steps = [step[1] for step in prepare.steps_of_data(url)]

    assert ("create_demo" in steps) is is_made
    assert steps[:2] == ["migrate", "load_reference"]
