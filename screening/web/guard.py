"""How the pages ask `screening.access`: sign in first, else 403 with a sentence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from screening.access import Action, NotAllowed, require
from screening.models import Screening, Transfer, User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def asks(action: Action) -> Callable[[View[P]], View[P]]:
    """A page for accounts that may do `action`; a visitor is sent to sign in."""

    def guard(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            refuse_unless(request, action)
            return view(request, *args, **kwargs)

        return guarded

    return guard


def refuse_unless(
    request: HttpRequest, action: Action, obj: Transfer | Screening | None = None
) -> None:
    """Answer 403 with the reason unless the account may do `action`."""
    try:
        require(request.user, action, obj)
    except NotAllowed as why:
        raise PermissionDenied(str(why)) from why


def account(request: HttpRequest) -> User:
    """The signed-in account of a page behind `asks`."""
    if not isinstance(request.user, User):
        message = "Sign in first."
        raise PermissionDenied(message)
    return request.user
