"""Many transfers from one file: what was understood, every error, all or none."""

from __future__ import annotations

import csv
import html as markup
import re
from collections.abc import Callable
from io import StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from screening import services
from screening.intake import COLUMNS
from screening.models import Screening, Transfer, User
from screening.services import submit
from screening.web.views.upload import ABOUT
from tests.web.conftest import HOSTILE

PATH = "/transfers/upload/"
GOOD = """exporter,recipient,end_user,item,quantity,on,note
GBR,Saudi Arabia,Royal Saudi Air Force,Guided bomb,500,2019-06-20,"two
lines"
GBR,Saudi Arabia,Garde républicaine,Small arms,,2019-06-21,
"""
BAD = GOOD + "GBR,Narnia,,Guided bomb,-1,2019-06-20,\n"


def check(client: Client, content: str | bytes, step: str = "check") -> str:
    body = content if isinstance(content, bytes) else content.encode()
    file = SimpleUploadedFile("transfers.csv", body, content_type="text/csv")
    answer = client.post(PATH, {"file": file, "step": step})
    assert answer.status_code == 200
    return answer.content.decode()


def kept_text(html: str) -> str:
    """The text of the file that the page sends back when all of it is saved."""
    found = re.search(r'name="text" value="(.*?)">', html, re.DOTALL)
    assert found, "the page offers nothing to save"
    return markup.unescape(found[1])


def test_the_page_shows_what_was_understood_and_stores_nothing(
    at_analyst: Client,
) -> None:
    html = check(at_analyst, GOOD)

    assert "Saudi Arabia, Royal Saudi Air Force" in html
    assert "500 Guided bomb, read as: Guided bomb" in html
    assert "Garde républicaine" in html
    assert "read as UTF-8." in html
    assert "Save all 2" in html
    assert not Transfer.objects.exists()


def test_save_all_stores_every_row_with_its_own_screening(
    at_analyst: Client, analyst: User
) -> None:
    text = kept_text(check(at_analyst, GOOD))

    answer = at_analyst.post(PATH, {"text": text, "step": "save"}, follow=True)

    assert "All 2 transfers are saved and screened" in answer.content.decode()
    first, second = Transfer.objects.order_by("pk")
    assert (first.force, first.proposed_on.isoformat()) == ("SAU-RSAF", "2019-06-20")
    assert second.end_user == "Garde républicaine"
    assert first.organisation == second.organisation == analyst.organisation
    for transfer in (first, second):
        stored = Screening.objects.get(transfer=transfer)
        draft_alone = services.screen_transfer(
            transfer, as_of=stored.as_of, known_at=stored.known_at, by=analyst
        )
        assert stored.as_of == transfer.proposed_on
        assert stored.explanation == draft_alone.explanation


def test_every_error_stands_by_row_and_column_and_nothing_can_be_saved(
    at_analyst: Client,
) -> None:
    html = check(at_analyst, BAD)

    # The second row holds a line break, and is one row all the same.
    assert re.search(r">4</th><td>recipient</td><td>&quot;Narnia&quot;", html)
    assert re.search(r">4</th><td>items</td><td>The quantity is -1", html)
    assert "2 things need mending; nothing is saved" in html
    assert "Save all" not in html


@pytest.mark.parametrize("how", ["file", "text"])
def test_a_file_with_one_bad_row_is_not_half_saved(
    at_analyst: Client, how: str
) -> None:
    if how == "file":
        check(at_analyst, BAD, step="save")
    else:
        answer = at_analyst.post(PATH, {"text": BAD, "step": "save"})
        assert answer.status_code == 200

    assert not Transfer.objects.exists()
    assert not Screening.objects.exists()


def test_a_failure_in_the_middle_leaves_nothing_half_written(
    at_analyst: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, n_stored = submit.submit_transfer, 0

    def failing(*args: object, **kwargs: object) -> Transfer:
        nonlocal n_stored
        n_stored += 1
        if n_stored == 2:
            message = "the disk is full"
            raise OSError(message)
        return store(*args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(submit, "submit_transfer", failing)
    at_analyst.raise_request_exception = False

    answer = at_analyst.post(PATH, {"text": GOOD, "step": "save"})

    assert answer.status_code == 500
    assert n_stored == 2
    assert not Transfer.objects.exists()
    assert not Screening.objects.exists()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (GOOD.encode("utf-8-sig"), "read as UTF-8 with a byte-order mark."),
        (GOOD.encode("cp1252"), "read as Windows-1252."),
    ],
)
def test_letters_are_read_as_spreadsheets_write_them_and_the_page_says_how(
    at_analyst: Client, content: bytes, says: str
) -> None:
    html = check(at_analyst, content)

    assert says in html
    assert "Garde républicaine" in html


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (GOOD.encode("utf-16"), "neither UTF-8 nor Windows-1252"),
        (b"x" * (2 * 1024 * 1024 + 1), "larger than 2 MB"),
        ("exporter,recipient,item,on\n" + "a,b,c,d\n" * 1001, "more than 1000 rows"),
        ("exporter,colour\nGBR,red\n", "There is no such column"),
        (
            "exporter,recipient,items,quantity,on\nGBR,SAU,SALW,5,2019-06-20\n",
            "Use items or quantity in a row, not both",
        ),
        (HOSTILE, "There is no such column"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(
    at_analyst: Client, content: bytes | str, says: str
) -> None:
    html = check(at_analyst, content, step="save")

    assert says in html
    assert HOSTILE not in html
    assert not Transfer.objects.exists()


def test_a_thousand_rows_are_not_too_many(at_analyst: Client) -> None:
    row = "GBR,SAU,Guided bomb,2019-06-20\n"

    html = check(at_analyst, "exporter,recipient,item,on\n" + row * 1000)

    assert "Save all 1000" in html


def test_no_file_is_told_beside_the_field(at_analyst: Client) -> None:
    html = at_analyst.post(PATH, {"step": "check"}).content.decode()

    assert "No file was chosen" in html
    assert 'aria-invalid="true"' in html


def test_the_template_holds_an_example_that_is_understood(at_analyst: Client) -> None:
    answer = at_analyst.get(f"{PATH}template.csv")

    assert answer["Content-Type"].startswith("text/csv")
    header, example = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert set(header) == set(COLUMNS) - {"items"}
    named = dict(zip(header, example, strict=True))
    # The small world of the tests has no Paveway.
    html = check(at_analyst, answer.content.replace(b"Paveway IV", b"Guided bomb"))
    assert "Save all 1" in html
    assert named["exporter"] in html


def test_the_page_documents_every_column(at_analyst: Client) -> None:
    html = at_analyst.get(PATH).content.decode()

    assert set(ABOUT) == set(COLUMNS)
    assert all(f"<code>{name}</code>" in html for name in COLUMNS)


def test_only_who_may_propose_may_upload(
    browser_of: Callable[[User], Client], each_role: dict[str, User], visitor: Client
) -> None:
    opens = {
        role
        for role, user in each_role.items()
        if browser_of(user).get(PATH).status_code == 200
    }

    assert opens == {"ANALYST", "REVIEWER", "PARTNER", "STRANGER"}
    assert visitor.get(PATH).status_code == 302
    refused = browser_of(each_role["STEWARD"]).post(PATH, {"text": GOOD})
    assert refused.status_code == 403


def test_the_list_of_transfers_leads_there(
    at_analyst: Client, browser_of: Callable[[User], Client], steward: User
) -> None:
    assert f'href="{PATH}"' in at_analyst.get("/transfers/").content.decode()
    assert (
        f'href="{PATH}"' not in browser_of(steward).get("/transfers/").content.decode()
    )
