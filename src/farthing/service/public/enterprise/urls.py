"""The addresses of the enterprise's own desk."""

from django.urls import path

from farthing.service.public.enterprise import enquiries, proofs, views

OWN = "your-business/<str:reference>/"

urlpatterns = [
    path("your-business/", views.home, name="businesses"),
    path("your-business/begin/", views.begin, name="business_begin"),
    path(OWN, views.desk, name="business"),
    path(f"{OWN}entry/", views.entry, name="business_entry"),
    path(f"{OWN}entry/<str:name>/", views.section, name="business_section"),
    path(f"{OWN}hand-in/", views.hand_in, name="business_hand_in"),
    path(f"{OWN}space/", views.space, name="business_space"),
    path(f"{OWN}withdraw/", views.withdraw, name="business_withdraw"),
    path(f"{OWN}proofs/", proofs.proofs, name="business_proofs"),
    path(f"{OWN}proofs/<str:kind>/", proofs.proof, name="business_proof"),
    path(f"{OWN}proofs/files/<int:number>/", proofs.file, name="business_proof_file"),
    path(f"{OWN}enquiries/", enquiries.enquiries, name="business_enquiries"),
    path(f"{OWN}enquiries/<str:enquiry_reference>/", enquiries.enquiry, name="business_enquiry"),
    path(f"{OWN}enquiries/<str:enquiry_reference>/close/", enquiries.close_enquiry, name="business_enquiry_close"),
]
