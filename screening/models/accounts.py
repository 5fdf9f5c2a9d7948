"""Accounts: who signs in, for which organisation, in which role."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q


class Organisation(models.Model):
    """Owns transfers. What it proposes stays its own unless marked public."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=60, unique=True)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    """What an account is for. `screening.access` says what each may do."""

    ANALYST = "ANALYST", "Analyst"
    REVIEWER = "REVIEWER", "Reviewer"
    STEWARD = "STEWARD", "Data steward"
    PARTNER = "PARTNER", "Partner"
    ADMINISTRATOR = "ADMINISTRATOR", "Administrator"


class Accounts(UserManager["User"]):
    """Makes accounts; the one from `createsuperuser` is an administrator."""

    def create_superuser(
        self,
        username: str,
        email: str | None = None,
        password: str | None = None,
        **extra_fields: Any,
    ) -> User:
        extra_fields.setdefault("role", Role.ADMINISTRATOR)
        return super().create_superuser(username, email, password, **extra_fields)


class User(AbstractUser):
    """An account. Without a role it may do nothing that a visitor may not."""

    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT
    )
    role = models.CharField(max_length=20, choices=Role.choices, blank=True, default="")

    objects: ClassVar[Accounts] = Accounts()

    class Meta(AbstractUser.Meta):
        ordering = ("username",)
        constraints = (
            # Only an administrator stands outside the organisations.
            models.CheckConstraint(
                name="user_with_a_role_has_an_organisation",
                condition=Q(role__in=["", Role.ADMINISTRATOR])
                | Q(organisation__isnull=False),
            ),
        )
