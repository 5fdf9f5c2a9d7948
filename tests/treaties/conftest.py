"""Fixtures of the tests of facts."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.treaties.small import SmallFixtures


@pytest.fixture
def small(tmp_path: Path) -> SmallFixtures:
    return SmallFixtures(tmp_path)
