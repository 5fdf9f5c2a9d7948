"""Propose a transfer: type, look at the preview, check, save."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.forms.formsets import BaseFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from screening import services
from screening.access import Action
from screening.drafts import TransferDraft
from screening.intake import InvalidTransfer, read_draft
from screening.models import Activity, EndUse, EndUserKind
from screening.web import words
from screening.web.days import today
from screening.web.forms import (
    LINES,
    LineForm,
    LineFormSet,
    TransferForm,
    line_values,
    put_errors,
    transfer_data,
)
from screening.web.guard import account, asks
from treaties import selectors as facts
from treaties.web.names import names

# What a link to this page may fill in.
FROM_LINK = ("exporter", "recipient", "end_user", "end_use", "on")
N_PICKS = 4
# No name is longer, and likeness costs time with each letter.
LONGEST_LIKENESS = 200


@dataclass
class Typed:
    """What a request holds: the forms, and the draft when all of it was understood."""

    form: TransferForm
    lines: BaseFormSet[LineForm]
    draft: TransferDraft | None = None
    picks: dict[str, list[str]] = field(default_factory=dict)

    @property
    def error_list(self) -> list[tuple[str, str, str]]:
        """Field id, label and message of each error, in the order of the page."""
        found = [
            (
                self.form[name].auto_id if name in self.form.fields else "",
                label,
                str(text),
            )
            for name, label in self._fields()
            for text in self.form.errors.get(name, ())
        ]
        for number, line in enumerate(self.lines.forms, start=1):
            for name in line.fields:
                label = f"{line[name].label} {number}"
                found += [
                    (line[name].auto_id, label, str(text))
                    for text in line.errors.get(name, ())
                ]
        return found

    def _fields(self) -> list[tuple[str, str]]:
        own = [(name, str(f.label)) for name, f in self.form.fields.items()]
        return [*own, ("__all__", "")]


def read_typed(post: QueryDict) -> Typed:
    """Check what was posted; errors stand beside their fields."""
    form, lines = TransferForm(post), LineFormSet(post, prefix=LINES)
    form.full_clean()
    lines.full_clean()
    data, places = transfer_data(form, lines)
    try:
        draft = read_draft(data, today=today())
    except InvalidTransfer as invalid:
        put_errors(form, lines, invalid.errors, places)
        return Typed(form, lines)
    sound = form.is_valid() and not any(line.errors for line in lines.forms)
    return Typed(form, lines, draft if sound else None)


@asks(Action.PROPOSE)
@require_http_methods(["GET", "POST"])
def propose(request: HttpRequest) -> HttpResponse:
    if request.method == "GET":
        return _page(request, _from_link(request.GET))
    step = request.POST.get("step", "check")
    if step not in {"check", "save"}:
        return _page(request, _changed(request.POST, step))
    typed = read_typed(request.POST)
    if typed.draft is None:
        typed.picks = _picks(typed)
        return _page(request, typed)
    if step == "check":
        return _check(request, typed, typed.draft)
    return _save(request, typed.draft)


@asks(Action.PROPOSE)
@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The verdict on what is typed so far, as a fragment; nothing is stored."""
    typed = read_typed(request.POST)
    if typed.draft is None:
        return render(request, "screening/preview.html", {"wanted": _wanted(typed)})
    return render(request, "screening/preview.html", {"told": _told(typed.draft)})


def _told(draft: TransferDraft) -> dict[str, Any]:
    known_at = services.known_then(draft.on, today())
    return services.preview(draft, as_of=draft.on, known_at=known_at)


def _save(request: HttpRequest, draft: TransferDraft) -> HttpResponse:
    screening = services.propose_transfer(draft, by=account(request), today=today())
    messages.success(
        request,
        f"Saved as transfer {screening.transfer.reference} and screened. This page is "
        "its receipt: keep the link; later screenings will stand beside this one.",
    )
    return redirect("screening-detail", pk=screening.pk)


def _page(request: HttpRequest, typed: Typed) -> HttpResponse:
    has_errors = typed.form.is_bound and bool(typed.error_list)
    context = {
        "form": typed.form,
        "lines": typed.lines,
        "offers": typed.picks,
        "names": names(),
        "has_errors": has_errors,
        "error_list": typed.error_list if has_errors else [],
    }
    return render(request, "screening/propose.html", context)


def _check(request: HttpRequest, typed: Typed, draft: TransferDraft) -> HttpResponse:
    kept = [
        (name, value)
        for name, value in request.POST.items()
        if name not in {"csrfmiddlewaretoken", "step", "pick"}
    ]
    context = {
        "typed": kept,
        "answers": _answers(typed, draft),
        "told": _told(draft),
    }
    return render(request, "screening/check.html", context)


def _answers(typed: Typed, draft: TransferDraft) -> list[tuple[str, str]]:
    """Each question with what was understood, in words."""
    known = names()

    def states(*codes: str) -> str:
        return ", ".join(known.states.get(code, code) for code in codes if code)

    items = "\n".join(
        f"{line.quantity or 'an unknown number of'} {line.description} "
        f"(read as {known.items.get(line.item, line.item)})"
        for line in draft.items
    )
    answers = {
        "exporter": states(draft.exporter),
        "origin": states(draft.origin) or words.NOT_STATED,
        "recipient": states(draft.recipient),
        "end_user": draft.end_user,
        "end_user_kind": _label(EndUserKind, draft.end_user_kind),
        "items": items,
        "end_use": _label(EndUse, draft.end_use),
        "end_use_place": states(draft.end_use_place),
        "on": f"{draft.on.day} {draft.on:%B %Y}",
        "activity": _label(Activity, draft.activity),
        "transit": states(*draft.transit) or words.NOT_STATED,
        "brokers": states(*draft.brokers) or words.NOT_STATED,
        "approvals": ", ".join(draft.approvals) or words.NOT_STATED,
        "force_size": str(draft.force_size or words.NOT_STATED),
        "safeguards": words.safeguards_in_words(draft) or words.NOT_STATED,
        "economic_argument": draft.economic_argument or words.NOT_STATED,
        "note": draft.note or words.NOT_STATED,
    }
    labels = {name: str(f.label) for name, f in typed.form.fields.items()}
    return [(labels.get(name, "Items"), value) for name, value in answers.items()]


def _label(choices: type[EndUserKind | EndUse | Activity], code: str) -> str:
    return "" if code == "UNKNOWN" else str(choices(code).label)


def _from_link(values: QueryDict) -> Typed:
    initial = {name: values[name] for name in FROM_LINK if name in values}
    initial.setdefault("on", today().isoformat())
    lines = [{"item": values.get("item", "")}]
    return Typed(TransferForm(initial=initial), _unchecked_lines(lines))


def _changed(post: QueryDict, step: str) -> Typed:
    """The page again with what was typed, before anything is checked."""
    lines = line_values(LineFormSet(post, prefix=LINES))
    values = {name: post.get(name, "") for name in TransferForm.base_fields}
    if step == "add-line":
        lines.append({"item": "", "quantity": ""})
    elif step.startswith("remove-line-"):
        lines = [v for n, v in enumerate(lines) if f"remove-line-{n}" != step]
    elif step.startswith("pick:"):
        _take_pick(step, values, lines)
    return Typed(TransferForm(initial=values), _unchecked_lines(lines))


def _take_pick(step: str, values: dict[str, str], lines: list[dict[str, str]]) -> None:
    _, name, value = step.split(":", 2) if step.count(":") > 1 else ("", "", "")
    if name in values:
        values[name] = value
    for number, line in enumerate(lines):
        if name == f"{LINES}-{number}-item":
            line["item"] = value


def _unchecked_lines(values: list[dict[str, str]]) -> BaseFormSet[LineForm]:
    return LineFormSet(initial=values or [{}], prefix=LINES)


def _picks(typed: Typed) -> dict[str, list[str]]:
    """For each field that was not understood, what may have been meant."""
    picks: dict[str, list[str]] = {}
    for name in typed.form.errors:
        value = typed.form[name].value() if name != "__all__" else ""
        text = str(value or "")[:LONGEST_LIKENESS]
        if not text:
            continue
        if name in {"exporter", "recipient", "origin", "end_use_place"}:
            picks[name] = [m.name for m in facts.find_states(text, N_PICKS)]
        elif name == "end_user":
            picks[name] = [m.name for m in facts.find_forces(text, None, N_PICKS)]
    for line in typed.lines.forms:
        text = str(line["item"].value() or "")[:LONGEST_LIKENESS]
        if text and line.errors.get("item"):
            found = facts.find_items(text, N_PICKS)
            picks[line["item"].html_name] = [m.name for m in found]
    return picks


def _wanted(typed: Typed) -> list[tuple[str, str]]:
    """Labels of what is still missing, with the message where something was typed."""
    wanted: list[tuple[str, str]] = []
    for place, label, text in typed.error_list:
        is_empty = text.startswith("This is empty")
        wanted.append((label if place else "", "" if is_empty else text))
    return wanted
