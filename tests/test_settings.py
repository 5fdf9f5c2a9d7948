"""A setting that cannot be read stops the start and names its variable."""

import ast
import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = ROOT / "msp" / "settings.py"
KEY = "a key for the tests, long enough to be taken"

UNREADABLE = {
    "SECRET_KEY": "short",
    "DEBUG": "ture",
    "INSECURE_HTTP": "maybe",
    "TRUST_PROXY": "2",
    "NUM_PROXIES": "one",
    "CSRF_TRUSTED_ORIGINS": "msp.example.org",
    "DATABASE_URL": "mysql://msp:hush@127.0.0.1/msp",
    "CONN_MAX_AGE": "-1",
    "REDIS_URL": "127.0.0.1:6379",
    "SIGN_IN_ATTEMPTS": "0",
    "IMPORT_MAX_MB": "0",
    "API_ANON_PER_MINUTE": "many",
    "API_USER_PER_MINUTE": "",
    "LOG_LEVEL": "LOUD",
}
ANY_TEXT_WILL_DO = {"ALLOWED_HOSTS", "VAR_DIR"}


def variables_read() -> set[str]:
    """The names that settings.py asks of the environment."""
    calls = [
        node
        for node in ast.walk(ast.parse(SETTINGS.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    ]
    return {
        str(call.args[0].value)
        for call in calls
        if isinstance(call.func, ast.Name)
        and call.func.id.startswith("env_")
        and isinstance(call.args[0], ast.Constant)
    }


@pytest.fixture(autouse=True)
def _only_what_the_test_sets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("msp.env.read_env_file", lambda _path: None)
    for name in variables_read():
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("SECRET_KEY", KEY)


def settings() -> dict[str, Any]:
    return runpy.run_path(str(SETTINGS))


def test_every_variable_is_tried_with_a_value_that_cannot_be_read() -> None:
    assert variables_read() == UNREADABLE.keys() | ANY_TEXT_WILL_DO


@pytest.mark.parametrize("name", UNREADABLE)
def test_a_value_that_cannot_be_read_stops_the_start_naming_its_variable(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, UNREADABLE[name])
    with pytest.raises(ImproperlyConfigured, match=rf"^{name} ") as caught:
        settings()
    assert "hush" not in str(caught.value)


def test_a_missing_key_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY")
    with pytest.raises(ImproperlyConfigured, match=r"SECRET_KEY is not set.*make env"):
        settings()


def test_nothing_set_means_no_debug_and_https_only() -> None:
    read = settings()
    assert read["DEBUG"] is False
    assert read["SECURE_SSL_REDIRECT"] is True
    assert read["SESSION_COOKIE_SECURE"] is True
    assert read["CSRF_COOKIE_SECURE"] is True
    assert read["SECURE_HSTS_SECONDS"] > 0
    assert "SECURE_PROXY_SSL_HEADER" not in read


def test_plain_http_has_to_be_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSECURE_HTTP", "true")
    read = settings()
    assert read["SECURE_SSL_REDIRECT"] is False
    assert read["SESSION_COOKIE_SECURE"] is False
    assert read["SECURE_HSTS_SECONDS"] == 0


def test_lists_are_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "msp.example.org, 10.0.0.1,")
    assert settings()["ALLOWED_HOSTS"] == ["msp.example.org", "10.0.0.1"]


def test_the_embedded_database_takes_the_write_lock_first(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'new' / 'a.sqlite3'}")
    database = settings()["DATABASES"]["default"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert (tmp_path / "new").is_dir()


def test_services_are_used_when_they_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://msp:hush@127.0.0.1:5433/msp")
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:6380/0")
    read = settings()
    assert read["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert read["DATABASES"]["default"]["PORT"] == 5433
    assert read["CELERY_BROKER_URL"] == "redis://127.0.0.1:6380/0"
    assert "redis" in read["CACHES"]["default"]["BACKEND"]


@pytest.mark.parametrize("page", [".env.example", "docs/settings.md"])
def test_every_variable_is_documented_and_none_that_is_not_read(page: str) -> None:
    text = (ROOT / page).read_text()
    found = re.findall(r"^(?:# )?([A-Z_]+)=|^\| `([A-Z_]+)` \|", text, re.MULTILINE)
    assert {first or second for first, second in found} == variables_read()


@pytest.mark.django_db
def test_each_answer_carries_a_policy_without_exceptions(client: Client) -> None:
    policy = client.get("/no-such-page/").headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'self'"
    assert set(directives.values()) <= {"'self'", "'none'"}
