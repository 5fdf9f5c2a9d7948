"""Write docs/sources.md from the fixtures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from treaties.importers.describe import sources_page


class Command(BaseCommand):
    help = "Writes docs/sources.md from fixtures/*/source.yml."

    def handle(self, *args: Any, **options: Any) -> None:
        base = Path(settings.BASE_DIR)
        page = base / "docs" / "sources.md"
        page.write_text(sources_page(base / "fixtures"), encoding="utf-8")
        self.stdout.write(f"Wrote {page.relative_to(base)}.")
