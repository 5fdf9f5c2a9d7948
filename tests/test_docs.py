"""What the documentation names exists: links, commands, files."""

import re
from pathlib import Path

import pytest
from django.core.management import get_commands

ROOT = Path(__file__).resolve().parent.parent
TOP_LEVEL = "msp|screening|treaties|templates|static|fixtures|tests|docs|scripts|\\.ci"
PAGES = sorted(
    str(page.relative_to(ROOT))
    for page in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
)

pytestmark = pytest.mark.parametrize("page", PAGES)


def text_of(page: str) -> str:
    return (ROOT / page).read_text(encoding="utf-8")


def test_links_lead_somewhere(page: str) -> None:
    targets = re.findall(r"\]\(([^)\s]+)\)", text_of(page))
    local = [target for target in targets if not re.match(r"[a-z]+:", target)]
    broken = [
        target
        for target in local
        if not (ROOT / page).parent.joinpath(target.split("#")[0]).exists()
    ]
    assert broken == []


def test_make_targets_exist(page: str) -> None:
    makefile = text_of("Makefile")
    targets = set(re.findall(r"^([a-z]+):", makefile, re.MULTILINE))
    named = set(
        re.findall(r"(?:`|^ {4}|[A-Z]+=\S+ )make ([a-z]+)", text_of(page), re.M)
    )
    assert named <= targets


def test_management_commands_exist(page: str) -> None:
    named = set(re.findall(r"manage\.py ([a-z_]+)", text_of(page)))
    assert named <= get_commands().keys()


def test_files_and_folders_exist(page: str) -> None:
    named = re.findall(rf"`((?:{TOP_LEVEL})/[\w./-]*)`", text_of(page))
    assert [path for path in named if not (ROOT / path).exists()] == []
