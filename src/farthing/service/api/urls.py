"""Every address of the interface. The last one answers, in the interface's own shape, for all that are none of them."""

from django.urls import URLPattern, path, re_path

from farthing.service.access.gates import Who, declare
from farthing.service.api.door import behind_the_door
from farthing.service.api.endpoints import list_rates  # noqa: F401 - each endpoint puts itself into the interface
from farthing.service.api.interface import api
from farthing.service.api.refusals import nothing_here

patterns, app_name, namespace = api.urls
for pattern in patterns:
    if isinstance(pattern, URLPattern):
        pattern.callback = behind_the_door(pattern.callback)
patterns.append(re_path(r"^(?P<path>.*)$", behind_the_door(nothing_here), name="nothing_here"))
declare(patterns, Who.PROGRAMS)

urlpatterns = [path("", (patterns, app_name, namespace))]
