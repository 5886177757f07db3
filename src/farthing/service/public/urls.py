"""The addresses of the pages for people and their families."""

from farthing.service.public.account import urls as account
from farthing.service.public.application import urls as application
from farthing.service.public.directory import urls as directory
from farthing.service.public.enterprise import urls as enterprise
from farthing.service.public.estimate import urls as estimate
from farthing.service.public.information import urls as information

app_name = "public"
urlpatterns = [
    *information.urlpatterns,
    *directory.urlpatterns,
    *enterprise.urlpatterns,
    *estimate.urlpatterns,
    *application.urlpatterns,
    *account.urlpatterns,
]
