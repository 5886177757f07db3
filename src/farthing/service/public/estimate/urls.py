"""The addresses of an estimate."""

from django.urls import path

from farthing.service.public.estimate import views

urlpatterns = [
    path("estimate/", views.begin, name="estimate"),
    *views.ESTIMATE.paths("estimate/"),
    path("estimate/result", views.ESTIMATE.view(views.show_result), name="estimate_result"),
]
