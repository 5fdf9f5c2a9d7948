"""`manage.py worker`: works through re-screening runs without any broker."""

from __future__ import annotations

import logging
import signal
import threading
from types import FrameType
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import Error, close_old_connections

from screening import services, tasks

logger = logging.getLogger(__name__)

SECONDS_TO_RECOVER = 2.0


class Command(BaseCommand):
    help = (
        "Work through re-screening runs until stopped. With REDIS_URL set, start a "
        "Celery worker instead: celery -A msp worker -Q rescreen,default."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--poll",
            type=float,
            default=0.2,
            metavar="SECONDS",
            help="how long to wait when there is nothing to do (default: 0.2)",
        )
        parser.add_argument(
            "--once",
            action="store_true",
            help="end when no run has work left, instead of waiting for the next",
        )

    def handle(self, *args: Any, poll: float, once: bool, **options: Any) -> None:
        stop = _stop_on_signal()
        logger.info("worker: waiting for runs")
        while not stop.is_set():
            close_old_connections()
            try:
                has_worked = _work(stop)
            except Error:
                # A database that restarts or is locked comes back; so does the chunk.
                logger.exception("worker: the database does not answer")
                stop.wait(SECONDS_TO_RECOVER)
                continue
            if has_worked:
                continue
            if once:
                break
            stop.wait(poll)
        logger.info("worker: stopped")


def _work(stop: threading.Event) -> bool:
    """One chunk of the oldest run that has one free; whether there was any."""
    for run in services.unfinished_runs():
        if stop.is_set():
            return False
        if tasks.work_once(run):
            stop.wait(tasks.PAUSE_SECONDS)
            return True
    return False


def _stop_on_signal() -> threading.Event:
    """Set at the first Ctrl-C or SIGTERM: the chunk in hand is finished first."""
    stop = threading.Event()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.set()

    # A signal can only be caught in the main thread; a test may run elsewhere.
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, ask)
        signal.signal(signal.SIGINT, ask)
    return stop
