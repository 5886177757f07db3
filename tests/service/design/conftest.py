"""Pages are rendered by themselves here: no database, no accounts, no middleware."""

import os
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def only_the_design(settings):
    """Templates with what the design gives them and nothing else, and the pages of the showroom."""
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.jinja2.Jinja2",
            "APP_DIRS": True,
            "DIRS": [HERE / "jinja2"],
            "OPTIONS": {
                "environment": "farthing.service.design.environment.environment",
                "context_processors": ["farthing.service.design.context.council"],
            },
        }
    ]
    settings.FARTHING_COUNCIL, settings.FARTHING_COUNCIL_LOOK = "cambridgeshire", ""
    settings.DEMONSTRATION = True
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    flags = "--no-sandbox --disable-gpu --disable-dev-shm-usage --disable-background-networking"
    more = "--disable-component-update --disable-sync --no-first-run --disable-quic"
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    return {**browser_type_launch_args, "executable_path": chromium, "args": f"{flags} {more}".split()}
