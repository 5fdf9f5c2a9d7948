"""What holds for every import: planned, all or nothing, in little memory."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from tests.treaties.importers.contract import assert_nothing_is_left
from tests.treaties.importers.killed import Killed, environment
from tests.treaties.importers.test_pts import TestPts as Pts
from treaties.importers.importing import Asked, apply, import_file, plan_import
from treaties.importers.publishers import UnknownSourceError, slugs
from treaties.importers.reading import RefusedError
from treaties.ledger import correct
from treaties.models import (
    Change,
    FactsVersion,
    ImportedEdition,
    IndicatorValue,
    LicenceDecision,
)

TODAY = date(2026, 6, 1)
_UK = "licence_group,date,rating,count,value,country,refused\n"


@pytest.fixture
def pts(tmp_path: Path) -> Path:
    path = tmp_path / "PTS-2024.csv"
    path.write_text("\n".join(Pts.rows) + "\n", encoding="utf-8")
    return path


def test_what_was_planned_is_applied(pts: Path) -> None:
    plan = plan_import("pts", pts, today=TODAY)
    done = apply(plan, by="stella", today=TODAY)
    assert done.tables == plan.tables
    assert IndicatorValue.objects.count() == Pts.n_stored


def test_another_file_than_the_one_planned_is_not_applied(pts: Path) -> None:
    plan = plan_import("pts", pts, today=TODAY)
    pts.write_text(pts.read_text() + "\n")
    with pytest.raises(RefusedError, match="is not the file that was looked at"):
        apply(plan, by="stella", today=TODAY)
    assert not IndicatorValue.objects.exists()


def test_a_refused_plan_carries_row_column_value_and_reason(pts: Path) -> None:
    pts.write_text(pts.read_text().replace("AAA,4,x,4,", "AAA,4,x,9,"))
    plan = plan_import("pts", pts, today=TODAY)
    (problem,) = plan.refused
    assert (problem.row, problem.column, problem.value) == (3, "PTS_A", "9")
    assert problem.why == "is not a whole number from 1 to 5"
    assert plan.encoding == "UTF-8"
    assert plan.edition is not None


def test_every_problem_is_told_at_once_up_to_a_hundred(pts: Path) -> None:
    rows = [Pts.rows[0]] + [
        Pts.rows[1].replace(",2022,", f",{year}x,") for year in range(500)
    ]
    pts.write_text("\n".join(rows) + "\n")
    plan = plan_import("pts", pts, today=TODAY)
    assert len(plan.refused) == 100


def test_an_import_is_one_entry_that_wakes_the_caches(pts: Path) -> None:
    before = FactsVersion.current()
    import_file(Asked("pts", pts), by="stella", today=TODAY)
    assert FactsVersion.current() != before
    entry = Change.objects.get(kind=Change.Kind.IMPORT)
    assert entry.why == "Political Terror Scale, edition PTS-2024, from PTS-2024.csv"
    assert set(IndicatorValue.objects.values_list("recorded_in", flat=True)) == {
        entry.pk
    }


def test_what_a_steward_corrected_is_kept(pts: Path) -> None:
    import_file(Asked("pts", pts), by="stella", today=TODAY)
    value = IndicatorValue.objects.filter(state__iso3="BBB").first()
    assert value is not None
    correct(value, {"value": 4.0}, by="stella", why="The report says so.")
    done = import_file(Asked("pts", pts), by="stella", today=TODAY)
    assert done.tables is not None
    assert done.tables["indicator values"].kept == 1
    value.refresh_from_db()
    assert value.value == 4.0


def test_an_edition_is_noted_with_its_file(pts: Path) -> None:
    import_file(Asked("pts", pts), by="stella", today=TODAY)
    edition = ImportedEdition.objects.get()
    assert (edition.label, edition.file_name) == ("PTS-2024", "PTS-2024.csv")
    assert (edition.covers_to, edition.n_rows) == (2023, 7)
    assert edition.states == "AAA|BBB|CCC|DDD|EEE|FFF"


def test_a_part_leaves_what_it_does_not_name(tmp_path: Path) -> None:
    whole, part = tmp_path / "whole.csv", tmp_path / "part.csv"
    rows = [f"{n},2008-01-02,ML10,1,1,{s},0\n" for n, s in enumerate(_NAMES, start=1)]
    whole.write_text(_UK + "".join(rows))
    part.write_text(_UK + rows[0].replace("ML10,1,1", "ML10,1,2"))
    day = date(2015, 7, 29)
    asked = Asked("uk-licences", whole, known_from=day)
    import_file(asked, by="stella", today=TODAY)
    asked = Asked("uk-licences", part, known_from=day, partial=True)
    import_file(asked, by="stella", today=TODAY)
    assert LicenceDecision.objects.count() == len(_NAMES)
    assert LicenceDecision.objects.get(licence_group=1).value_gbp == 2


_NAMES = ("Arcadia", "Borduria", "Carpania", "Drassen")


def test_the_command_tells_what_it_did(pts: Path) -> None:
    out = StringIO()
    call_command("import_source", "pts", str(pts), "--dry-run", stdout=out)
    assert "Nothing was changed: this was a rehearsal." in out.getvalue()
    assert not IndicatorValue.objects.exists()
    out = StringIO()
    call_command("import_source", "pts", str(pts), stdout=out)
    assert out.getvalue().splitlines() == [
        "Political Terror Scale, edition PTS-2024, known from 2024-08-13",
        "PTS-2024.csv: UTF-8, layout “country-year”, 7 rows read",
        "  indicators: 3 new",
        "  indicator values: 14 new",
        "  left out: 7 cells without a number",
    ]


def test_the_command_says_why_nothing_was_changed(pts: Path) -> None:
    with pytest.raises(CommandError, match="No source is called “ptz”"):
        call_command("import_source", "ptz", str(pts))
    with pytest.raises(CommandError, match=r"none\.csv: is not a file"):
        call_command("import_source", "pts", str(pts.with_name("none.csv")))
    with pytest.raises(CommandError, match="cannot be read as a day"):
        call_command("import_source", "pts", str(pts), "--known-from", "May 2024")


def test_an_empty_file_is_refused(pts: Path) -> None:
    pts.write_text("")
    plan = plan_import("pts", pts, today=TODAY)
    assert [str(problem) for problem in plan.refused] == ["PTS-2024.csv: is empty."]
    pts.write_text(Pts.rows[0] + "\n")
    plan = plan_import("pts", pts, today=TODAY)
    assert [str(problem) for problem in plan.refused] == [
        "PTS-2024.csv: has a header and no rows."
    ]


def test_every_source_has_a_test_of_its_own() -> None:
    here = Path(__file__).parent
    missing = [
        s for s in slugs() if not (here / f"test_{s.replace('-', '_')}.py").exists()
    ]
    assert missing == []


def test_a_table_that_is_none_is_named(pts: Path) -> None:
    with pytest.raises(UnknownSourceError, match="No table is called “nothing”"):
        plan_import("template:nothing", pts, today=TODAY)


# --- Killed half-way, and large ------------------------------------------------------


def test_a_large_import_killed_half_way_leaves_nothing(
    tmp_path: Path, killed: Killed
) -> None:
    file = tmp_path / "decisions.csv"
    rows = (f"{n},2008-01-02,ML10,1,1,Arcadia,0\n" for n in range(1, 40_001))
    file.write_text(_UK + "".join(rows))
    day = date(2015, 7, 29)
    asked = Asked("uk-licences", file, known_from=day, partial=True)
    end = killed.importing(asked)
    assert end.n_written < 40_000
    assert_nothing_is_left(end)


_MEASURE = """
import django; django.setup()
import sys
from datetime import date
from pathlib import Path
from treaties.importers.importing import Asked, import_file
file = Path(sys.argv[1])
asked = Asked("template:forces", file)
done = import_file(asked, by="measured", today=date(2026, 6, 1))
status = Path("/proc/self/status").read_text().splitlines()
peak = next(line for line in status if line.startswith("VmHWM"))
print(done.n_rows, int(peak.split()[1]) * 1024)
"""


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(),
    reason="only Linux tells the peak of a program apart from that of its parent",
)
def test_memory_does_not_follow_the_size_of_a_file(
    tmp_path: Path, killed: Killed
) -> None:
    """The larger file is past what is kept unpacked and many pieces long.

    Measured: ten times the file, 138 MiB more, takes 14 MiB more; holding it as bytes,
    as text or as rows takes 147 MiB more and upward. The peak is that of the program's
    own memory: what `getrusage` tells begins with that of the tests that started it.
    """
    own = tmp_path / "own.sqlite3"
    small, large = (
        _measured(killed.copy(to=own), tmp_path / "forces.csv", n_rows)
        for n_rows in (4_000, 40_000)
    )
    more_file, more_memory = large[0] - small[0], large[1] - small[1]
    assert more_file > 100 * 1024**2
    assert more_memory < more_file / 2


def _measured(database: Path, file: Path, n_rows: int) -> tuple[int, int]:
    """The size of a file of wide rows, and the most memory that reading it took."""
    with file.open("w") as out:
        out.write("key,iso3,name,kind,publisher,checked,note\n")
        for n in range(1, n_rows + 1):
            # Each its own note: what repeats is held once.
            out.write(f"AAA-{n},AAA,Army {n},ARMY,The tests,n,{n:04000}\n")
    size = file.stat().st_size
    said = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _MEASURE, str(file)],
        env=environment(database),
        cwd=settings.BASE_DIR,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    file.unlink()
    database.unlink()
    n_read, peak = map(int, said.split())
    assert n_read == n_rows
    return size, peak
