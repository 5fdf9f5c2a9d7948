"""Every figure about the facts in one table: `make bench-facts`.

It works in a database of its own, made beside the one that DATABASE_URL names and
removed at the end. Real registers are read from the folder given, or MSP_TESTDATA.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django


def main(arguments: list[str]) -> int:
    """Print the table; the exit code says whether every limit is met."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msp.settings")
    django.setup()
    told = arguments[0] if arguments else os.environ.get("MSP_TESTDATA", "")
    missed = 0
    with _own_database() as vendor:
        print(f"On {vendor}:")
        for line in _lines(Path(told) if told else None):
            print(line, flush=True)
            missed += not line.is_met
    return 1 if missed else 0


def _lines(testdata: Path | None) -> Iterator[Any]:
    # After django.setup: they import models.
    from benchmarks import facts, imports, names
    from treaties.importers.reference import load_reference

    yield from facts.lines()
    if testdata is None or not testdata.is_dir():
        print(
            "The real registers are absent: give their folder, or set MSP_TESTDATA. "
            "Imports and names were not measured."
        )
        return
    yield from imports.lines(testdata)
    load_reference(Path("fixtures"))
    yield from names.shares(testdata)


@contextmanager
def _own_database() -> Iterator[str]:
    from django.db import connection

    with tempfile.TemporaryDirectory() as folder:
        if connection.vendor == "sqlite":
            # On disk, as in use; a test's database is in memory otherwise.
            connection.settings_dict["TEST"]["NAME"] = str(Path(folder) / "bench")
        before = str(connection.settings_dict["NAME"])
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            yield connection.vendor
        finally:
            connection.creation.destroy_test_db(before, verbosity=0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
