"""The admin shows facts and keeps hands off those that files hold."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib import admin
from django.test import Client, RequestFactory
from django.urls import reverse

from screening.models import User
from tests.treaties.small import SmallFixtures
from treaties import models
from treaties.admin import StateAdmin
from treaties.importers.reference import load_reference

pytestmark = pytest.mark.django_db


@pytest.fixture
def root() -> User:
    return User.objects.create_superuser(
        "root", "root@example.org", "a long password 1"
    )


@pytest.fixture
def own_source() -> models.Source:
    return models.Source.objects.create(
        slug="stewards",
        publisher="The stewards",
        title="Added by hand",
        licence="CC0",
        retrieved_on=date(2026, 11, 24),
    )


def test_every_table_of_facts_is_registered() -> None:
    ours = {models.Source, *models.recorded_models()}
    assert ours <= set(admin.site._registry)


def test_facts_of_files_can_be_read_and_not_changed(
    small: SmallFixtures, root: User, client: Client
) -> None:
    load_reference(small.write())
    client.force_login(root)
    listed = client.get(reverse("admin:treaties_state_changelist"), {"q": "bord"})
    assert "Borduria" in listed.content.decode()
    state = models.State.objects.get(iso3="BBB")
    page = reverse("admin:treaties_state_change", args=[state.pk])
    assert client.get(page).status_code == 200
    assert client.post(page, {"name": "Syldavia"}).status_code == 403


def test_a_fact_of_a_source_kept_in_the_browser_can_be_deleted_and_is_told(
    root: User, own_source: models.Source, rf: RequestFactory
) -> None:
    models.State.objects.create(
        iso3="AAA",
        name="A",
        status="other",
        source=own_source,
        publisher="The stewards",
    )
    before = models.FactsVersion.current()
    request = rf.post("/")
    request.user = root
    StateAdmin(models.State, admin.site).delete_queryset(
        request, models.State.objects.all()
    )
    assert not models.State.objects.exists()
    assert models.FactsVersion.current() != before
