"""The administration: who may come in."""

from __future__ import annotations

from django.contrib.admin import AdminSite
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest

from screening.access import may_administer


class Administration(AdminSite):
    """Django's admin for whoever edits facts or manages accounts, staff flag or not."""

    # The default form asks for the staff flag, which decides nothing here.
    login_form = AuthenticationForm

    def has_permission(self, request: HttpRequest) -> bool:
        return may_administer(request.user)
