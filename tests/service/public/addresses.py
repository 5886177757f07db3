"""The pages for people alone, so that they are tested whatever the other rooms have."""

from django.urls import include, path

urlpatterns = [path("", include("farthing.service.public.urls"))]
