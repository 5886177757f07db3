"""The interface alone, where it lies in the service."""

from django.urls import include, path

urlpatterns = [path("api/v1/", include("farthing.service.api.urls"))]
