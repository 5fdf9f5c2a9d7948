"""Which administration Django uses: it is asked before models can be imported."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    default_site = "msp.administration.Administration"
