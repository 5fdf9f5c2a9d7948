"""Transfers and their screenings, as far as the account may see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate
from django.utils import timezone

from screening.access import Account, screenings_visible_to, transfers_visible_to
from screening.models import Confirmation, Screening, Transfer, User


@dataclass(frozen=True)
class TransferFilters:
    """What a list of transfers is narrowed to; "" leaves it as it is.

    verdict: that of the standing screening. text: in the reference or the end user.
    """

    exporter: str = ""
    recipient: str = ""
    verdict: str = ""
    text: str = ""


def standing_screenings(screenings: QuerySet[Screening]) -> QuerySet[Screening]:
    """Of screenings those that speak of the proposal itself, the one that stands first.

    A proposal is about its own day. Of screenings as of that day the one with the most
    knowledge stands, of several with the same the newest: whoever asks about another
    day, or asks to forget what became known since, changes no list.
    """
    own = screenings.filter(as_of=F("transfer__proposed_on"))
    return own.order_by("-known_at", "-pk")


def with_knowledge_of_their_time(
    screenings: QuerySet[Screening],
) -> QuerySet[Screening]:
    """Of screenings those that used all that was known when they were made.

    So a run screens, and only with such a screening can it compare: against one that
    used what was known on an earlier day, what people learnt meanwhile would look like
    a change of the facts.
    """
    # A day of grace: midnight may lie between the question and its row.
    made_on = TruncDate(F("created_at") - timedelta(days=1))
    return screenings.filter(Q(run__isnull=False) | Q(known_at__gte=made_on))


def transfer_list(
    user: Account, filters: TransferFilters | None = None
) -> QuerySet[Transfer]:
    """Visible transfers, newest first, each with its items and the verdict that stands.

    Adds to each `latest_verdict`, `latest_is_complete` and `latest_screening`, None
    when it was not screened as of its own day (`standing_screenings`). Two queries for
    a page, whatever its length.
    """
    latest = standing_screenings(Screening.objects.filter(transfer=OuterRef("pk")))
    found = (
        transfers_visible_to(user)
        .select_related("organisation", "created_by")
        .prefetch_related("items")
        .annotate(
            latest_screening=Subquery(latest.values("pk")[:1]),
            latest_verdict=Subquery(latest.values("verdict")[:1]),
            latest_is_complete=Subquery(latest.values("is_complete")[:1]),
        )
        .order_by("-pk")
    )
    return found.filter(_narrowed(filters or TransferFilters()))


def transfer_detail(user: Account, reference: str) -> Transfer:
    """One visible transfer.

    Raises Transfer.DoesNotExist also when it exists and is not visible: that another
    organisation has it is not told.
    """
    return transfer_list(user).get(reference=reference)


def screenings_of(transfer: Transfer) -> QuerySet[Screening]:
    """The screenings of a transfer, newest first."""
    return transfer.screenings.select_related("run", "created_by").order_by("-pk")


def latest_screening(transfer: Transfer) -> Screening | None:
    """The screening that stands, with its reasons; None when there is none yet."""
    standing = standing_screenings(screenings_of(transfer))
    return standing.select_related("detail").first()


def confirmed(screening: Screening) -> list[str]:
    """What people confirmed of a screening, a sentence each.

    It counts beside the verdict, which stays as the rules left it.
    """
    findings = screening.explanation.get("findings", [])
    articles = {f["criterion"]: f.get("article") for f in findings}
    made = screening.confirmations.select_related("by").filter(
        decision=Confirmation.Decision.CONFIRMED
    )
    return [
        f"Confirmed by {_role(decision.by)} on {_in_words(decision.at)}: counts as "
        f"PROHIBITED under {articles.get(decision.criterion) or decision.criterion}"
        for decision in made
    ]


def _role(user: User) -> str:
    return (user.get_role_display() or "account").lower()


def _in_words(at: datetime) -> str:
    day = timezone.localtime(at)
    return f"{day.day} {day:%B %Y}"


def screening_list(user: Account) -> QuerySet[Screening]:
    """Visible screenings, newest first."""
    return screenings_visible_to(user).select_related("transfer").order_by("-pk")


def screening_detail(user: Account, pk: int) -> Screening:
    """One visible screening with its reasons. Raises Screening.DoesNotExist."""
    return (
        screenings_visible_to(user)
        .select_related("transfer__organisation", "detail", "run", "created_by")
        .prefetch_related("transfer__items", "confirmations__by")
        .get(pk=pk)
    )


def _narrowed(filters: TransferFilters) -> Q:
    wanted = Q()
    if filters.exporter:
        wanted &= Q(exporter=filters.exporter)
    if filters.recipient:
        wanted &= Q(recipient=filters.recipient)
    if filters.verdict:
        wanted &= Q(latest_verdict=filters.verdict)
    if filters.text:
        wanted &= Q(reference__icontains=filters.text) | Q(
            end_user__icontains=filters.text
        )
    return wanted
