"""Every address of the interface. The last one answers, in the interface's own shape, for all that are none of them."""

from django.urls import URLPattern, path, re_path

from farthing.service.access.gates import Who, declare
from farthing.service.api.described import description
from farthing.service.api.door import behind_the_door
from farthing.service.api.interface import api
from farthing.service.api.refusals import nothing_here

patterns, application, namespace = api.urls
patterns.append(re_path(r"^(?P<path>.*)$", nothing_here, name="nothing_here"))
for pattern in patterns:
    if isinstance(pattern, URLPattern):
        pattern.callback = behind_the_door(pattern.callback)
declare(patterns, Who.PROGRAMS)

urlpatterns = [path("", ([path("docs", description, name="docs"), *patterns], application, namespace))]
