"""The addresses of the pages for people and their families."""

from farthing.service.public.estimate import urls as estimate

app_name = "public"
urlpatterns = [*estimate.urlpatterns]
