"""`manage.py reproduce`: make a stored screening again, on the facts it was made on."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from screening import services
from screening.models import Screening


class Command(BaseCommand):
    help = (
        "Screen a transfer again with the facts and rules that a stored screening "
        "names, whatever was corrected since, and say whether the answer is the same."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("screening", type=int, help="number of the screening")

    def handle(self, *args: Any, **options: Any) -> str:
        stored = Screening.objects.filter(pk=options["screening"]).first()
        if stored is None:
            msg = f"There is no screening {options['screening']}."
            raise CommandError(msg)
        try:
            again = services.reproduce(stored)
        except services.NotReproducible as error:
            raise CommandError(str(error)) from error
        if again.explanation != stored.explanation:
            msg = (
                f"Screening {stored.pk} said {stored.verdict}; the same facts and "
                f"rules now say {again.verdict}, or give other reasons. The transfer "
                "or the program must have changed: compare the two explanations."
            )
            raise CommandError(msg)
        return (
            f"{again.verdict}: the same answer, reason for reason, on facts "
            f"{again.facts_digest} and rulebook {again.rulebook_digest}."
        )
