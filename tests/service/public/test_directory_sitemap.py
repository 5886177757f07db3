"""What search engines are told."""

from xml.etree import ElementTree

import pytest

from farthing.service.access.models import Role
from farthing.service.directory.services import editing
from tests.service import cases
from tests.service.public.listed import an_entry, listed

pytestmark = pytest.mark.django_db

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def addresses(client):
    answer = client.get("/sitemap.xml")
    assert answer["Content-Type"] == "application/xml"
    tree = ElementTree.fromstring(b"".join(answer.streaming_content))
    return [each.text for each in tree.iter(f"{SITEMAP}loc")]


def test_the_sitemap_names_public_pages_and_enterprises_that_are_shown(client, settings):
    shown, hidden = listed(an_entry()), listed(an_entry())
    editing.suspend(hidden, reason="A complaint", by=cases.staff(Role.DIRECTORY_EDITOR), at=cases.AT)
    found = addresses(client)
    for path in (
        "/",
        "/directory/",
        "/ways-to-pay-for-care-micro-enterprises/",
        "/direct-payments",
        f"/directory/{shown.key}/",
    ):
        assert settings.ADDRESS + path in found
    assert settings.ADDRESS + f"/directory/{hidden.key}/" not in found


def test_every_page_on_the_sitemap_is_there(client, settings):
    listed(an_entry())
    for address in addresses(client):
        assert client.get(address.removeprefix(settings.ADDRESS)).status_code == 200, address


def test_robots_are_kept_from_pages_about_somebody_and_shown_the_sitemap(client, settings):
    told = client.get("/robots.txt").text.splitlines()
    assert f"Sitemap: {settings.ADDRESS}/sitemap.xml" in told
    assert "Disallow: /account/" in told and "Disallow: /directory/enquiries/" in told
    assert "Disallow: /directory/" not in told
