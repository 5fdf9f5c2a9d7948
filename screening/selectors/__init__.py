"""Every read that a page, an endpoint or a command needs."""

from screening.selectors.matrix import (
    Cell,
    Matrix,
    country_draft,
    country_matrix,
    force_named,
)
from screening.selectors.runs import run_detail, run_list, run_report
from screening.selectors.trace import Use, screenings_naming, uses_of
from screening.selectors.transfers import (
    TransferFilters,
    confirmed,
    latest_screening,
    screening_detail,
    screening_list,
    screenings_of,
    standing_screenings,
    transfer_detail,
    transfer_list,
    with_knowledge_of_their_time,
)

__all__ = [
    "Cell",
    "Matrix",
    "TransferFilters",
    "Use",
    "confirmed",
    "country_draft",
    "country_matrix",
    "force_named",
    "latest_screening",
    "run_detail",
    "run_list",
    "run_report",
    "screening_detail",
    "screening_list",
    "screenings_naming",
    "screenings_of",
    "standing_screenings",
    "transfer_detail",
    "transfer_list",
    "uses_of",
    "with_knowledge_of_their_time",
]
