"""The service's own settings, with a data folder that goes away and passwords that are quick to check."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("FARTHING_DATA", tempfile.mkdtemp(prefix="farthing-tests-"))
os.environ.setdefault("FARTHING_COUNCIL", "cambridgeshire")

from farthing.service.settings import *  # noqa: F403

PASSWORD_HASHERS = ["tests.passwords.Quick"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
WHITENOISE_AUTOREFRESH = True
COMPILED_TEMPLATES = Path(__file__).parents[2] / "build" / "compiled-templates"
