"""Clients of the API: one with a token for each account."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.cache import cache
from knox.models import AuthToken
from rest_framework.test import APIClient

from screening.models import User

ClientOf = Callable[[User], APIClient]


@pytest.fixture(autouse=True)
def _no_throttle_left_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def visitor() -> APIClient:
    """A client without a token."""
    return APIClient()


@pytest.fixture
def client_of(db: None) -> ClientOf:
    """Makes a client that sends a token of the account."""

    def make(user: User) -> APIClient:
        _, token = AuthToken.objects.create(user)
        client = APIClient()
        client.credentials(HTTP_AUTHORIZATION=f"Token {token}")
        return client

    return make
