"""The addresses of an account."""

from django.urls import path

from farthing.service.public.account import bills, decisions, direct_payment_request, views

urlpatterns = [
    path("account/", views.home, name="account"),
    path("account/people/<str:reference>/", views.person, name="account_person"),
    path("account/people/<str:reference>/details/", views.details, name="account_details"),
    path("account/people/<str:reference>/change/", views.change, name="account_change"),
    path("account/people/<str:reference>/budget/", bills.budget, name="account_budget"),
    path("account/people/<str:reference>/notices/<int:number>/had/", bills.notice_had, name="account_notice_had"),
    path("account/people/<str:reference>/direct-payment/", bills.direct_payment, name="account_direct_payment"),
    path(
        "account/people/<str:reference>/direct-payment/ask/",
        direct_payment_request.ask_for_one,
        name="account_direct_payment_ask",
    ),
    path("account/people/<str:reference>/bills/", bills.bills, name="account_bills"),
    path("account/people/<str:reference>/bills/<str:name>/", bills.paper, name="account_bill"),
    path("account/requests/<str:reference>/", views.one_request, name="account_request"),
    path("account/decisions/<str:reference>/", decisions.one, name="account_decision"),
    path("account/decisions/<str:reference>/why/<str:rule>/", decisions.why, name="account_why"),
    path("account/decisions/<str:reference>/review/", decisions.review, name="account_review"),
    path("account/letters/<str:reference>/", decisions.letter, name="account_letter"),
]
