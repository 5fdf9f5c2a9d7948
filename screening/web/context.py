"""What every page may show."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from treaties.models import FactsVersion


def site(request: HttpRequest) -> dict[str, object]:
    """facts_version: names the facts as they are; read only when a page shows it."""
    return {"facts_version": SimpleLazyObject(lambda: FactsVersion.current()[:8])}
