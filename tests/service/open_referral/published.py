"""What answers of Open Referral UK 3.0 have to be: our own copy, written from the specification, or the published files.

Where ``FARTHING_OPEN_REFERRAL`` names a folder with the files as Open Referral UK publishes them (service.json,
service_list.json and so on), the same tests run against those too. The name of each test says which it used.
"""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema_rs

FOLDER = os.environ.get("FARTHING_OPEN_REFERRAL", "")

TEXT, FLAG, NUMBER, WHOLE = {"type": "string"}, {"type": "boolean"}, {"type": "number"}, {"type": "integer"}
ID, ADDRESS = {"type": "string", "format": "uuid"}, {"type": "string", "format": "uri"}
MOMENT = {"type": "string", "format": "date-time"}


def obj(required: str, **properties: Any) -> dict[str, Any]:
    """An object in which nothing is null, and nothing stands that is not named here."""
    return {
        "type": "object",
        "required": required.split(),
        "properties": properties,
        "additionalProperties": False,
    }


def many(of: dict[str, Any]) -> dict[str, Any]:
    """A list that is left out where it would be empty."""
    return {"type": "array", "items": of, "minItems": 1}


TERM = obj(
    "id name description",
    id=ID, code=TEXT, name=TEXT, description=TEXT, parent_id=ID, taxonomy=TEXT, taxonomy_id=ID, term_uri=ADDRESS,
)  # fmt: skip
TAXONOMY = obj("id name description", id=ID, name=TEXT, description=TEXT, uri=ADDRESS, version=TEXT)
WHOLE_TAXONOMY = obj("id name description", **TAXONOMY["properties"], taxonomy_terms=many(TERM))
ORGANIZATION = obj("id name description", id=ID, name=TEXT, description=TEXT, website=ADDRESS)
LOCATION = obj(
    "id location_type",
    id=ID, location_type={"enum": ["physical", "postal", "virtual"]}, name=TEXT, description=TEXT,
    latitude={"type": "number", "minimum": 49, "maximum": 61}, longitude={"type": "number", "minimum": -9, "maximum": 2},
)  # fmt: skip
SCHEDULE = obj(
    "id",
    id=ID, freq={"enum": ["WEEKLY", "MONTHLY"]}, interval=NUMBER,
    byday={"type": "string", "pattern": "^(MO|TU|WE|TH|FR|SA|SU)(,|$)"},
    opens_at={"type": "string", "pattern": r"^\d\d:\d\d:\d\d$"}, closes_at={"type": "string", "pattern": r"^\d\d:\d\d:\d\d$"},
    description=TEXT,
)  # fmt: skip
ATTRIBUTE = obj("id", id=ID, link_id=ID, link_type={"const": "service"}, taxonomy_term_id=ID, taxonomy_term=TERM)
COST = obj("id option amount", id=ID, option=TEXT, currency={"const": "GBP"}, amount=NUMBER, amount_description=TEXT)
AREA = obj("id", id=ID, name=TEXT, service_area=TEXT)
LANGUAGE = obj("id", id=ID, name=TEXT, code=TEXT)
PHONE = obj("id number", id=ID, number=TEXT)

ONE_TO_ONE = {
    "id": ID, "organization_id": ID, "name": TEXT, "description": TEXT, "url": ADDRESS, "fees": TEXT, "accreditations": TEXT,
    "status": {"enum": ["active", "inactive", "defunct", "temporarily closed"]}, "minimum_age": NUMBER, "maximum_age": NUMBER,
    "assured_date": {"type": "string", "format": "date"}, "alert": TEXT, "last_modified": MOMENT, "organization": ORGANIZATION,
}  # fmt: skip
SEVERAL = {
    "schedules": many(SCHEDULE), "service_areas": many(AREA), "languages": many(LANGUAGE), "phones": many(PHONE),
    "cost_options": many(COST), "attributes": many(ATTRIBUTE),
}  # fmt: skip
NEEDED = "id name status organization"

SERVICE_IN_A_LIST = obj(NEEDED, **ONE_TO_ONE)
SERVICE = obj(
    NEEDED,
    **ONE_TO_ONE,
    **SEVERAL,
    service_at_locations=many(obj("id location", id=ID, service_id=ID, location=LOCATION)),
)
AT_LOCATION_IN_A_LIST = obj("id location service", id=ID, service_id=ID, location=LOCATION, service=SERVICE_IN_A_LIST)
AT_LOCATION = obj(
    "id location service", id=ID, service_id=ID, location=LOCATION, service=obj(NEEDED, **ONE_TO_ONE, **SEVERAL)
)
ROOT = obj("version profile openapi_url", version=TEXT, profile=ADDRESS, openapi_url=ADDRESS)

OURS = {
    "service": SERVICE,
    "service_list": SERVICE_IN_A_LIST,
    "service_at_location": AT_LOCATION,
    "service_at_location_list": AT_LOCATION_IN_A_LIST,
    "taxonomy": WHOLE_TAXONOMY,
    "taxonomy_list": TAXONOMY,
    "taxonomy_term": TERM,
    "root": ROOT,
}


def page_of(each: dict[str, Any]) -> dict[str, Any]:
    """The envelope of a page."""
    return obj(
        "total_items total_pages page_number size first_page last_page empty contents",
        total_items=WHOLE, total_pages=WHOLE, page_number=WHOLE, size=WHOLE, first_page=FLAG, last_page=FLAG, empty=FLAG,
        contents={"type": "array", "items": each},
    )  # fmt: skip


def theirs(kind: str) -> dict[str, Any]:
    """The published schema of a kind; one that takes anything of a kind whose file is not published."""
    file = Path(FOLDER, f"{kind}.json")
    return json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}


SOURCES: dict[str, Callable[[str], dict[str, Any]]] = {"our own copy": OURS.__getitem__, "the published files": theirs}


def problems(said: Any, schema: dict[str, Any]) -> list[str]:
    """What a schema finds wrong."""
    found = jsonschema_rs.validator_for(schema, validate_formats=True).iter_errors(said)
    return [f"{list(each.instance_path)}: {each.message}" for each in found]
