"""A steward imports a file: a look at what it changes, then all of it or nothing."""

from __future__ import annotations

import os
import time
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DataError
from django.http import HttpResponse
from django.test import Client

from screening.models import Role, User
from tests.factories import make_user
from tests.treaties.every_table import make_base
from treaties import models

pytestmark = pytest.mark.django_db
PAGE = "/admin/treaties/source/import/"
HEADER = "key,iso3,name,kind,publisher,checked"
ROWS = "AAA-POLICE,AAA,Police of Aland,POLICE,The tests,n"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where files wait to be applied."""
    settings.VAR_DIR = tmp_path
    return tmp_path / "imports"


@pytest.fixture(autouse=True)
def _base(db: None) -> None:
    make_base()


@pytest.fixture
def browser(steward: User) -> Client:
    return signed_in(steward)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def look(browser: Client, *rows: str, header: str = HEADER, **more: str) -> Any:
    text = "\n".join([header, *rows, ""]).encode()
    sent = {"source": "template:forces", **more}
    file = SimpleUploadedFile("forces of Aland.csv", text)
    return browser.post(PAGE, {**sent, "file": file})


def end(browser: Client, looked: HttpResponse, how: str) -> str:
    signed = looked.context["signed"]  # type: ignore[attr-defined]
    answer = browser.post(PAGE, {"looked_at": signed, how: "yes"}, follow=True)
    return answer.content.decode()


def files_in(folder: Path) -> list[str]:
    return [path.name for path in folder.glob("*/*")]


def police() -> models.Force | None:
    return models.Force.objects.filter(key="AAA-POLICE").first()


def test_a_look_says_what_would_change_and_writes_nothing(
    browser: Client, folder: Path
) -> None:
    answer = look(browser, ROWS)

    [(name, tally, _)] = answer.context["tables"]
    assert (name, tally.new, tally.changed, tally.gone) == ("forces", 1, 0, 0)
    assert "read as utf-8" in answer.content.decode().lower()
    assert police() is None
    assert not models.Change.objects.filter(kind="IMPORT").exists()
    assert files_in(folder) == ["forces of Aland.csv"]


def test_an_applied_file_is_in_the_ledger_and_no_longer_kept(
    browser: Client, folder: Path
) -> None:
    told = end(browser, look(browser, ROWS), "apply")

    assert "forces: 1 new" in told
    fact = police()
    assert fact is not None
    assert (fact.recorded_in.kind, fact.recorded_in.by) == ("IMPORT", "stella")
    assert files_in(folder) == []


def test_a_dropped_file_changes_nothing_and_is_no_longer_kept(
    browser: Client, folder: Path
) -> None:
    told = end(browser, look(browser, ROWS), "drop")

    assert "The file was dropped" in told
    assert police() is None
    assert files_in(folder) == []


def test_a_changed_row_is_shown_before_and_after(browser: Client) -> None:
    end(browser, look(browser, ROWS), "apply")

    answer = look(browser, ROWS.replace("Police of Aland", "Aland Police"))

    [(_, tally, examples)] = answer.context["tables"]
    assert tally.changed == 1
    assert ("AAA-POLICE", "name", "Police of Aland", "Aland Police") in examples


def test_the_same_file_again_has_nothing_to_apply(
    browser: Client, folder: Path
) -> None:
    end(browser, look(browser, ROWS), "apply")

    answer = look(browser, ROWS)

    assert "nothing to apply" in answer.content.decode()
    assert files_in(folder) == []


def test_a_refused_file_says_row_column_value_and_reason(
    browser: Client, folder: Path
) -> None:
    answer = look(browser, ROWS, ROWS.replace("POLICE", "SPIES"))

    problem = answer.context["plan"].refused[0]
    assert (problem.row, problem.column, problem.value) == (3, "kind", "SPIES")
    page = answer.content.decode()
    assert "The file is refused, and nothing was changed" in page
    assert problem.why[:30] in page
    assert "Apply all of it" not in page
    assert files_in(folder) == []


def test_what_only_the_database_refuses_is_said_and_changes_nothing(
    browser: Client, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = look(browser, ROWS)

    def refuse(*told: object, **asked: object) -> None:
        message = "value too long\nCONTEXT: row 1"
        raise DataError(message)

    for name in ("plan_import", "apply"):
        monkeypatch.setattr(f"treaties.admin.imports.{name}", refuse)

    assert "refused a row: value too long" in end(browser, looked, "apply")
    assert "refused a row: value too long" in look(browser, ROWS).content.decode()
    assert files_in(folder) == []
    assert police() is None


def test_a_file_that_became_another_is_not_applied(
    browser: Client, folder: Path
) -> None:
    answer = look(browser, ROWS)
    next(folder.glob("*/*")).write_text(f"{HEADER}\n", encoding="utf-8")

    told = end(browser, answer, "apply")

    assert "Nothing was changed" in told
    assert "look at it again" in told
    assert police() is None
    assert files_in(folder) == []


def test_only_the_account_that_looked_applies(browser: Client, folder: Path) -> None:
    answer = look(browser, ROWS)
    another = signed_in(make_user(Role.STEWARD, username="sven"))

    assert "no longer here" in end(another, answer, "apply")

    assert police() is None
    assert files_in(folder) == ["forces of Aland.csv"]


@pytest.mark.parametrize("signed", ["", "made up", "../../etc/passwd"])
def test_what_the_page_did_not_sign_is_not_applied(
    browser: Client, signed: str
) -> None:
    sent = {"looked_at": signed, "apply": "yes"}
    answer = browser.post(PAGE, sent, follow=True)
    assert "no longer here" in answer.content.decode()


def test_a_file_is_applied_once(browser: Client) -> None:
    answer = look(browser, ROWS)
    end(browser, answer, "apply")
    assert "no longer here" in end(browser, answer, "apply")
    assert models.Change.objects.filter(kind="IMPORT").count() == 1


def test_a_forgotten_file_is_removed_after_an_hour(
    browser: Client, folder: Path
) -> None:
    look(browser, ROWS)
    waiting = next(folder.iterdir())
    browser.get(PAGE)
    assert waiting.exists()

    long_ago = time.time() - 3601
    os.utime(waiting, (long_ago, long_ago))
    browser.get(PAGE)

    assert not waiting.exists()


def test_a_name_of_a_file_leads_nowhere_else(browser: Client, folder: Path) -> None:
    file = SimpleUploadedFile("x.csv", f"{HEADER}\n{ROWS}\n".encode())
    file.name = "..%2f..%2fé;x.csv"
    browser.post(PAGE, {"source": "template:forces", "file": file})
    assert files_in(folder) == [".._2f.._2fé_x.csv".lstrip(".")]


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"source": ""}, "required"),
        ({"source": "nowhere"}, "not one of the available choices"),
        ({"known_from": "2999-01-01"}, "still to come"),
    ],
)
def test_what_is_missing_is_said_before_the_file_is_read(
    browser: Client, folder: Path, more: dict[str, str], why: str
) -> None:
    answer = look(browser, ROWS, **more)
    assert why in answer.content.decode()
    assert files_in(folder) == []


def test_a_file_that_is_too_large_is_refused_in_words(
    browser: Client, settings: Any, folder: Path
) -> None:
    settings.IMPORT_MAX_MB = 1
    answer = look(browser, ROWS, "x" * 1024 * 1024)
    assert "The file is larger than 1 MB" in answer.content.decode()
    assert files_in(folder) == []


def test_a_request_that_is_far_too_long_is_not_read(
    browser: Client, settings: Any
) -> None:
    settings.IMPORT_MAX_MB = -9
    assert look(browser, "x" * 1024 * 1024).status_code == 400


def test_every_importable_source_is_listed_with_where_its_file_is(
    browser: Client,
) -> None:
    page = browser.get(PAGE).content.decode()
    assert "Political Terror Scale" in page
    assert "none imported" in page
