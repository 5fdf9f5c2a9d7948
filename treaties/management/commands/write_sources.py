"""Write docs/sources.md and docs/templates.md."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from treaties.importers.describe import sources_page, templates_page


class Command(BaseCommand):
    help = "Writes docs/sources.md and docs/templates.md from what the importers read."

    def handle(self, *args: Any, **options: Any) -> None:
        base = Path(settings.BASE_DIR)
        pages = {
            "sources.md": sources_page(base / "fixtures"),
            "templates.md": templates_page(),
        }
        for name, text in pages.items():
            page = base / "docs" / name
            page.write_text(text, encoding="utf-8")
            self.stdout.write(f"Wrote {page.relative_to(base)}.")
