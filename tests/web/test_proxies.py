"""Behind a proxy each visitor is counted alone; without one a header moves nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from rest_framework.throttling import AnonRateThrottle

from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db
PROXY = "10.0.0.1"


@pytest.fixture(autouse=True)
def _no_throttle_left_over() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def behind(settings: Any) -> Any:
    """Says how many proxies of our own there are."""

    def number(proxies: int) -> None:
        settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": proxies}

    return number


def asked(forwarded: str) -> int:
    """The status of a call of the API that came over the proxy."""
    answer = Client().get(
        "/api/v1/states", REMOTE_ADDR=PROXY, headers={"x-forwarded-for": forwarded}
    )
    return answer.status_code


def signed_in(forwarded: str, password: str) -> int:
    answer = Client().post(
        "/sign-in/",
        {"username": "alice", "password": password},
        REMOTE_ADDR=PROXY,
        headers={"x-forwarded-for": forwarded},
    )
    return answer.status_code


def test_two_visitors_behind_one_proxy_are_throttled_apart(
    behind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnonRateThrottle, "rate", "1/min", raising=False)
    behind(1)

    assert [asked("192.0.2.1"), asked("192.0.2.2"), asked("192.0.2.1")] == [
        200,
        200,
        429,
    ]
    # What the visitor wrote stands before what our proxy appended.
    assert asked("198.51.100.7, 192.0.2.1") == 429


def test_without_a_proxy_a_forged_header_escapes_no_throttle(
    behind: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(AnonRateThrottle, "rate", "1/min", raising=False)
    behind(0)

    assert [asked("192.0.2.1"), asked("192.0.2.2")] == [200, 429]


def test_a_lock_out_meets_the_guesser_and_not_his_neighbour(behind: Any) -> None:
    make_user(username="alice")
    behind(1)

    guesses = [signed_in(f"198.51.100.{n}, 192.0.2.1", "wrong") for n in range(6)]

    assert guesses[-1] == 429
    assert signed_in("192.0.2.1", PASSWORD) == 429
    assert signed_in("192.0.2.2", PASSWORD) == 302


def test_without_a_proxy_a_forged_header_escapes_no_lock_out(behind: Any) -> None:
    make_user(username="alice")
    behind(0)

    guesses = [signed_in(f"192.0.2.{n}", "wrong") for n in range(6)]

    assert guesses[-1] == 429


def test_what_is_no_address_is_not_believed(behind: Any) -> None:
    make_user(username="alice")
    behind(1)

    assert signed_in("nonsense", PASSWORD) == 302
