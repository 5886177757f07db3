"""The pages for people with the sign-in beside them, so that they are tested whatever the other rooms have."""

from django.urls import include, path

urlpatterns = [path("", include("farthing.service.public.urls")), path("", include("farthing.service.access.urls"))]

handler404 = "farthing.service.design.errors.not_found"
handler403 = "farthing.service.design.errors.forbidden"
