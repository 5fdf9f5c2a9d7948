"""The conventional arms transfer policy of the United States, in its dates."""

from __future__ import annotations

from dataclasses import replace

from screening.rules import us
from screening.rules.criterion import Criterion
from screening.rules.holders import said_to
from screening.rules.index import FactIndex
from screening.rules.limbs import IHL, IHRL
from screening.rules.rulebook import Reading
from screening.rules.types import LEVEL_OUTCOMES, LEVEL_VERDICTS, Case, Finding
from screening.rules.violations import NO_PRIOR, limb_of, weigh

CODE = "us-cat"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Weigh the risk by the test of the policy in force; none in force, none asked.

    Where the test is knowledge, the risk is weighed and knowledge itself is asked under
    ATT 6(3). "More likely than not" is asked for a clear risk only.
    """
    policy = reading("us/cat_policy")
    asked = us.holders(case, reading, "policy") if policy else []
    if not asked:
        return []
    limbs = [
        weigh(
            limb_of(CODE, of_what, relevance, case, index),
            classes,
            NO_PRIOR,
            case,
            index,
            reading,
        )
        for of_what, relevance, classes in KINDS
    ]
    best = max(limbs, key=_level)
    if best.outcome not in LEVEL_OUTCOMES:
        gaps = tuple(replace(gap, is_critical=False) for gap in best.gaps)
        return said_to(asked, replace(best, verdict=None, gaps=gaps))
    level = min(_level(best), policy["highest_level"])
    finding = replace(
        best,
        outcome=LEVEL_OUTCOMES[level],
        verdict=LEVEL_VERDICTS[level],
        gaps=(),
        reasons=(
            f"Policy in force: {policy['name']}; test: {policy['test']}.",
            *best.reasons,
        ),
    )
    return said_to(asked, finding)


def _level(finding: Finding) -> int:
    known = finding.outcome in LEVEL_OUTCOMES
    return LEVEL_OUTCOMES.index(finding.outcome) if known else -1


KINDS = (
    (IHL, "rel_ihl", "evidence/ihl_classes"),
    (IHRL, "rel_ihrl", "evidence/ihrl_classes"),
)
CRITERION = Criterion(code=CODE, reads=(*us.READS, "mitigations"), assess=assess)
