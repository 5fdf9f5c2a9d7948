"""`manage.py screen`: ask the rules from the command line; nothing is stored."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from screening import services
from screening.intake import InvalidTransfer, known_at_day, read_draft, readers


class Command(BaseCommand):
    help = (
        "Screen one transfer without storing it, for example: screen --exporter GBR "
        "--recipient SAU --force 'Royal Saudi Air Force' --item BOMB_GUIDED "
        "--on 2019-06-20"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--exporter", required=True, help="state, code or name")
        parser.add_argument("--recipient", required=True, help="state, code or name")
        parser.add_argument("--force", default="", help="end user: a force, or a name")
        parser.add_argument("--item", required=True, action="append", dest="items")
        parser.add_argument("--end-use", default="", dest="end_use")
        parser.add_argument("--end-use-place", default="", dest="end_use_place")
        parser.add_argument(
            "--safeguard",
            action="append",
            dest="safeguards",
            default=[],
            help="for example 'End-use certificate; diversion; verified; 2024-03-01; "
            "embassy letter'",
        )
        parser.add_argument("--approval", action="append", dest="approvals", default=[])
        parser.add_argument("--on", default="", help="day (default: today)")
        parser.add_argument(
            "--known-at", default="", help="use what was known on this day"
        )
        parser.add_argument("--json", action="store_true", help="print everything")

    def handle(self, *args: Any, **options: Any) -> str:
        today = timezone.localdate()
        names = (
            "exporter",
            "recipient",
            "items",
            "end_use",
            "end_use_place",
            "safeguards",
            "approvals",
        )
        data = {name: options[name] for name in names}
        data |= {"end_user": options["force"], "on": options["on"] or today.isoformat()}
        try:
            draft = read_draft(data, today=today)
            known_at = services.known_then(draft.on, today)
            if options["known_at"]:
                known_at = known_at_day(options["known_at"], today)
        except (InvalidTransfer, readers.Problem) as invalid:
            raise CommandError(str(invalid)) from invalid
        found = services.preview(draft, as_of=draft.on, known_at=known_at)
        if options["json"]:
            return json.dumps(found, indent=2, ensure_ascii=False)
        return _in_words(found)


def _in_words(found: dict[str, Any]) -> str:
    label = "" if found["is_complete"] else ", INCOMPLETE"
    lines = [
        f"{found['verdict']}{label} (between {found['lowest']} and {found['highest']})",
        f"as of {found['as_of']}, with what was known on {found['known_at']}",
        "",
        found["headline"],
    ]
    lines += [f"- {r['article']}: {r['text']}" for r in found["reasons"]]
    lines += [f"- Not known: {gap['text']}" for gap in found["gaps"]]
    return "\n".join([*lines, "", found["disclaimer"]])
