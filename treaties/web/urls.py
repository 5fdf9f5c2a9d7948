"""Pages of what was recorded: embargoes, treaties, forces, judgments, law, sources."""

from django.urls import path

from treaties.web import views

urlpatterns = [
    path("embargoes/", views.embargo_list, name="embargo-list"),
    path("embargoes/<str:key>/", views.embargo, name="embargo-detail"),
    path("treaties/", views.treaty_list, name="treaty-list"),
    path("treaties/<str:code>/", views.treaty, name="treaty-detail"),
    path("forces/<str:key>/", views.force, name="force-detail"),
    path("judgments/", views.judgment_list, name="judgment-list"),
    path("law/", views.law_list, name="law-list"),
    path("sources/", views.source_list, name="source-list"),
]
