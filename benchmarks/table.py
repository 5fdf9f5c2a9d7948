"""One line of a benchmark: what was measured, beside its reference."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """What was measured and its reference, in seconds, and the ratio allowed."""

    name: str
    measured: float
    reference_name: str
    reference: float
    most: float

    @property
    def ratio(self) -> float:
        return self.measured / self.reference

    @property
    def is_met(self) -> bool:
        return self.ratio <= self.most

    def __str__(self) -> str:
        met = "ok" if self.is_met else "MISSED"
        return (
            f"{self.name:45} {self.measured * 1000:10.1f} ms   "
            f"{self.reference_name:45} {self.reference * 1000:10.1f} ms   "
            f"{self.ratio:6.2f} times (at most {self.most:g})  {met}"
        )
