"""What a run changed: which verdicts moved, from what to what, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from screening.bridge import Answer, Question
from screening.models import RunChunk, Screening, Transfer


def moves(
    answered: Iterable[tuple[Question, Answer]], before: Mapping[int, Screening]
) -> dict[str, Any]:
    """What moved in one chunk against the screening that each transfer had before."""
    movers: list[dict[str, Any]] = []
    n_unchanged = n_first = 0
    for question, answer in answered:
        earlier = before.get(question.number)
        if earlier is None:
            n_first += 1
        elif _stand(earlier) == _stand(answer):
            n_unchanged += 1
        else:
            movers.append(_mover(question.transfer, earlier, answer))
    return {"movers": movers, "unchanged": n_unchanged, "first": n_first}


def summed(chunks: Iterable[RunChunk]) -> dict[str, Any]:
    """The report of a run from the results of its chunks, as far as they are done.

    moved: how many from what to what; movers: which, all of them, because each reader
    sees others (`screening.selectors.run_report`); unchanged; first: transfers without
    an earlier screening of the same question; failed: chunks that could not be done.
    """
    movers: list[dict[str, Any]] = []
    moved: Counter[tuple[str, str]] = Counter()
    counts: Counter[str] = Counter()
    failed: list[dict[str, Any]] = []
    for chunk in chunks:
        if chunk.state == RunChunk.State.FAILED:
            failed.append({"chunk": chunk.pk, "error": chunk.error})
            continue
        found = chunk.result.get("movers", [])
        movers += found
        moved.update((m["from"], m["to"]) for m in found)
        counts.update({k: chunk.result.get(k, 0) for k in ("unchanged", "first")})
    ordered = sorted(moved.items(), key=lambda pair: (-pair[1], pair[0]))
    return {
        "moved": [{"from": was, "to": now, "n": n} for (was, now), n in ordered],
        "movers": movers,
        "unchanged": counts["unchanged"],
        "first": counts["first"],
        "failed": failed,
    }


def first_difference(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> dict[str, Any]:
    """The first finding of `after` that says otherwise than in `before`.

    A finding that has gone comes after those that are there. {} when all agree.
    """
    was = {_name(f): f["outcome"] for f in before.get("findings", [])}
    now = {_name(f) for f in after.get("findings", [])}
    held = {(_name(f), f["outcome"]) for f in before.get("findings", [])}
    for finding in after.get("findings", []):
        if (_name(finding), finding["outcome"]) not in held:
            return _difference(finding, was.get(_name(finding), ""), finding["outcome"])
    for finding in before.get("findings", []):
        if _name(finding) not in now:
            return _difference(finding, finding["outcome"], "")
    return {}


def _stand(judged: Screening | Answer) -> str:
    return judged.verdict if judged.is_complete else f"{judged.verdict}, incomplete"


def _mover(transfer: Any, earlier: Screening, answer: Answer) -> dict[str, Any]:
    assert isinstance(transfer, Transfer)  # noqa: S101  a run screens stored transfers
    return {
        "transfer": transfer.pk,
        "reference": transfer.reference,
        "from": _stand(earlier),
        "to": _stand(answer),
        "finding": first_difference(earlier.explanation, answer.explanation),
    }


def _name(finding: Mapping[str, Any]) -> tuple[str, str, str, str]:
    return (
        finding["criterion"],
        finding.get("state", ""),
        finding.get("role", ""),
        finding.get("item", ""),
    )


def _difference(finding: Mapping[str, Any], was: str, now: str) -> dict[str, Any]:
    return {
        "criterion": finding["criterion"],
        "title": finding.get("title", ""),
        "state": finding.get("state", ""),
        "was": was,
        "now": now,
        "because": finding.get("because", ""),
    }
