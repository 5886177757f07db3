"""Addresses of signing in, of one's own account, and of the accounts an administrator looks after."""

from django.urls import path

from farthing.service.access.views import people, staff

app_name = "access"

urlpatterns = [
    path("sign-in/", people.ask_for_link, name="sign_in"),
    path("sign-in/sent/", people.link_sent, name="sign_in_sent"),
    path("sign-in/link/<str:raw>/", people.use_link, name="sign_in_link"),
    path("sign-in/your-answers/", people.kept_form, name="kept_form"),
    path("sign-out/", people.sign_out, name="sign_out"),
    path("signed-out/", people.signed_out, name="signed_out"),
    path("council/sign-in/", staff.password, name="staff_sign_in"),
    path("council/sign-in/code/", staff.second_factor, name="second_factor"),
    path("council/your-account/app/", staff.enrol_second_factor, name="enrol_second_factor"),
]
