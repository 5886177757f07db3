"""Where answers are kept: on the device alone, until somebody asks for a link."""

import logging
from datetime import timedelta

import pytest

from farthing.service.assessments.models import SavedEstimate
from farthing.service.assessments.services import estimates
from farthing.service.public.estimate import device
from farthing.service.public.unlogged import WithoutTokens
from farthing.service.questions.answers import Answers, Item, Listed
from tests.service.public.conftest import NOW
from tests.service.public.test_estimate_journeys import AT_HOME
from tests.service.public.walking import Walk, kept

pytestmark = pytest.mark.django_db


def saved(client):
    """Save what is under way; the address of its page."""
    return client.post("/estimate/save")["Location"]


def many(count=60):
    """Answers with so many items that no two are alike."""
    item = {
        f"i{n}": Item("bank_account", {"value": f"{n * 7919 % 99991}.{n % 100:02d}"}, is_done=True)
        for n in range(count)
    }
    return Answers(said={"setting": "own_home", "tells_finances": "true"}, lists={"capital": Listed(item)})


def put(client, data):
    """Put data into the client's cookies as the service would."""
    text = device.packed(data)
    for number, name in enumerate(device.COOKIES):
        client.cookies[name] = text[number * device.MOST_LETTERS : (number + 1) * device.MOST_LETTERS]


def test_nothing_is_kept_here_until_somebody_asks(client):
    Walk(client, AT_HOME).begin()
    client.get("/estimate/result")
    assert not SavedEstimate.objects.exists()
    assert "sessionid" not in client.cookies


def test_the_answers_cannot_be_read_on_the_device_and_go_with_the_browser(client):
    client.post("/estimate/", {"about": "you"})
    client.post("/estimate/question/setting", {"setting": "own_home"})
    cookie = client.cookies["estimate"]
    assert "own_home" not in cookie.value
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"] and not cookie["expires"]


@pytest.mark.parametrize("spoiled", ["", "x", "estimate", "gAAAAA", "é" * 20, "A" * 9000])
def test_a_cookie_that_was_tampered_with_is_no_answer_and_no_fault(client, spoiled):
    client.cookies["estimate"] = spoiled
    assert client.get("/estimate/result")["Location"] == "/estimate/"
    assert client.get("/estimate/").status_code == 200


def test_a_cookie_with_one_letter_changed_is_no_answer(client):
    client.post("/estimate/", {"about": "you"})
    value = client.cookies["estimate"].value
    client.cookies["estimate"] = value[:30] + ("A" if value[30] != "A" else "B") + value[31:]
    assert client.get("/estimate/next")["Location"] == "/estimate/"


def test_a_cookie_of_another_secret_is_no_answer(client, settings):
    client.post("/estimate/", {"about": "you"})
    settings.SECRET_KEY = "another"
    assert client.get("/estimate/next")["Location"] == "/estimate/"


def test_answers_outlive_a_change_of_the_secret_while_the_old_one_is_known(client, settings):
    client.post("/estimate/", {"about": "them"})
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert client.get("/estimate/next")["Location"] == "/estimate/question/setting"


def test_sixty_accounts_fit_on_the_device_and_a_sixty_first_is_refused(client):
    put(client, {"answers": many().as_json()})
    shown = client.get("/estimate/check")
    assert shown.status_code == 200
    assert (
        "another" not in client.get("/estimate/list/capital/i1").text.partition("</form>")[0].split("button-group")[1]
    )
    client.post("/estimate/list/capital/i1", {"value": "1", "another": "i60"})
    assert len(kept(client).lists["capital"].items) == 60
    assert client.get("/estimate/result").status_code == 200


def test_an_answer_that_no_longer_fits_is_not_lost_but_offered_to_be_saved(client, monkeypatch):
    put(client, {"answers": many().as_json()})
    monkeypatch.setattr(device, "MOST_LETTERS", 300)
    text = device.packed({"answers": many().as_json()})
    client.cookies["estimate"], client.cookies["estimate-more"] = text[:300], text[300:]
    shown = client.post("/estimate/question/weekly_cost", {"weekly_cost": "123.45"})
    assert shown.status_code == 200
    assert "Save your estimate to go on" in shown.text
    packed = shown.text.split('name="packed" value="')[1].split('"')[0]
    went = client.post("/estimate/save", {"packed": packed})
    assert went["Location"].startswith("/estimate/saved/")
    assert SavedEstimate.objects.get().answers["said"]["weekly_cost"] == "123.45"


def test_a_saved_estimate_is_opened_by_its_link_on_another_device(client):
    Walk(client, AT_HOME).begin()
    address = saved(client)
    client.cookies.clear()
    shown = client.get(address)
    assert "Open this estimate" in shown.text
    assert client.get("/estimate/result")["Location"] == "/estimate/", "looking opens nothing"
    token = address.rpartition("/")[2]
    assert client.post("/estimate/open", {"token": token})["Location"] == "/estimate/check"
    assert "£105.15" in client.get("/estimate/result").text


def test_while_it_is_open_each_answer_is_saved(client):
    Walk(client, AT_HOME).begin()
    saved(client)
    client.post("/estimate/question/weekly_cost", {"weekly_cost": "77"})
    assert SavedEstimate.objects.get().answers["said"]["weekly_cost"] == "77.00"


def test_saving_twice_keeps_one(client):
    Walk(client, AT_HOME).begin()
    assert saved(client) == saved(client)
    assert SavedEstimate.objects.count() == 1


def test_the_link_cannot_be_found_in_the_database(client):
    Walk(client, AT_HOME).begin()
    token = saved(client).rpartition("/")[2]
    row = SavedEstimate.objects.get()
    assert token not in (row.digest, str(row.answers))
    assert len(token) >= 40


def test_a_deleted_estimate_is_gone_from_here_and_from_the_device(client):
    Walk(client, AT_HOME).begin()
    address = saved(client)
    assert client.post("/estimate/delete", {"token": address.rpartition("/")[2]}).status_code == 200
    assert not SavedEstimate.objects.exists()
    assert client.get(address).status_code == 410
    assert client.get("/estimate/result")["Location"] == "/estimate/"


def test_an_unknown_link_is_gone(client):
    assert client.get("/estimate/saved/nothing").status_code == 410
    assert client.post("/estimate/open", {"token": "nothing"}).status_code == 410


def test_a_link_that_has_expired_opens_nothing_and_frees_the_device(client, monkeypatch):
    Walk(client, AT_HOME).begin()
    address = saved(client)
    later = NOW + estimates.KEPT_FOR + timedelta(seconds=1)
    monkeypatch.setattr("farthing.service.clock.now", lambda: later)
    assert client.get(address).status_code == 410
    assert client.get("/estimate/next")["Location"] == "/estimate/"
    assert estimates.delete_expired(at=later) == 1


def test_an_answer_to_an_estimate_deleted_in_another_tab_says_that_it_is_gone(client):
    Walk(client, AT_HOME).begin()
    saved(client)
    SavedEstimate.objects.all().delete()
    assert client.post("/estimate/question/weekly_cost", {"weekly_cost": "77"}).status_code == 410


def test_opening_a_link_over_an_estimate_that_is_not_saved_warns_first(client):
    Walk(client, AT_HOME).begin()
    address = saved(client)
    client.cookies.clear()
    client.post("/estimate/", {"about": "you"})
    client.post("/estimate/question/setting", {"setting": "own_home"})
    assert "another estimate on this device that is not saved" in client.get(address).text


def test_no_log_holds_the_token_of_a_link(client, caplog):
    for name in ("django.request", "django.security.csrf"):
        assert any(isinstance(each, WithoutTokens) for each in logging.getLogger(name).filters)
    with caplog.at_level(logging.DEBUG):
        client.get("/estimate/saved/a-token-that-nobody-has")
    assert "a-token-that-nobody-has" not in caplog.text
    assert "/saved/…" in caplog.text


def test_the_printed_estimate_is_a_pdf_with_the_amount_of_the_page(client):
    pypdfium2 = pytest.importorskip("pypdfium2")
    Walk(client, AT_HOME).begin()
    printed = client.get("/estimate/estimate.pdf")
    assert printed["Content-Type"] == "application/pdf"
    assert printed["Content-Disposition"] == 'attachment; filename="estimate-2026-11-25.pdf"'
    document = pypdfium2.PdfDocument(printed.content)
    text = "".join(page.get_textpage().get_text_bounded() for page in document)
    assert "£105.15" in text and "£194.85" in text and "Citizens Advice" in text


def test_pages_of_an_estimate_on_the_device_ask_the_database_nothing(client, django_assert_num_queries):
    Walk(client, AT_HOME).begin()
    with django_assert_num_queries(0):
        for address in (
            "question/weekly_cost",
            "list/income",
            "list/income/i1",
            "check",
            "result",
            "why/tariff_income",
        ):
            client.get(f"/estimate/{address}")


def test_a_page_of_a_saved_estimate_asks_the_database_once(client, django_assert_max_num_queries):
    Walk(client, AT_HOME).begin()
    saved(client)
    with django_assert_max_num_queries(1):
        client.get("/estimate/result")
