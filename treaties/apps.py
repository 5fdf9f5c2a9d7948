"""The app of facts: states, treaties, embargoes, forces, reports, items."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TreatiesConfig(AppConfig):
    name = "treaties"
    verbose_name = "Facts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from treaties.models import triggers

        post_migrate.connect(
            lambda **kwargs: triggers.install(**kwargs),
            sender=self,
            weak=False,
            dispatch_uid="treaties.triggers",
        )
