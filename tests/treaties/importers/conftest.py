"""What every test of an importer is given."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.treaties.importers.killed import Killed, start
from tests.treaties.importers.made_up import make_states
from treaties.importers import importing
from treaties.importers.publishers import Publisher, publisher

# Helpers with assertions of their own: a failure shows what was compared.
pytest.register_assert_rewrite("tests.treaties.importers.contract")


@pytest.fixture(autouse=True)
def states(db: None) -> None:
    make_states()


@pytest.fixture(scope="session")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Killed]:
    """A program that is killed while it imports; started once for all tests."""
    with start(tmp_path_factory.mktemp("killed") / "own.sqlite3") as program:
        yield program


@pytest.fixture(autouse=True)
def _few_states_are_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a file of six states pass where a real edition names some 190."""

    def of_few(slug: str) -> Publisher:
        found = publisher(slug)
        if found.settings.states is None:
            return found
        settings = found.settings.model_copy(update={"states": (3, 6)})
        return Publisher(slug, settings, found.importer)

    monkeypatch.setattr(importing, "publisher", of_few)
