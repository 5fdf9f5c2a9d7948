"""Factories: small honest objects for tests, told apart by what differs in them."""

from __future__ import annotations

from datetime import date
from typing import Any

import factory
from factory.django import DjangoModelFactory

from screening.models import Organisation, Role, Transfer, TransferItem, User

PASSWORD = "correct horse battery staple"  # noqa: S105


class OrganisationFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation
        django_get_or_create = ("slug",)

    name = "North Desk"
    slug = factory.LazyAttribute(lambda o: o.name.lower().replace(" ", "-"))


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"account-{n}")
    organisation = factory.SubFactory(OrganisationFactory)
    role = Role.ANALYST

    @factory.post_generation
    def password(self: User, create: bool, extracted: str | None, **_: Any) -> None:
        self.set_password(extracted or PASSWORD)
        if create:
            self.save(update_fields=["password"])


class TransferFactory(DjangoModelFactory[Transfer]):
    class Meta:
        model = Transfer

    reference = factory.Sequence(lambda n: f"2019-{n + 1:04}")
    organisation = factory.LazyAttribute(lambda o: o.created_by.organisation)
    created_by = factory.SubFactory(UserFactory)
    exporter = "GBR"
    recipient = "SAU"
    end_user_state = factory.LazyAttribute(lambda o: o.recipient)
    proposed_on = date(2019, 6, 20)


class TransferItemFactory(DjangoModelFactory[TransferItem]):
    class Meta:
        model = TransferItem

    transfer = factory.SubFactory(TransferFactory)
    line = 1
    item = "BOMB_GUIDED"
