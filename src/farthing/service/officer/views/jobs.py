"""How far a long job is. The page asks again by itself, without a script, until the job is over."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from farthing.service.access.gates import STAFF, seen_by
from farthing.service.jobs.selectors import job_for


@seen_by(STAFF)
def job(request: HttpRequest, job_reference: str) -> HttpResponse:
    """One job."""
    found = job_for(job_reference)
    if found is None:
        raise Http404("There is no job of that reference")
    return render(request, "officer/job.html", {"here": "jobs", "job": found})
