"""`manage.py create_token <username>`: a token for the API, shown once."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from knox.models import AuthToken

from screening.access import Action, may
from screening.models import User


class Command(BaseCommand):
    help = "Make a token for the API. It is shown once and stored only as a hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument(
            "--days",
            type=int,
            default=90,
            help="how long the token is valid (default: 90)",
        )

    def handle(
        self, *args: Any, username: str, days: int, **options: Any
    ) -> str | None:
        user = User.objects.filter(username=username).first()
        if user is None:
            msg = f'There is no account "{username}". Make one in /admin/ first.'
            raise CommandError(msg)
        if not may(user, Action.USE_API):
            msg = f'The account "{username}" may not use the API. Give it a role.'
            raise CommandError(msg)
        if days < 1:
            msg = "A token is valid for at least one day: --days 1."
            raise CommandError(msg)
        _, token = AuthToken.objects.create(user, expiry=timedelta(days=days))
        return str(token)
