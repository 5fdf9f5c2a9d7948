"""Intake: the one way in for a proposed transfer, from form, API or CSV.

Each edge hands over a mapping of what was typed and gets back a `TransferDraft`, the
one checked shape, or `InvalidTransfer` with errors by field that say what is wrong and
how to mend it.
"""

from screening.drafts import ItemLine, TransferDraft
from screening.intake.days import as_of_day, known_at_day
from screening.intake.draft import FIELDS, InvalidTransfer, read_draft
from screening.intake.table import COLUMNS, CsvRead, RowDraft, RowError, drafts_from_csv

__all__ = [
    "COLUMNS",
    "FIELDS",
    "CsvRead",
    "InvalidTransfer",
    "ItemLine",
    "RowDraft",
    "RowError",
    "TransferDraft",
    "as_of_day",
    "drafts_from_csv",
    "known_at_day",
    "read_draft",
]
