"""Settings of a server of this room's pages alone, for a real browser."""

from farthing.service.settings import *  # noqa: F403

ROOT_URLCONF = "tests.service.access.addresses"
