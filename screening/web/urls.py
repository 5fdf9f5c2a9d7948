"""Pages of transfers, runs, countries and of the site itself."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path

from screening.web.views import (
    countries,
    propose,
    runs,
    search,
    site,
    transfers,
    upload,
)

sign_in = LoginView.as_view(
    template_name="screening/sign_in.html", redirect_authenticated_user=True
)

urlpatterns = [
    path("", site.start, name="start"),
    path("about/", site.about, name="about"),
    path("healthz", site.healthz, name="healthz"),
    path("readyz", site.readyz, name="readyz"),
    path("sign-in/", sign_in, name="sign-in"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("transfers/", transfers.transfer_list, name="transfer-list"),
    path("transfers/propose/", propose.propose, name="transfer-propose"),
    path("transfers/preview/", propose.preview, name="transfer-preview"),
    path("transfers/upload/", upload.upload, name="transfer-upload"),
    path("transfers/upload/template.csv", upload.template, name="transfer-template"),
    path(
        "transfers/<slug:reference>/",
        transfers.transfer_detail,
        name="transfer-detail",
    ),
    path(
        "transfers/<slug:reference>/screen/",
        transfers.transfer_screen,
        name="transfer-screen",
    ),
    path("screenings/<int:pk>/", transfers.screening_detail, name="screening-detail"),
    path(
        "screenings/<int:pk>/confirm/",
        transfers.screening_confirm,
        name="screening-confirm",
    ),
    path("runs/", runs.run_list, name="run-list"),
    path("runs/start/", runs.run_start, name="run-start"),
    path("runs/<int:pk>/", runs.run_detail, name="run-detail"),
    path("runs/<int:pk>/progress/", runs.run_progress, name="run-progress"),
    path("runs/<int:pk>/cancel/", runs.run_cancel, name="run-cancel"),
    path("countries/", countries.country_list, name="country-list"),
    path("countries/<str:iso3>/", countries.country_detail, name="country-detail"),
    path("countries/<str:iso3>/ask/", countries.country_ask, name="country-ask"),
    path("search/states/", search.states, name="search-states"),
    path("search/forces/", search.forces, name="search-forces"),
    path("search/items/", search.items, name="search-items"),
]
