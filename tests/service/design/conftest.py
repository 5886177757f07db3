"""Pages are rendered by themselves here: no database, no accounts, no middleware."""

from pathlib import Path

import pytest

from tests.browser.fixtures import browser_type_launch_args

__all__ = ["browser_type_launch_args"]
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
