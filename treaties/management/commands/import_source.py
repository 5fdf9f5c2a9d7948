"""Import a publisher's file."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from treaties.days import NoDayError, read_day
from treaties.importers.importing import (
    Asked,
    Plan,
    import_file,
    plan_import,
)
from treaties.importers.publishers import UnknownSourceError, slugs
from treaties.importers.reading import RefusedError
from treaties.importers.report import report_lines

_BY = "import_source"


class Command(BaseCommand):
    help = (
        "Imports the file of a publisher, all of it or nothing. Sources: "
        f"{', '.join(slugs())}, or template:<table> (docs/templates.md)."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("source")
        parser.add_argument("file", type=Path)
        parser.add_argument("--edition", default="", help="what its publisher calls it")
        parser.add_argument(
            "--known-from",
            default="",
            help="the day on which the edition appeared, as 2024-03-07",
        )
        parser.add_argument(
            "--dry-run",
            action="store_true",
            help="say what would change, and change nothing",
        )
        parser.add_argument(
            "--partial",
            action="store_true",
            help="the file is a part: what it does not name stays",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        asked = Asked(
            options["source"],
            options["file"],
            options["edition"],
            _day(options["known_from"]),
            options["partial"],
        )
        try:
            plan = self._run(asked, is_dry=options["dry_run"])
        except UnknownSourceError as error:
            raise CommandError(str(error)) from error
        except RefusedError as error:
            message = f"Nothing was changed.\n{error}"
            raise CommandError(message) from error
        for line in report_lines(plan):
            self.stdout.write(line)

    def _run(self, asked: Asked, *, is_dry: bool) -> Plan:
        today = timezone.localdate()
        progress = bar() if sys.stderr.isatty() else None
        if not is_dry:
            return import_file(asked, by=_BY, today=today, progress=progress)
        plan = plan_import(
            asked.source,
            asked.file,
            edition=asked.edition,
            known_from=asked.known_from,
            partial=asked.partial,
            today=today,
            progress=progress,
        )
        if plan.is_refused:
            raise RefusedError(plan.refused)
        return plan


def _day(typed: str) -> Any:
    try:
        return read_day(typed) if typed else None
    except NoDayError as error:
        raise CommandError(str(error)) from error


def bar() -> Callable[[int, int], None]:
    """A line on the terminal that says how much of the file has been read."""
    shown = -1

    def progress(done: int, size: int) -> None:
        nonlocal shown
        percent = min(100, 100 * done // max(size, 1))
        if percent != shown:
            shown = percent
            end = "\n" if percent == 100 else ""
            filled = "█" * (percent // 4)
            sys.stderr.write(f"\r{filled:25} {percent:3d} %{end}")
            sys.stderr.flush()

    return progress
