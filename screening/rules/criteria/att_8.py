"""ATT Art. 8: information from the importing state."""

from __future__ import annotations

from screening.rules import att
from screening.rules.criterion import Criterion
from screening.rules.index import FactIndex
from screening.rules.rulebook import Reading
from screening.rules.types import Case, Finding, Gap, Outcome

CODE = "att-8"


def assess(case: Case, index: FactIndex, reading: Reading) -> list[Finding]:
    """Say whether an end-use document is on the transfer; it lowers nothing.

    The importing party shall give information upon request; certificates are "may".
    """
    if att.scope_of(case, index) in att.OUTSIDE | att.BEYOND_ARMS:
        return []
    where = att.standing(case, index, case.recipient)
    held = any(code.startswith(CERTIFICATE) for code in case.mitigations)
    outcome = Outcome.NOT_APPLICABLE if held else Outcome.UNKNOWN
    because = "is on the transfer" if held else "is on the transfer, as far as is said"
    return [
        Finding(
            criterion=CODE,
            outcome=outcome,
            because=f"{'An' if held else 'No'} end-use certificate {because}.",
            state=case.recipient,
            role="recipient",
            label=where.standing.value,
            label_why=where.why,
            basis="law" if where.standing.binds else "policy",
            item=case.item,
            gaps=() if held else (NO_DOCUMENT,),
        )
    ]


CERTIFICATE = "END_USE_CERTIFICATE"
NO_DOCUMENT = Gap(
    "end_use_document",
    "No end-use document of the importing state is on the transfer.",
    "The certificate, and whether its issuer confirmed it.",
    is_critical=False,
)
READS = ("recipient", "item", "parent_item", "mitigations", "as_of", "known_at")
CRITERION = Criterion(code=CODE, reads=READS, assess=assess)
