"""`manage.py backtest`: put past cases to the rules and say how well they answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from screening.intake.cases import InvalidCases, cases_from_csv, columns_left_out
from screening.rules import Rulebook, RulebookError, load_rulebook
from screening.rules.backtest import Backtest, backtest, checked_only
from screening.rules.backtest.words import in_words
from treaties.selectors import current_facts

_BESIDE = ("case_id", "covered", "verdict", "interval", "triggers")


class Command(BaseCommand):
    help = (
        "Screen every past case of a CSV file with what was known on its own day, and "
        "compare the verdicts with those expected: docs/backtest.md tells how."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="CSV file of cases")
        parser.add_argument("--json", action="store_true", help="print everything")
        parser.add_argument(
            "--checked-only",
            action="store_true",
            help="beside it, the same with facts checked against their source only",
        )
        parser.add_argument(
            "--rulebook", type=Path, help="folder of another rulebook to ask"
        )

    def handle(self, *args: Any, **options: Any) -> str:
        rulebook = _rulebook(options["rulebook"])
        content = _content(options["file"])
        try:
            cases = cases_from_csv(content, today=timezone.localdate())
            left_out = columns_left_out(content)
        except InvalidCases as invalid:
            msg = f"{options['file']} cannot be used:\n{invalid}"
            raise CommandError(msg) from invalid
        facts = current_facts()
        whole = backtest(cases, facts, rulebook)
        checked = None
        if options["checked_only"]:
            checked = backtest(cases, checked_only(facts), rulebook)
        if options["json"]:
            return json.dumps(_plain(whole, checked), indent=2, ensure_ascii=False)
        return in_words(whole, checked, left_out)


def _rulebook(folder: Path | None) -> Rulebook:
    own = load_rulebook()
    if folder is None:
        return own
    try:
        other = load_rulebook(folder.resolve())
    except RulebookError as error:
        raise CommandError(str(error)) from error
    texts = {f"criteria/{code}" for code in own.criteria.keys() - other.criteria.keys()}
    missing = sorted(texts | (own.parameters.keys() - other.parameters.keys()))
    if missing:
        named = ", ".join(f"{name}.yaml" for name in missing[:3])
        msg = (
            f"{folder} lacks {named} ({len(missing)} in all). Copy the whole folder "
            "screening/rules/rulebook, then change values in the copy."
        )
        raise CommandError(msg)
    return other


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as why:
        msg = f"{file} cannot be read: {why.strerror}. Is the path right?"
        raise CommandError(msg) from why


def _plain(whole: Backtest, checked: Backtest | None) -> dict[str, Any]:
    found = whole.as_dict()
    if checked is None:
        return found
    for case, result in zip(found["cases"], checked.results, strict=True):
        other = result.as_dict()
        case["checked_only"] = {name: other[name] for name in _BESIDE}
    found["metrics"]["checked_only"] = checked.metrics
    return found
