"""The API of partners: /api/v1/."""

from django.urls import path, re_path

from screening.api import views

urlpatterns = [
    path("screen", views.ScreenView.as_view(), name="api-screen"),
    path("transfers", views.TransfersView.as_view(), name="api-transfers"),
    path(
        "transfers/<str:reference>", views.TransferView.as_view(), name="api-transfer"
    ),
    path(
        "transfers/<str:reference>/screenings",
        views.TransferScreeningsView.as_view(),
        name="api-transfer-screenings",
    ),
    path("screenings", views.ScreeningsView.as_view(), name="api-screenings"),
    path("screenings/<int:pk>", views.ScreeningView.as_view(), name="api-screening"),
    path("states", views.StatesView.as_view(), name="api-states"),
    path("states/<str:iso3>", views.StateView.as_view(), name="api-state"),
    re_path(r"^", views.NothingHereView.as_view()),
]
