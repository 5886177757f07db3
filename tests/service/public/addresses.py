"""The pages for people alone, so that they are tested whatever the other rooms have."""

from django.http import HttpResponse
from django.urls import include, path

from farthing.service.access.gates import Who, seen_by
from farthing.service.public.urls import urlpatterns as of_the_public


@seen_by(Who.EVERYBODY)
def apply(request):
    """Stands where the application begins."""
    return HttpResponse("Apply")


own = (
    of_the_public
    if any(each.name == "apply" for each in of_the_public)
    else [*of_the_public, path("apply/", apply, name="apply")]
)
urlpatterns = [path("", include((own, "public")))]

handler404 = "farthing.service.design.errors.not_found"
