"""OpenSanctions: an entity a line."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tests.treaties.importers.contract import Contract
from treaties.models import ListedEntity


def _entity(number: int, state: str, **changed: Any) -> str:
    entity = {
        "id": f"NK-{number}",
        "caption": f"Made Up {number}",
        "schema": "Person",
        "properties": {
            "name": [f"Made Up {number}", f"M. Up {number}"],
            "alias": ["Mup"],
            "topics": ["sanction"],
            "nationality": [state],
            "birthDate": ["1970-01-01"],
            "createdAt": ["2012-11-12"],
        },
        "datasets": ["made_up_list"],
        "referents": [],
        "first_seen": "2023-01-01T00:00:00",
        "last_seen": "2026-05-01T00:00:00",
        "last_change": "2024-02-03T04:05:06",
        "target": True,
    }
    return json.dumps({**entity, **changed})


class TestOpenSanctions(Contract):
    source = "opensanctions"
    file_name = "entities.ftm.json"
    asked = {"known_from": date(2026, 5, 1)}
    rows = (
        _entity(0, "aa", id="addr-1", schema="Address", properties={"full": ["x"]}),
        _entity(1, "aa"),
        _entity(2, "bb"),
        _entity(3, "cc"),
        _entity(4, "dd"),
        _entity(5, "ee"),
        _entity(6, "ff"),
    )
    n_stored = 6
    older_name = "older.json"
    older_asked = {"known_from": date(2025, 5, 1)}
    misspelt = ('"bb"', '"qq"')

    def _is_about(self, row: str, iso3: str, name: str) -> bool:
        return f'["{iso3[:2].lower()}"]' in row

    def swapped(self) -> str:
        return self.text().replace('["2012-11-12"]', '["Made Up by Us"]', 1)

    wrong = "row 2, column createdAt: “Made Up by Us” is not a day, as 2012-11-12."

    def test_a_column_that_nobody_knows_is_refused(self) -> None:
        row = _entity(7, "aa", novelty=1)
        said = self.refused(self.write(self.text([*self.rows, row])))
        assert said == (
            "entities.ftm.json, row 8, column novelty: is a field that is neither read "
            "nor ignored."
        )

    def test_a_state_less_is_said_and_a_third_less_is_refused(self) -> None:
        self.do(self.write())
        fewer = [row for row in self.rows if not self._is_about(row, "FFF", "")]
        plan = self._rehearsed(fewer)
        assert any("not in it: FFF" in note for note in plan.notes)
        few = [row for row in self.rows if self._is_about(row, "AAA", "")]
        (problem,) = self._rehearsed(few).refused
        assert "of the edition held are missing (BBB, CCC, DDD, EEE, FFF)" in str(
            problem
        )
        assert not self._rehearsed(few, partial=True).is_refused

    def test_what_is_listed_and_nothing_private(self) -> None:
        self.do(self.write())
        entity = ListedEntity.objects.get(row_key="NK-1")
        assert (entity.name, entity.kind, entity.states) == (
            "Made Up 1",
            "person",
            "AAA",
        )
        assert entity.aliases == "M. Up 1|Mup"
        assert entity.programmes == "made_up_list"
        assert entity.changed_on == date(2024, 2, 3)
        assert "1970" not in " ".join(map(str, entity.__dict__.values()))

    def test_entities_that_no_list_names_are_left_out_and_counted(self) -> None:
        row = _entity(7, "aa", properties={"name": ["x"], "topics": ["role.pep"]})
        done = self.do(self.write(self.text([*self.rows, row])))
        assert done.left_out == {
            "entities that only say how others hang together": 1,
            "entities that no list of sanctions names": 1,
        }

    def test_a_kind_of_entity_that_nobody_knows_is_refused(self) -> None:
        said = self.refused(
            self.write(self.text([*self.rows, _entity(7, "aa", schema="Z")]))
        )
        assert "column schema: “Z” is no kind of entity that is known here" in said
