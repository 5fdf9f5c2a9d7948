"""Hears from the facts below."""

from __future__ import annotations


def connect() -> None:
    """Listen to `facts_changed`."""
