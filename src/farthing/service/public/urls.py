"""The addresses of the pages for people and their families."""

from farthing.service.public.estimate import urls as estimate
from farthing.service.public.information import urls as information

app_name = "public"
urlpatterns = [*information.urlpatterns, *estimate.urlpatterns]
