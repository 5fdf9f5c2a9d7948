"""The app of facts: states, treaties, embargoes, forces, reports, items."""

from django.apps import AppConfig


class TreatiesConfig(AppConfig):
    name = "treaties"
    verbose_name = "Facts"
    default_auto_field = "django.db.models.BigAutoField"
