"""What is settled before any view looks at a request: bad bytes, whose it is."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address
from typing import cast

from django.http import HttpRequest, HttpResponse, JsonResponse
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

PROBLEM = {
    "type": "about:blank",
    "title": "The request cannot be used",
    "status": 400,
    "detail": "There is a NUL character in the address. Take %00 out of it.",
}
Answer = Callable[[HttpRequest], HttpResponse]


def client_address(request: HttpRequest) -> str:
    """The address that a request came from, seen past our own proxies.

    What a proxy wrote that is no address is not believed.
    """
    # It reads headers alone, which both kinds of request have.
    found = str(BaseThrottle().get_ident(cast("Request", request)))
    try:
        return str(ip_address(found))
    except ValueError:
        return str(request.META.get("REMOTE_ADDR", ""))


def refuse_nul(get_response: Answer) -> Answer:
    """Answer 400 to a NUL in path or query: PostgreSQL can store and seek none."""

    def answer(request: HttpRequest) -> HttpResponse:
        query = request.META.get("QUERY_STRING", "")
        if "\x00" in request.path_info or "%00" in query or "\x00" in query:
            return JsonResponse(
                PROBLEM, status=400, content_type="application/problem+json"
            )
        return get_response(request)

    return answer
