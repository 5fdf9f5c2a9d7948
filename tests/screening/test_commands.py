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

from screening.models import Role, User
from tests.factories import make_user

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


def test_create_demo_makes_new_passwords_when_the_file_is_of_another_database(
    world: None, accounts_file: Path
) -> None:
    said("create_demo")
    accounts_file.write_text("analyst guessed analyst\n")

    said("create_demo")

    password = accounts_file.read_text().split()[1]
    assert User.objects.get(username="analyst").check_password(password)
