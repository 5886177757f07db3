"""The page shown where the law cannot be read at all: what is wrong, in plain words, and whom to ask."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from farthing.base.refusal import Refusal
from farthing.service.public.visit import Visit
from farthing.service.questions.refusals import objections


def page(request: HttpRequest, refusal: Refusal, visit: Visit) -> HttpResponse:
    """What was refused: an answer, with the page that changes it, or figures that are not known for today."""
    found = [
        {"says": each.says, "address": visit.address_named(each.page) if each.page else ""}
        for each in objections(refusal, visit.answers.described())
    ]
    answers = [each for each in found if each["address"]]
    return render(request, "public/questions/refused.html", {"visit": visit, "answers": answers})
