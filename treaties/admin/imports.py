"""Import a publisher's file: choose it, look at what it would change, then apply it."""

from __future__ import annotations

import re
import secrets
import shutil
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile as AnyUpload
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from treaties import models
from treaties.importers.importing import Asked, Plan, apply, plan_import
from treaties.importers.publishers import publisher, slugs
from treaties.importers.publishers.settings import SourceSettings
from treaties.importers.reading import RefusedError
from treaties.importers.report import counted
from treaties.importers.templates import TEMPLATE, template_names

from .naming import shown

if TYPE_CHECKING:
    from .sources import SourceAdmin

    UploadedFile = AnyUpload[Any]
else:
    UploadedFile = AnyUpload

# Long enough to read what a file would change; then the file is removed.
SECONDS_KEPT = 60 * 60
_SALT = "treaties.admin.imports"
_MB = 1024 * 1024
_LONGEST_NAME = 150
_TOKEN = re.compile(r"[0-9a-f]{32}")


class ImportForm(forms.Form):
    """A source, its file, and what the file does not say of itself."""

    source = forms.ChoiceField(label="Source")
    file = forms.FileField(label="File", max_length=_LONGEST_NAME)
    edition = forms.CharField(
        required=False,
        max_length=60,
        label="Edition (optional)",
        help_text="What the publisher calls it, if the file does not say: 14, 25.1.",
    )
    known_from = forms.DateField(
        required=False,
        label="Known from (optional)",
        help_text="The day on which the edition appeared, if the calendar of the "
        "source does not have it.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    partial = forms.BooleanField(
        required=False,
        label="The file is a part: rows that it does not have stay as they are.",
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.label_suffix, self.today = "", today
        chosen: Any = self.fields["source"]
        chosen.choices = [("", "Choose"), *_choices()]
        self.fields["file"].help_text = f"At most {settings.IMPORT_MAX_MB} MB."

    def clean_file(self) -> UploadedFile:
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > settings.IMPORT_MAX_MB * _MB:
            message = (
                f"The file is larger than {settings.IMPORT_MAX_MB} MB. Import it on "
                "the server: manage.py import_source."
            )
            raise ValidationError(message)
        return file

    def clean_known_from(self) -> date | None:
        day: date | None = self.cleaned_data["known_from"]
        if day is not None and day > self.today:
            message = "This day is still to come: nobody can know the edition yet."
            raise ValidationError(message)
        return day


def _choices() -> list[tuple[str, list[tuple[str, str]]]]:
    publishers = [(slug, publisher(slug).settings.title) for slug in slugs()]
    tables = [(TEMPLATE + n, f"Rows for {_words(n)}") for n in template_names()]
    return [
        ("Files of publishers", sorted(publishers, key=lambda choice: choice[1])),
        ("Our own tables, from a template", sorted(tables, key=lambda c: c[1])),
    ]


def _words(name: str) -> str:
    return name.replace("_", " ")


# --- The file, between look and apply ------------------------------------------------


@dataclass(frozen=True)
class Kept:
    """A file that was looked at and waits to be applied, for an hour at most."""

    token: str
    name: str

    @property
    def folder(self) -> Path:
        return _root() / self.token

    @property
    def path(self) -> Path:
        return self.folder / self.name

    def remove(self) -> None:
        """Take the file away. No harm when it has gone."""
        shutil.rmtree(self.folder, ignore_errors=True)


def keep(file: UploadedFile) -> Kept:
    """Write an uploaded file under a random name. Its own may say its edition."""
    own = re.sub(r"[^\w.() -]", "_", Path(file.name or "").name)[-_LONGEST_NAME:]
    kept = Kept(secrets.token_hex(16), own.lstrip(".") or "file")
    kept.folder.mkdir(parents=True, mode=0o700)
    try:
        with kept.path.open("wb") as written:
            for part in file.chunks():
                written.write(part)
    except OSError:
        kept.remove()
        raise
    return kept


def remove_forgotten() -> None:
    """Remove files that nobody applied within the hour."""
    for folder in _root().glob("*"):
        old = time.time() - folder.stat().st_mtime > SECONDS_KEPT
        if old and _TOKEN.fullmatch(folder.name):
            shutil.rmtree(folder, ignore_errors=True)


def _root() -> Path:
    return Path(settings.VAR_DIR) / "imports"


def _sign(kept: Kept, plan: Plan, by: str) -> str:
    """What was looked at, for the form that applies it; nobody else can make it."""
    asked = plan.asked
    told = {
        "token": kept.token,
        "name": kept.name,
        "source": asked.source,
        "edition": asked.edition,
        "known_from": asked.known_from.isoformat() if asked.known_from else "",
        "partial": asked.partial,
        "digest": plan.digest,
        "by": by,
    }
    return signing.dumps(told, salt=_SALT)


def _looked_at(signed: str, by: str) -> tuple[Kept, Plan] | None:
    """The file and the plan of a form; None when gone or another account's."""
    try:
        told = signing.loads(signed, salt=_SALT, max_age=SECONDS_KEPT)
    except signing.BadSignature:
        return None
    kept = Kept(told["token"], told["name"])
    if told["by"] != by or not kept.path.is_file():
        return None
    known_from = date.fromisoformat(told["known_from"]) if told["known_from"] else None
    asked = Asked(
        told["source"], kept.path, told["edition"], known_from, told["partial"]
    )
    return kept, Plan(asked, "", digest=told["digest"])


# --- Pages ---------------------------------------------------------------------------


def import_page(page: SourceAdmin, request: HttpRequest) -> HttpResponse:
    """Choose a file; look at what it would change; apply all of it, or drop it."""
    remove_forgotten()
    if request.method != "POST":
        return _ask(page, request, ImportForm(today=timezone.localdate()))
    if "looked_at" in request.POST:
        return _end(page, request)
    form = ImportForm(request.POST, request.FILES, today=timezone.localdate())
    if not form.is_valid():
        return _ask(page, request, form)
    return _look(page, request, form)


def _ask(page: SourceAdmin, request: HttpRequest, form: ImportForm) -> HttpResponse:
    return page.page(
        request, "import", "Import a file", form=form, sources=list(_sources())
    )


@dataclass(frozen=True)
class Importable:
    """A publisher whose files can be imported, with the newest edition held."""

    settings: SourceSettings
    held: models.ImportedEdition | None


def _sources() -> Iterator[Importable]:
    newest: dict[str, models.ImportedEdition] = {}
    held = models.ImportedEdition.objects.select_related("source", "imported_in")
    for edition in held.order_by("known_from", "imported_in"):
        newest[edition.source.slug] = edition
    for slug in slugs():
        yield Importable(publisher(slug).settings, newest.get(slug))


def _look(page: SourceAdmin, request: HttpRequest, form: ImportForm) -> HttpResponse:
    data = form.cleaned_data
    kept = keep(data["file"])
    try:
        plan = plan_import(
            data["source"],
            kept.path,
            edition=data["edition"],
            known_from=data["known_from"],
            partial=data["partial"],
            today=timezone.localdate(),
        )
    except DatabaseError as error:
        kept.remove()
        form.add_error("file", _refused(error))
        return _ask(page, request, form)
    except BaseException:
        kept.remove()
        raise
    if plan.is_refused or plan.changes_nothing:
        kept.remove()
    return page.page(
        request,
        "import_plan",
        "What the file would change",
        plan=plan,
        tables=_tables(plan),
        signed=_sign(kept, plan, request.user.get_username()),
    )


def _tables(plan: Plan) -> list[tuple[str, Any, list[tuple[str, str, str, str]]]]:
    """Each table with its numbers and the first cells that change."""
    return [
        (
            name,
            tally,
            [
                (m.key, m.column, shown(m.before), shown(m.after))
                for m in tally.examples
            ],
        )
        for name, tally in (plan.tables or {}).items()
    ]


def _end(page: SourceAdmin, request: HttpRequest) -> HttpResponse:
    """Apply what was looked at, or drop it; either way the file goes."""
    by = request.user.get_username()
    found = _looked_at(request.POST["looked_at"], by)
    if found is None:
        messages.error(
            request,
            "The file is no longer here: it was applied or dropped, or more than an "
            "hour has passed. Nothing was changed. Give it again.",
        )
        return _back()
    kept, plan = found
    try:
        if "apply" in request.POST:
            _apply(request, plan, by)
        else:
            messages.info(request, "The file was dropped. Nothing was changed.")
    finally:
        kept.remove()
    return _back()


def _apply(request: HttpRequest, plan: Plan, by: str) -> None:
    try:
        done = apply(plan, by=by, today=timezone.localdate())
    except RefusedError as error:
        messages.error(request, f"Nothing was changed. {error}")
        return
    except DatabaseError as error:
        messages.error(request, f"Nothing was changed. {_refused(error)}")
        return
    entry = models.Change.objects.latest("at")
    told = "; ".join(f"{name}: {counted(t)}" for name, t in (done.tables or {}).items())
    messages.success(
        request,
        format_html(
            "{} is imported. {}. <a href='{}'>The entry in the ledger</a>",
            done.title,
            told,
            reverse("admin:treaties_change_change", args=[entry.pk]),
        ),
    )


def _refused(error: DatabaseError) -> str:
    return f"The database refused a row: {str(error).splitlines()[0]}"


def _back() -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:treaties_import"))
