"""What browsers are sent: nothing that belongs to GOV.UK alone, nothing from elsewhere, colours that can be read."""

import re
from itertools import product
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.storage import FileSystemStorage

from farthing.service import design
from farthing.service.design.contrast import LEAST, check_look, colours, contrast

ROOM = Path(design.__file__).parent
STATIC = ROOM / "static"
CSS = (STATIC / "design" / "farthing.css").read_text(encoding="utf-8")
SENT = [*STATIC.rglob("*.*"), *(ROOM / "jinja2").rglob("*.html")]
NAMES_NO_PLACE = {"http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"}


def outside_addresses(text: str) -> set[str]:
    return set(re.findall(r"""https?://[^\s"'<>)]+""", text)) - NAMES_NO_PLACE


def test_nothing_that_belongs_to_gov_uk_alone_is_sent():
    assert "GDS Transport" not in CSS
    assert "@font-face" not in CSS
    names = [file.name for file in STATIC.rglob("*")]
    assert [name for name in names if re.search(r"crown|crest|govuk-icon|\.woff|favicon\.ico", name)] == []
    assert [word for word in ("crown", "crest", "govuk-header", "govuk-footer") if word in CSS] == []


@pytest.mark.parametrize("file", SENT, ids=lambda file: file.name)
def test_nothing_is_fetched_from_elsewhere(file):
    assert outside_addresses(file.read_text(encoding="utf-8")) == set()


def test_the_check_finds_an_outside_address():
    assert outside_addresses('<link href="https://fonts.example/a.css">') == {"https://fonts.example/a.css"}


def test_every_picture_the_style_sheet_names_is_there():
    named = re.findall(r"url\(([^)]+)\)", CSS)
    assert len(named) == 5
    assert [name for name in named if not (STATIC / "design" / name.strip("\"'")).is_file()] == []


def test_no_template_has_a_style_or_a_script_inside_it():
    templates = [file for file in SENT if file.suffix == ".html"]
    assert len(templates) > 12
    inside = re.compile(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)")
    assert [file.name for file in templates if inside.search(file.read_text(encoding="utf-8"))] == []


def test_the_licences_lie_beside_what_they_cover():
    told = (STATIC / "design" / "LICENCES.txt").read_text(encoding="utf-8")
    assert "GOV.UK Frontend 6.3.0" in told and "MoJ Frontend 11.1.0" in told and "MIT License" in told
    assert '--govuk-frontend-version: "6.3.0"' in CSS


def test_the_files_can_be_collected_under_names_that_change_with_them(tmp_path):
    storage = ManifestStaticFilesStorage(location=tmp_path)
    source = FileSystemStorage(STATIC)
    paths = {}
    for file in sorted(file for file in STATIC.rglob("*") if file.is_file()):
        name = file.relative_to(STATIC).as_posix()
        with source.open(name) as opened:
            storage.save(name, opened)
        paths[name] = (storage, name)
    processed = {name: done for name, _, done in storage.post_process(paths)}
    assert [name for name, done in processed.items() if isinstance(done, Exception)] == []
    assert re.fullmatch(r"design/farthing\.[0-9a-f]{12}\.css", storage.stored_name("design/farthing.css"))


def test_the_plain_look_can_be_read():
    look = colours(CSS)
    on_white = ["brand", "link", "link-hover", "link-visited", "text", "secondary-text", "error", "success"]
    on_pale = ["link", "link-hover", "link-visited", "text"]
    grounds = [("#ffffff", on_white), (look["--govuk-template-background-colour"], on_pale)]
    pairs = [pair for ground, names in grounds for pair in product([ground], names)]
    assert [name for ground, name in pairs if contrast(ground, look[f"--govuk-{name}-colour"]) < LEAST] == []


def test_the_plain_look_is_not_that_of_gov_uk():
    blue = {"#1d70b8", "#1a65a6", "#0f385c"}
    assert blue & {colour.lower() for colour in colours(CSS).values()} == set()


@pytest.mark.parametrize(
    ("one", "other", "ratio"), [("#000", "#ffffff", 21.0), ("#777777", "#fff", 4.48), ("#123456", "#123456", 1.0)]
)
def test_contrast_is_as_wcag_defines_it(one, other, ratio):
    assert contrast(one, other) == pytest.approx(ratio, abs=0.01)
    assert contrast(other, one) == contrast(one, other)


def test_a_council_whose_colours_cannot_be_read_is_told_at_the_start(settings, tmp_path):
    settings.FARTHING_COUNCIL_LOOK = str(tmp_path)
    (tmp_path / "look.css").write_text(
        ":root { --govuk-brand-colour: #ffcc00; --govuk-link-colour: #003366; }", "utf-8"
    )
    (told,) = check_look(None)
    assert told.id == "design.E002" and "#ffcc00" in told.msg and "1.5 to 1" in told.msg


def test_a_council_whose_colours_can_be_read_starts(settings, tmp_path):
    settings.FARTHING_COUNCIL_LOOK = str(tmp_path)
    (tmp_path / "look.css").write_text(":root{--govuk-brand-colour:#7a1f5c}", "utf-8")
    assert check_look(None) == []


def test_a_look_that_is_not_there_is_told_at_the_start(settings, tmp_path):
    settings.FARTHING_COUNCIL_LOOK = str(tmp_path / "nowhere")
    assert [told.id for told in check_look(None)] == ["design.E001"]
