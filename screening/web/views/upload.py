"""Many transfers from one file: a look at what was understood, then all or none."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import BytesIO, StringIO
from typing import IO

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from screening import services
from screening.access import Action
from screening.drafts import ItemLine, TransferDraft
from screening.intake import CsvRead, drafts_from_csv
from screening.intake.table import MOST_BYTES, MOST_ROWS
from screening.web.days import today
from screening.web.guard import account, asks
from treaties.web.names import Names, names

# What each column holds, and what stands in the template; a column that is not here
# would have no words on the page, and a test would say so.
ABOUT = {
    "exporter": ("The exporting state, by name or ISO code. Needed.", "United Kingdom"),
    "recipient": ("The receiving state. Needed.", "Saudi Arabia"),
    "on": ("The day of the decision, year-month-day. Needed.", "2019-06-20"),
    "item": ("One item: a model, a kind or a list entry. Needed.", "Paveway IV"),
    "quantity": ("How many of it; empty when not known.", "500"),
    "description": ("The item in your words, if they differ.", ""),
    "parent_item": ("For parts: the system that they belong to.", ""),
    "items": ("Instead of item: several items, parted by semicolons.", ""),
    "end_user": ("The force or body that will hold them.", "Royal Saudi Air Force"),
    "end_user_kind": ("Its kind, when the force is not in the list.", ""),
    "end_user_state": ("Its state, if that is not the receiving one.", ""),
    "end_use": ("What they are for.", "EXTERNAL_OPERATION"),
    "end_use_place": ("The state in which they will be used.", "Yemen"),
    "origin": ("The state of origin, if its consent is needed.", ""),
    "brokers": ("States of brokers, parted by semicolons.", ""),
    "transit": ("States of transit, parted by semicolons.", ""),
    "activity": ("The form of the transfer.", "EXPORT"),
    "approvals": ("Keys of embargoes whose approval is documented.", ""),
    "safeguards": (
        "Safeguards, one a line in the cell, five parts each with semicolons between "
        "them: what it is; risk; status; day; what shows it.",
        "",
    ),
    "force_size": ("Members of the force, digits only.", ""),
    "economic_argument": ("An economic argument put forward; of no weight.", ""),
    "note": ("A note.", ""),
}
# `items` and `item` exclude each other, so the template has one of them.
IN_TEMPLATE = tuple(name for name in ABOUT if name != "items")


@dataclass(frozen=True)
class Understood:
    """One row of the file in words."""

    row: int
    exporter: str
    receiver: str
    items: str
    on: str


@asks(Action.PROPOSE)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose a file; look at its rows and errors; save all of it or nothing."""
    if request.method == "GET":
        return _page(request)
    file = _sent(request)
    if file is None:
        return _page(request, problem="No file was chosen. Choose a CSV file.")
    read = drafts_from_csv(file, today=today())
    if request.POST.get("step") != "save" or read.errors or not read.drafts:
        return _page(request, read)
    drafts = [row.draft for row in read.drafts]
    stored = services.submit_transfers(drafts, by=account(request), today=today())
    messages.success(request, _receipt(len(stored)))
    return redirect("transfer-list")


@asks(Action.PROPOSE)
@require_GET
def template(request: HttpRequest) -> HttpResponse:
    """A file with the columns and one example. The mark tells spreadsheets of UTF-8."""
    lines = StringIO(newline="")
    csv.writer(lines).writerows([IN_TEMPLATE, [ABOUT[name][1] for name in IN_TEMPLATE]])
    return HttpResponse(
        lines.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="transfers.csv"'},
    )


def _sent(request: HttpRequest) -> IO[bytes] | None:
    """The chosen file or, when the rows were looked at, its text as it came back."""
    chosen = request.FILES.get("file")
    if chosen is not None:
        return chosen.file
    text = request.POST.get("text", "")
    return BytesIO(text.encode()) if text else None


def _page(
    request: HttpRequest, read: CsvRead | None = None, problem: str = ""
) -> HttpResponse:
    known = names()
    context = {
        "read": read,
        "problem": problem,
        "rows": [_understood(row.row, row.draft, known) for row in read.drafts]
        if read
        else [],
        "columns": [(name, *ABOUT[name]) for name in ABOUT],
        "most_rows": MOST_ROWS,
        "most_mb": MOST_BYTES // 1024 // 1024,
    }
    return render(request, "screening/upload.html", context)


def _understood(row: int, draft: TransferDraft, known: Names) -> Understood:
    holder = known.forces.get(draft.force) or draft.end_user
    state = known.states.get(draft.recipient, draft.recipient)
    return Understood(
        row=row,
        exporter=known.states.get(draft.exporter, draft.exporter),
        receiver=f"{state}, {holder}" if holder else state,
        items="; ".join(_line(line, known) for line in draft.items),
        on=draft.on.isoformat(),
    )


def _line(line: ItemLine, known: Names) -> str:
    count = f"{line.quantity:,} " if line.quantity else ""
    understood = known.items.get(line.item, line.item)
    if line.parent_item:
        understood += f" of: {known.items.get(line.parent_item, line.parent_item)}"
    return f"{count}{line.description}, read as: {understood}"


def _receipt(n: int) -> str:
    stored = "One transfer is" if n == 1 else f"All {n} transfers are"
    return f"{stored} saved and screened. They stand first in this list."
