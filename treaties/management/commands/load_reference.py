"""Load the reference facts from the folders of fixtures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from treaties.importers.reference import BadFixturesError, load_reference


class Command(BaseCommand):
    help = (
        "Loads every source under fixtures/ that changed. All or nothing; loading "
        "twice changes nothing."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--fixtures",
            type=Path,
            default=Path(settings.BASE_DIR) / "fixtures",
            help="the folder that holds one folder a source",
        )

    def handle(self, *args: Any, fixtures: Path, **options: Any) -> None:
        try:
            results = load_reference(fixtures)
        except BadFixturesError as error:
            message = f"Nothing was loaded.\n{error}"
            raise CommandError(message) from error
        for loaded in results:
            self.stdout.write(str(loaded))
