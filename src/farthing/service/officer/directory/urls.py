"""The addresses of the editor's desk."""

from django.urls import path

from farthing.service.officer.directory import concerns, enterprise, feeds, lists

ONE = "directory/enterprises/<str:reference>/"

urlpatterns = [
    path("directory/", lists.queue, name="directory"),
    path("directory/enterprises/", lists.enterprises, name="directory_enterprises"),
    path(ONE, enterprise.enterprise, name="directory_enterprise"),
    path(f"{ONE}history/", enterprise.history, name="directory_history"),
    path(f"{ONE}checks/<str:kind>/", enterprise.check, name="directory_check"),
    path(f"{ONE}proofs/<int:number>/", enterprise.proof, name="directory_proof"),
    path(f"{ONE}publish/", enterprise.publish, name="directory_publish"),
    path(f"{ONE}steps/<str:name>/", enterprise.step, name="directory_step"),
    path("directory/checks-running-out/", lists.running_out, name="directory_running_out"),
    path("directory/gaps/", lists.gaps, name="directory_gaps"),
    path("directory/gaps/csv/", lists.gaps_csv, name="directory_gaps_csv"),
    path("directory/concerns/", concerns.concerns, name="directory_concerns"),
    path("directory/concerns/<str:concern_reference>/", concerns.concern, name="directory_concern"),
    path("directory/feeds/", feeds.feeds, name="directory_feeds"),
    path("directory/feeds/new/", feeds.new, name="directory_feed_new"),
    path("directory/feeds/<int:number>/stop/", feeds.stop, name="directory_feed_stop"),
    path("directory/feeds/<int:number>/start/", feeds.start, name="directory_feed_start"),
]
