"""What a web server runs."""

import os
from importlib import import_module

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "farthing.service.settings")

application = get_wsgi_application()

# Every page is loaded before the server divides itself into workers: they share it, and nobody waits for the first.
import_module(settings.ROOT_URLCONF)
