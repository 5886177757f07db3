"""The addresses of the nine paths, without a stroke at their end, as the profile writes them."""

from django.urls import path, re_path

from farthing.service.api.open_referral import views

app_name = "open_referral"

urlpatterns = [
    path("", views.root, name="root"),
    path("services", views.services, name="services"),
    path("services/<uuid:id>", views.service, name="service"),
    path("service_at_locations", views.service_at_locations, name="service_at_locations"),
    path("service_at_locations/<uuid:id>", views.service_at_location, name="service_at_location"),
    path("taxonomies", views.taxonomies, name="taxonomies"),
    path("taxonomies/<uuid:id>", views.taxonomy, name="taxonomy"),
    path("taxonomy_terms", views.taxonomy_terms, name="taxonomy_terms"),
    path("taxonomy_terms/<uuid:id>", views.taxonomy_term, name="taxonomy_term"),
    re_path(r".", views.nothing_here, name="nothing_here"),
]
