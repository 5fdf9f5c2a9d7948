"""One module a legal test; `all_criteria` is the register the engine loops over."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from screening.rules.criterion import Criterion


@cache
def all_criteria() -> tuple[Criterion, ...]:
    """Every criterion in this folder, in the order of its code."""
    found = [
        import_module(f"{__name__}.{module.name}").CRITERION
        for module in iter_modules(__path__)
    ]
    return tuple(sorted(found, key=lambda criterion: criterion.code))
