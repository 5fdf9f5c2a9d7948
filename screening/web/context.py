"""What every page may show."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from screening.access import may_administer
from treaties.models import FactsVersion


def site(request: HttpRequest) -> dict[str, object]:
    """facts_version: names the facts as they are; read only when a page shows it.

    may_administer: whether the account finds something in the administration.
    """
    user = getattr(request, "user", AnonymousUser())
    return {
        "facts_version": SimpleLazyObject(lambda: FactsVersion.current()[:8]),
        "may_administer": SimpleLazyObject(lambda: may_administer(user)),
    }
