"""What every endpoint shares: who may call it, how much it takes, how it pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence, Set
from datetime import date
from typing import Any, ClassVar

from django.utils.timezone import localdate as today
from rest_framework.exceptions import NotFound, ParseError
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.parsers import JSONParser
from rest_framework.permissions import AllowAny, BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from screening.access import Action, may
from screening.api.errors import InvalidRequest, TooLarge
from screening.intake import as_of_day, known_at_day, readers
from screening.services import known_then

MOST_BYTES = 1024 * 1024
MOST_COMPLAINTS = 20


class MayCall(BasePermission):
    """The account may use the API and do what the endpoint's `actions` says.

    A method that is not listed there is refused.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        action = view.actions.get(request.method)
        if not request.user.is_authenticated or action is None:
            return False
        return may(request.user, Action.USE_API) and may(request.user, action)

    @property
    def message(self) -> str:
        return "Your account may not do this; ask an administrator for another role."


class BoundedJSONParser(JSONParser):
    """JSON up to `MOST_BYTES`, so that one request cannot fill the memory."""

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        request = (parser_context or {}).get("request")
        length = int(request.META.get("CONTENT_LENGTH") or 0) if request else 0
        if length > MOST_BYTES:
            msg = f"The body has {length} bytes; the most is {MOST_BYTES}."
            raise TooLarge(msg)
        # JSON is UTF-8 whatever the header says (RFC 8259, 8.1).
        context = {**(parser_context or {}), "encoding": "utf-8"}
        try:
            return super().parse(stream, media_type, context)
        except RecursionError:
            msg = "The JSON is nested too deeply. A transfer has lists of objects."
            raise ParseError(msg) from None


class OpenEndpoint(APIView):
    """An endpoint for all. `parameters`: what a query may hold; the rest is refused."""

    permission_classes: Sequence[type[BasePermission]] = (AllowAny,)
    parameters: ClassVar[frozenset[str]] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        if request.method == "GET":
            refuse_strange(request.query_params, self.parameters)


class Endpoint(OpenEndpoint):
    """An endpoint for accounts. `actions`: what each method needs."""

    permission_classes = (MayCall,)
    parser_classes = (BoundedJSONParser,)
    actions: ClassVar[dict[str, Action]] = {}


class NewestFirst(CursorPagination):
    """Pages by cursor, so that a row written meanwhile shifts nothing."""

    ordering = "-pk"
    page_size = 50
    max_page_size = 200
    page_size_query_param = "page_size"
    parameters = frozenset({"cursor", "page_size"})

    def get_page_size(self, request: Request) -> int | None:
        """As asked for; what is no size is told instead of passed over."""
        typed = request.query_params.get("page_size", "")
        most = self.max_page_size
        if typed and not (typed.isdecimal() and 1 <= int(typed[:9]) <= most):
            says = f"Write a whole number from 1 to {most}, or leave it out."
            raise InvalidRequest({"page_size": [says]})
        return super().get_page_size(request)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """The place in the list; a cursor that was not given out is told."""
        try:
            cursor = super().decode_cursor(request)
        except NotFound:
            cursor, is_ours = None, False
        else:
            is_ours = cursor is None or str(cursor.position or 0).isdecimal()
        if not is_ours:
            says = "This is no cursor. Take it from `next` or `previous` of a page."
            raise InvalidRequest({"cursor": [says]})
        return cursor

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """As DRF's, in the words of OpenAPI 3.1, which has no `nullable`."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": link, "previous": link, "results": schema},
        }


def body_of(request: Request) -> dict[str, Any]:
    """The JSON object that was sent."""
    if not isinstance(request.data, Mapping):
        raise InvalidRequest(
            {"": ['Send one JSON object, for example {"exporter": "GBR", …}.']}
        )
    return dict(request.data)


def days_from(data: Mapping[str, Any]) -> tuple[date, date]:
    """`as_of` and `known_at` in a body or a query; today and `as_of` if not given."""
    as_of = _day(data, "as_of", as_of_day, today())
    return as_of, known_at_from(data, as_of)


def known_at_from(data: Mapping[str, Any], as_of: date) -> date:
    """`known_at` in a body or a query; what was known on `as_of` if not given."""
    return _day(data, "known_at", known_at_day, known_then(as_of, today()))


def read_parameter(
    data: Mapping[str, Any], name: str, read: Callable[[Any], str]
) -> str:
    """What `read` makes of a parameter; "" when it is not there or empty."""
    if readers.is_blank(data.get(name)):
        return ""
    try:
        return read(data[name])
    except readers.Problem as problem:
        raise InvalidRequest({name: [str(problem)]}) from None


def _day(
    data: Mapping[str, Any],
    name: str,
    read: Callable[[Any, date], date],
    default: date,
) -> date:
    if readers.is_blank(data.get(name)):
        return default
    try:
        return read(data[name], today())
    except readers.Problem as problem:
        raise InvalidRequest({name: [str(problem)]}) from None


def refuse_strange(data: Mapping[str, Any], known: Set[str]) -> None:
    """Complain about fields that the endpoint does not have."""
    strange = [name for name in data if name not in known]
    says = f"There is no such field. Use {', '.join(sorted(known))}."
    if not known:
        says = "There is no such field here; leave it out."
    if strange:
        raise InvalidRequest(
            {readers.shown(name): [says] for name in strange[:MOST_COMPLAINTS]}
        )
