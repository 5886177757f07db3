"""Every address of the service, by the room that answers it."""

from django.urls import include, path

urlpatterns = [
    path("", include("farthing.service.public.urls")),
    path("", include("farthing.service.access.urls")),
    path("council/", include("farthing.service.officer.urls")),
    path("api/v1/", include("farthing.service.api.urls")),
    path("open-referral/", include("farthing.service.api.open_referral.urls")),
    path("callbacks/", include("farthing.service.correspondence.urls")),
]

handler400 = "farthing.service.design.errors.bad_request"
handler403 = "farthing.service.design.errors.forbidden"
handler404 = "farthing.service.design.errors.not_found"
handler500 = "farthing.service.design.errors.failed"
