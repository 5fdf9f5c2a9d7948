"""Every write of the product, one function a use case.

Each checks that the account may do it and writes all or nothing.
"""

from screening.services.chunks import ChunkDone, work_chunk
from screening.services.confirm import NotConfirmable, confirm
from screening.services.rescreening import (
    RunIsOver,
    cancel_run,
    start_rescreening,
    unfinished_runs,
)
from screening.services.screening import (
    NotReproducible,
    known_then,
    preview,
    reproduce,
    screen_transfer,
)
from screening.services.submit import (
    propose_transfer,
    submit_transfer,
    submit_transfers,
)

__all__ = [
    "ChunkDone",
    "NotConfirmable",
    "NotReproducible",
    "RunIsOver",
    "cancel_run",
    "confirm",
    "known_then",
    "preview",
    "propose_transfer",
    "reproduce",
    "screen_transfer",
    "start_rescreening",
    "submit_transfer",
    "submit_transfers",
    "unfinished_runs",
    "work_chunk",
]
