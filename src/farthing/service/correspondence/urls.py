"""Where other programs tell what became of letters."""

from django.urls import path

from farthing.service.correspondence import callbacks

app_name = "correspondence"
urlpatterns = [
    path("notify/receipts/", callbacks.notify_receipt, name="notify_receipt"),
    path("notify/returned/", callbacks.notify_returned, name="notify_returned"),
]
