"""The Celery app: its queues, what keeps a killed worker harmless, its timetable.

The broker and the timetable are the CELERY_ settings in msp/settings.py.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "msp.settings")

app = Celery("msp")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.update(
    # Long work on runs must not hold up the rest.
    task_default_queue="default",
    task_routes={"screening.tasks.work_on_run": {"queue": "rescreen"}},
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    worker_prefetch_multiplier=1,
)
app.autodiscover_tasks()
