"""What is refused before any view looks at it."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse

PROBLEM = {
    "type": "about:blank",
    "title": "The request cannot be used",
    "status": 400,
    "detail": "There is a NUL character in the address. Take %00 out of it.",
}
Answer = Callable[[HttpRequest], HttpResponse]


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
