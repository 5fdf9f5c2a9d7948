"""One shape for every error of the API: RFC 9457, application/problem+json."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from rest_framework import exceptions, status
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from rest_framework.views import exception_handler

from screening.access import NotAllowed
from screening.intake import InvalidTransfer

TITLES = {
    400: "The request cannot be used",
    401: "Who are you?",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    413: "Too large",
    415: "Unsupported media type",
    429: "Too many requests",
}


class ProblemRenderer(JSONRenderer):
    """JSON under the media type of RFC 9457."""

    media_type = "application/problem+json"


class InvalidRequest(exceptions.APIException):
    """The request has errors. `errors`: sentences by field."""

    status_code = status.HTTP_400_BAD_REQUEST

    def __init__(self, errors: dict[str, list[str]]) -> None:
        super().__init__("Mend the fields that are named under errors.")
        self.errors = errors


class TooLarge(exceptions.APIException):
    """The body is larger than any request needs to be."""

    status_code = status.HTTP_413_REQUEST_ENTITY_TOO_LARGE


def problem_response(exc: Exception, context: dict[str, Any]) -> Response | None:
    """What DRF answers for an exception; None for a bug, which is left to surface."""
    known = _known(exc)
    response = exception_handler(known, context)
    if response is None:
        return None
    problem: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(response.status_code, "Error"),
        "status": response.status_code,
        "detail": _detail(known),
    }
    if isinstance(known, InvalidRequest):
        problem["errors"] = known.errors
    response.data = problem
    # Set by hand, because the renderer was chosen for the answer that did not come.
    response.content_type = ProblemRenderer.media_type
    return response


def _known(exc: Exception) -> Exception:
    if isinstance(exc, InvalidTransfer):
        return InvalidRequest(exc.errors)
    if isinstance(exc, NotAllowed):
        return exceptions.PermissionDenied(str(exc))
    return exc


def _detail(exc: Exception) -> str:
    if isinstance(exc, Http404):
        return "There is nothing here that you may see."
    if isinstance(exc, PermissionDenied):
        return "Your account may not do this."
    return str(getattr(exc, "detail", exc))
