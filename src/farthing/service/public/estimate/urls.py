"""The addresses of an estimate."""

from django.urls import path

from farthing.service.public.estimate import keeping, views
from farthing.service.public.estimate.views import ESTIMATE

urlpatterns = [
    path("estimate/", views.begin, name="estimate"),
    *ESTIMATE.paths("estimate/"),
    path("estimate/result", ESTIMATE.view(views.show_result), name="estimate_result"),
    path("estimate/why/<str:rule>", ESTIMATE.view(views.show_why), name="estimate_why"),
    path("estimate/estimate.pdf", ESTIMATE.view(views.print_pdf), name="estimate_pdf"),
    path("estimate/apply", ESTIMATE.view(views.hand_in), name="estimate_apply"),
    path("estimate/save", keeping.save, name="estimate_save"),
    path("estimate/saved/<str:token>", keeping.saved, name="estimate_saved"),
    path("estimate/open", keeping.open_saved, name="estimate_open"),
    path("estimate/delete", keeping.delete, name="estimate_delete"),
    path("estimate/clear", keeping.clear, name="estimate_clear"),
]
