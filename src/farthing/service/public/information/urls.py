"""The addresses of the pages of information."""

from django.urls import path

from farthing.service.public.information.pages import ABOUT, ARRANGING, PAYING, START
from farthing.service.public.information.views import shown

urlpatterns = [
    path("", shown(START), name=START.name),
    *(path(page.at, shown(page), name=page.name) for page in (*PAYING, *ARRANGING, *ABOUT)),
]
