"""The addresses of an application and of the papers sent for it."""

from django.urls import path

from farthing.service.public.application import beginning, evidence, views
from farthing.service.public.application.questions import APPLY

DRAFT = "apply/<str:reference>/"

urlpatterns = [
    path("apply/", beginning.whom, name="apply"),
    path("apply/for-me/", beginning.for_me, name="apply_for_me"),
    path("apply/for-another/", beginning.for_another, name="apply_for_another"),
    path(DRAFT, views.task_list, name="apply_tasks"),
    path(f"{DRAFT}person/", views.person, name="apply_person"),
    path(f"{DRAFT}contact/", views.contact, name="apply_contact"),
    path(f"{DRAFT}no-details/", views.decline, name="apply_decline"),
    path(f"{DRAFT}what-has-changed/", views.says, name="apply_says"),
    path(f"{DRAFT}send/", views.send, name="apply_send"),
    path(f"{DRAFT}sent/", views.sent, name="apply_sent"),
    path(f"{DRAFT}delete/", views.delete, name="apply_delete"),
    *APPLY.paths(f"{DRAFT}money/"),
    path("papers/<str:reference>/", evidence.papers, name="evidence"),
    path("papers/<str:reference>/<str:evidence>/remove/", evidence.remove, name="evidence_remove"),
    path("evidence/<str:evidence>/", evidence.open_file, name="evidence_file"),
]
