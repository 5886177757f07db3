"""The addresses of the directory."""

from django.urls import path

from farthing.service.public.directory import concerns, direct_payment, enquiries, price, shortlist, sitemap
from farthing.service.public.directory.enterprise import enterprise
from farthing.service.public.directory.find import find
from farthing.service.public.directory.ways_to_pay import ways_to_pay

urlpatterns = [
    path("directory/", find, name="find"),
    path("directory/shortlist/", shortlist.page, name="shortlist"),
    path("directory/enquiries/reply/", enquiries.reply, name="enquiry_reply"),
    path("directory/enquiries/close/", enquiries.close, name="enquiry_close"),
    path("directory/enquiries/<str:token>/", enquiries.conversation, name="enquiry"),
    path("directory/<uuid:key>/", enterprise, name="enterprise"),
    path("directory/<uuid:key>/shortlist/add/", shortlist.add, name="shortlist_add"),
    path("directory/<uuid:key>/shortlist/remove/", shortlist.remove, name="shortlist_remove"),
    path("directory/<uuid:key>/ask/", enquiries.ask, name="enterprise_ask"),
    path("directory/<uuid:key>/concern/", concerns.concern, name="enterprise_concern"),
    path("directory/<uuid:key>/what-would-i-pay/", price.what_would_i_pay, name="enterprise_price"),
    path("directory/<uuid:key>/direct-payment/", direct_payment.use_here, name="enterprise_direct_payment"),
    path("ways-to-pay-for-care-micro-enterprises/", ways_to_pay, name="ways_to_pay"),
    path("sitemap.xml", sitemap.sitemap, name="sitemap"),
    path("robots.txt", sitemap.robots, name="robots"),
]
