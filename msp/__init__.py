"""The project: wiring only."""

from msp.celery import app as celery_app

__all__ = ["celery_app"]
