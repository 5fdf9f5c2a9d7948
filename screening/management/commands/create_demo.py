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
        source = Path(settings.BASE_DIR) / "fixtures" / "demo" / "transfers.csv"
        try:
            if not _opens(file):
                made = demo.create_demo_accounts()
                _write_private(file, [*_still_true(file), *map(_line, made)])
            n = demo.create_demo_transfers(source, today=timezone.localdate())
        except demo.NameTaken as taken:
            raise CommandError(str(taken)) from taken
        except InvalidTransfer as invalid:
            message = f"{source} does not fit the facts that are loaded:\n{invalid}"
            raise CommandError(message) from invalid
        screened = f"{n} made-up transfers screened" if n else "transfers unchanged"
        self.stdout.write(f"Demonstration: {screened}. Sign in as:")
        self.stdout.write(file.read_text(encoding="utf-8"))
        for username in _unwritten(file):
            self.stdout.write(
                f"The password of {username} was set before and is not changed: "
                f"manage.py changepassword {username}"
            )


def _opens(file: Path) -> bool:
    """Whether the file names every account with the password it has in this database.

    The file may be left from another database.
    """
    return len(_still_true(file)) == len(demo.ACCOUNTS)


def _still_true(file: Path) -> list[str]:
    """The lines of the file whose password opens the account in this database."""
    lines = file.read_text(encoding="utf-8").splitlines() if file.exists() else []
    written = {words[0]: line for line in lines if len(words := line.split()) > 1}
    users = User.objects.filter(username__in=demo.ACCOUNTS.keys() & written.keys())
    return [
        written[user.username]
        for user in users
        if user.check_password(written[user.username].split()[1])
    ]


def _unwritten(file: Path) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return sorted(demo.ACCOUNTS.keys() - {line.split()[0] for line in lines if line})


def _line(account: DemoAccount) -> str:
    words = f"{account.username:<15} {account.password:<20} {account.role.lower():<14}"
    return f"{words} {account.organisation}".rstrip()


def _write_private(file: Path, lines: list[str]) -> None:
    """Write the sign-ins so that only the owner of this copy can read them."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.unlink(missing_ok=True)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write("".join(f"{line}\n" for line in lines))
