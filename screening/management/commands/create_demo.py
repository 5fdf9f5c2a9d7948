"""`manage.py create_demo`: sign-ins and made-up transfers to look around with."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from screening.intake import InvalidTransfer
from screening.models import User
from screening.services import demo
from screening.services.demo import DemoAccount


class Command(BaseCommand):
    help = (
        "Make demonstration accounts, one a role, with random passwords (kept in "
        "var/demo-accounts.txt), and a few dozen made-up transfers, screened. A second "
        "run changes nothing."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(settings.VAR_DIR) / "demo-accounts.txt"
        if not _opens(file):
            _write_private(file, demo.create_demo_accounts())
        source = Path(settings.BASE_DIR) / "fixtures" / "demo" / "transfers.csv"
        try:
            n = demo.create_demo_transfers(source, today=timezone.localdate())
        except InvalidTransfer as invalid:
            message = f"{source} does not fit the facts that are loaded:\n{invalid}"
            raise CommandError(message) from invalid
        made = f"{n} made-up transfers screened" if n else "transfers unchanged"
        self.stdout.write(f"Demonstration: {made}. Sign in as:")
        self.stdout.write(file.read_text(encoding="utf-8"))


def _opens(file: Path) -> bool:
    """Whether the file names every account with the password it has in this database.

    The file may be left from another database.
    """
    if not file.exists():
        return False
    lines = file.read_text(encoding="utf-8").splitlines()
    written = {words[0]: words[1] for line in lines if len(words := line.split()) > 1}
    users = User.objects.filter(username__in=demo.ACCOUNTS)
    return len(users) == len(demo.ACCOUNTS) and all(
        user.check_password(written.get(user.username, "")) for user in users
    )


def _write_private(file: Path, accounts: list[DemoAccount]) -> None:
    """Write the sign-ins so that only the owner of this copy can read them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    lines = [
        f"{a.username:<15} {a.password:<20} {a.role.lower():<14} {a.organisation}"
        for a in accounts
    ]
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write("\n".join(line.rstrip() for line in lines) + "\n")
