"""The endpoints under /api/v1/: each translates, makes one call and answers."""

from __future__ import annotations

from dataclasses import asdict, is_dataclass
from datetime import date
from typing import Any, ClassVar

from django.http import Http404
from django.utils.timezone import localdate as today
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from screening import selectors, services
from screening.access import Action
from screening.api import serializers as shapes
from screening.api.base import (
    Endpoint,
    NewestFirst,
    OpenEndpoint,
    body_of,
    days_from,
    known_at_from,
    read_parameter,
    refuse_strange,
)
from screening.intake import read_draft, readers
from screening.models import Screening, Transfer, Verdict
from treaties import selectors as facts


def _problem(text: str) -> OpenApiResponse:
    return OpenApiResponse(shapes.ProblemOutput, description=text)


INVALID = {(400, "application/problem+json"): _problem("Errors by field.")}
CLOSED = {
    (401, "application/problem+json"): _problem("No valid token."),
    (403, "application/problem+json"): _problem("The account may not do this."),
}
MISSING = {
    (404, "application/problem+json"): _problem("Nothing here that you may see.")
}
PAGING = [
    OpenApiParameter("cursor", str, description="From `next` of the page before."),
    OpenApiParameter("page_size", int, description="Up to 200."),
]
DAYS = [
    OpenApiParameter("as_of", OpenApiTypes.DATE, description="Today if not given."),
    OpenApiParameter(
        "known_at", OpenApiTypes.DATE, description="`as_of` if not given."
    ),
]


class ScreenView(Endpoint):
    """Screen a transfer without storing anything."""

    actions: ClassVar = {"POST": Action.SCREEN}

    @extend_schema(
        operation_id="screen",
        request=shapes.QuestionInput,
        responses={200: shapes.ExplanationOutput, **INVALID, **CLOSED},
    )
    def post(self, request: Request) -> Response:
        data = body_of(request)
        asked = {"known_at": data.pop("known_at", None)}
        draft = read_draft(data, today=today())
        known_at = known_at_from(asked, draft.on)
        explanation = services.preview(draft, as_of=draft.on, known_at=known_at)
        return Response(explanation)


class TransfersView(Endpoint):
    """The transfers of your organisation."""

    actions: ClassVar = {"GET": Action.VIEW_TRANSFER, "POST": Action.PROPOSE}
    pagination_class = NewestFirst
    parameters = NewestFirst.parameters | {"exporter", "recipient", "verdict", "text"}

    @extend_schema(
        operation_id="list_transfers",
        parameters=[
            OpenApiParameter("exporter", str, description="Code or name of a state."),
            OpenApiParameter("recipient", str, description="Code or name of a state."),
            OpenApiParameter("verdict", str, description="Of the latest screening."),
            OpenApiParameter("text", str, description="In reference or end user."),
            *PAGING,
        ],
        responses={200: shapes.TransferOutput(many=True), **INVALID, **CLOSED},
    )
    def get(self, request: Request) -> Response:
        asked = request.query_params
        filters = selectors.TransferFilters(
            exporter=read_parameter(asked, "exporter", readers.state),
            recipient=read_parameter(asked, "recipient", readers.state),
            verdict=read_parameter(asked, "verdict", _verdict),
            text=read_parameter(asked, "text", readers.text),
        )
        found = selectors.transfer_list(request.user, filters)
        return _page(self, found, shapes.TransferOutput)

    @extend_schema(
        operation_id="propose_transfer",
        request=shapes.TransferInput,
        responses={201: shapes.ProposedOutput, **INVALID, **CLOSED},
    )
    def post(self, request: Request) -> Response:
        draft = read_draft(body_of(request), today=today())
        screening = services.propose_transfer(
            draft, by=_account(request), today=today()
        )
        transfer = selectors.transfer_detail(request.user, screening.transfer.reference)
        answer = {
            "transfer": shapes.TransferOutput(transfer).data,
            "screening": shapes.ScreeningDetailOutput(screening).data,
        }
        return Response(answer, status=status.HTTP_201_CREATED)


class TransferView(Endpoint):
    """One transfer."""

    actions: ClassVar = {"GET": Action.VIEW_TRANSFER}

    @extend_schema(
        operation_id="get_transfer",
        responses={200: shapes.TransferOutput, **CLOSED, **MISSING},
    )
    def get(self, request: Request, reference: str) -> Response:
        return Response(shapes.TransferOutput(_transfer(request, reference)).data)


class TransferScreeningsView(Endpoint):
    """The screenings of one transfer."""

    actions: ClassVar = {"GET": Action.VIEW_TRANSFER, "POST": Action.SCREEN}
    pagination_class = NewestFirst
    parameters = NewestFirst.parameters

    @extend_schema(
        operation_id="list_screenings_of_transfer",
        parameters=PAGING,
        responses={
            200: shapes.ScreeningOutput(many=True),
            **INVALID,
            **CLOSED,
            **MISSING,
        },
    )
    def get(self, request: Request, reference: str) -> Response:
        found = selectors.screenings_of(_transfer(request, reference))
        return _page(self, found, shapes.ScreeningOutput)

    @extend_schema(
        operation_id="screen_transfer",
        request=shapes.ScreeningInput,
        responses={
            201: shapes.ScreeningDetailOutput,
            **INVALID,
            **CLOSED,
            **MISSING,
        },
    )
    def post(self, request: Request, reference: str) -> Response:
        data = body_of(request)
        refuse_strange(data, {"as_of", "known_at"})
        as_of, known_at = days_from(data)
        screening = services.screen_transfer(
            _transfer(request, reference),
            as_of=as_of,
            known_at=known_at,
            by=_account(request),
        )
        return Response(
            shapes.ScreeningDetailOutput(screening).data,
            status=status.HTTP_201_CREATED,
        )


class ScreeningsView(Endpoint):
    """The screenings of your organisation's transfers, newest first."""

    actions: ClassVar = {"GET": Action.VIEW_TRANSFER}
    pagination_class = NewestFirst
    parameters = NewestFirst.parameters

    @extend_schema(
        operation_id="list_screenings",
        parameters=PAGING,
        responses={200: shapes.ScreeningOutput(many=True), **INVALID, **CLOSED},
    )
    def get(self, request: Request) -> Response:
        found = selectors.screening_list(request.user)
        return _page(self, found, shapes.ScreeningOutput)


class ScreeningView(Endpoint):
    """One screening with its reasons."""

    actions: ClassVar = {"GET": Action.VIEW_TRANSFER}

    @extend_schema(
        operation_id="get_screening",
        responses={200: shapes.ScreeningDetailOutput, **CLOSED, **MISSING},
    )
    def get(self, request: Request, pk: int) -> Response:
        try:
            screening = selectors.screening_detail(request.user, pk)
        except Screening.DoesNotExist:
            raise Http404 from None
        return Response(shapes.ScreeningDetailOutput(screening).data)


class StatesView(OpenEndpoint):
    """Every state and territory that is held. Open to all."""

    @extend_schema(
        operation_id="list_states", responses={200: shapes.StateOutput(many=True)}
    )
    def get(self, request: Request) -> Response:
        return Response([_plain(state) for state in facts.states_list()])


class StateView(OpenEndpoint):
    """What is recorded of one state as of a day. Open to all."""

    parameters = frozenset({"as_of", "known_at"})

    @extend_schema(
        operation_id="get_state",
        parameters=DAYS,
        responses={200: OpenApiTypes.OBJECT, **INVALID, **MISSING},
    )
    def get(self, request: Request, iso3: str) -> Response:
        as_of, known_at = days_from(request.query_params)
        return Response(_plain(_profile(iso3, as_of, known_at)))


class NothingHereView(APIView):
    """Answers any other path under /api/v1/ in the shape of the API's errors."""

    permission_classes = (AllowAny,)

    @extend_schema(exclude=True)
    def get(self, request: Request) -> Response:
        raise Http404

    post = put = patch = delete = get


def _account(request: Request) -> Any:
    """The account behind the request; `MayCall` has let only accounts in."""
    return request.user


def _verdict(typed: Any) -> str:
    return readers.choice(typed, Verdict)


def _transfer(request: Request, reference: str) -> Transfer:
    try:
        return selectors.transfer_detail(request.user, reference)
    except Transfer.DoesNotExist:
        raise Http404 from None


def _page(view: APIView, found: Any, shape: Any) -> Response:
    pages = NewestFirst()
    page: Any = pages.paginate_queryset(found, view.request, view=view)
    return pages.get_paginated_response(shape(page, many=True).data)


def _profile(iso3: str, as_of: date, known_at: date) -> Any:
    try:
        return facts.state_profile(iso3.upper(), as_of, known_at)
    except LookupError:
        raise Http404 from None


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return value
