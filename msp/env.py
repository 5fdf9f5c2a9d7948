"""Read settings from the environment; say the variable's name when one is wrong.

A thin layer over django-environ, which would read `DEBUG=ture` as false.
"""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

_env = environ.Env()

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off"}
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
DATABASE_SCHEMES = ("sqlite", "postgres", "postgresql")
REDIS_SCHEMES = ("redis", "rediss", "unix")


class InvalidSetting(ImproperlyConfigured):
    """A variable of the environment is missing or cannot be read."""

    def __init__(self, name: str, problem: str) -> None:
        super().__init__(f"{name} {problem} (every setting: docs/settings.md).")
        self.name = name


def read_env_file(path: Path) -> None:
    """Read `path`, if it is there; a variable already set in the environment wins."""
    if path.is_file():
        environ.Env.read_env(path)


def env_str(name: str, default: str) -> str:
    return str(_env.str(name, default=default)).strip()


def env_bool(name: str, *, default: bool) -> bool:
    """True or false, and nothing else: a typing mistake must not open a door."""
    text = env_str(name, str(default)).lower()
    if text in TRUE:
        return True
    if text in FALSE:
        return False
    raise InvalidSetting(name, f"is {text!r}; write true or false")


def env_int(name: str, *, default: int, least: int = 0) -> int:
    text = env_str(name, str(default))
    if not text.isdecimal() or int(text) < least:
        raise InvalidSetting(name, f"is {text!r}; write a whole number from {least} up")
    return int(text)


def env_list(name: str, *, default: str = "") -> list[str]:
    """The parts of a list with commas, without blanks around them."""
    return [part.strip() for part in env_str(name, default).split(",") if part.strip()]


def env_choice(name: str, choices: tuple[str, ...], *, default: str) -> str:
    text = env_str(name, default).upper()
    if text not in choices:
        raise InvalidSetting(name, f"is {text!r}; write one of {', '.join(choices)}")
    return text


def env_secret(name: str, *, least: int = 32) -> str:
    """A secret of at least `least` characters; there is no default on purpose."""
    text = env_str(name, "")
    if not text:
        raise InvalidSetting(name, "is not set; `make env` writes one into .env")
    if len(text) < least:
        raise InvalidSetting(name, f"is shorter than {least} characters")
    return text


def env_origins(name: str) -> list[str]:
    """Origins with their scheme, as Django's CSRF check wants them."""
    origins = env_list(name)
    for origin in origins:
        if not origin.startswith(("https://", "http://")):
            raise InvalidSetting(name, f"has {origin!r}; write https://{origin}")
    return origins


def env_redis(name: str) -> str:
    """A Redis address, or "" for none."""
    url = env_str(name, "")
    if url:
        _check_scheme(name, url, REDIS_SCHEMES)
    return url


def env_database(name: str, *, default: str) -> dict[str, Any]:
    """A database address, as the dict that Django's DATABASES wants."""
    url = env_str(name, "") or default
    _check_scheme(name, url, DATABASE_SCHEMES)
    try:
        return dict(_env.db_url_config(url))
    except (ValueError, ImproperlyConfigured) as error:
        # The address itself may hold a password, so it is not repeated.
        raise InvalidSetting(name, "is not a database address") from error


def _check_scheme(name: str, url: str, schemes: tuple[str, ...]) -> None:
    scheme, found, _rest = url.partition("://")
    if not found or scheme not in schemes:
        wanted = ", ".join(f"{allowed}://" for allowed in schemes)
        raise InvalidSetting(name, f"does not start with one of {wanted}")
