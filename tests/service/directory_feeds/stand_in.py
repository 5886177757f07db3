"""Another council's directory that really runs: pages of services over HTTP, with one fault at a time."""

import json
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import NAMESPACE_DNS, uuid5

Handler = BaseHTTPRequestHandler


def service(name: str, **said: Any) -> dict[str, Any]:
    """A service of another council, at a place we know, with a kind of help we know. ``said`` changes what it says."""
    number = str(uuid5(NAMESPACE_DNS, name))
    usual = {
        "id": number,
        "name": name,
        "description": "<p>Company &amp; a chat.</p><script>alert(1)</script>",
        "status": "active",
        "minimum_age": 18,
        "organization": {"id": number, "name": name, "description": "Invented"},
        "service_at_locations": [
            {
                "id": number,
                "location": {"id": number, "location_type": "physical", "latitude": 52.205, "longitude": 0.119},
            },
        ],
        "cost_options": [{"id": number, "option": "Befriending", "amount": 18.5, "amount_description": "per hour"}],
        "schedules": [{"id": number, "freq": "WEEKLY", "byday": "MO,WE", "opens_at": "09:00", "closes_at": "17:00:00"}],
        "languages": [{"id": number, "name": "Polish"}],
        "phones": [{"id": number, "number": "01223 000000"}],
        "attributes": [
            {"id": number, "taxonomy_term": {"id": number, "name": "Befriending", "description": "Company"}},
            {"id": number, "taxonomy_term": {"id": number, "name": "Direct payments", "description": "Taken"}},
        ],
    }
    return {**usual, **said}


def services() -> list[dict[str, Any]]:
    """What a directory holds where nothing else is said."""
    return [service("Invented Company"), service("Invented Chat"), service("Invented Walks")]


def as_read(said: Any) -> Any:
    """What was said as it is read from JSON: a number with a point is a decimal."""
    return json.loads(json.dumps(said), parse_float=Decimal)


@dataclass
class Directory:
    """The directory. ``fault`` answers instead of it where it gives True; ``asked`` are the addresses it was asked."""

    address: str = ""
    services: list[dict[str, Any]] = field(default_factory=list)
    size: int = 100
    gives_parts_alone: bool = False
    knows_etags: bool = False
    envelope: dict[str, Any] = field(default_factory=dict)
    fault: Callable[[Handler, str], bool] | None = None
    asked: list[str] = field(default_factory=list)

    def page(self, query: dict[str, str]) -> dict[str, Any]:
        """One page of what it holds."""
        found = self.services
        if since := query.get("modified_after"):
            found = [each for each in found if each.get("last_modified", since) >= since]
        else:
            found = [each for each in found if each.get("status", "active") == "active"]
        number, pages = int(query.get("page", 1)), -(-len(found) // self.size)
        contents = found[(number - 1) * self.size : number * self.size]
        if self.gives_parts_alone:
            contents = [{name: each[name] for name in each if not isinstance(each[name], list)} for each in contents]
        return {
            "total_items": len(found),
            "total_pages": pages,
            "page_number": number,
            "size": len(contents),
            "first_page": number == 1,
            "last_page": number >= pages,
            "empty": not contents,
            "contents": contents,
            **self.envelope,
        }

    def tag(self) -> str:
        """Another whenever anything is."""
        return f'"{uuid5(NAMESPACE_DNS, json.dumps(self.services))}"'


class RunningDirectory:
    """The directory on a port of this machine, as a context."""

    def __enter__(self) -> Directory:
        directory = Directory()

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                directory.asked.append(self.path)
                asked = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(asked.query).items()}
                if directory.fault is not None and directory.fault(self, self.path):
                    return
                if asked.path == "/services":
                    if directory.knows_etags and self.headers.get("If-None-Match") == directory.tag():
                        self.send_response(304)
                        self.end_headers()
                        return
                    tag = {"ETag": directory.tag()} if directory.knows_etags else {}
                    send(self, json.dumps(directory.page(query)).encode(), **tag)
                else:
                    number = asked.path.rpartition("/")[2]
                    found = [each for each in directory.services if each["id"] == number]
                    send(self, json.dumps(found[0]).encode()) if found else self.send_error(404)

            def log_message(self, *arguments: Any) -> None:
                """Keep the tests' own output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        self.server.daemon_threads = True
        directory.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return directory

    def __exit__(self, *wrong: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def send(handler: Handler, body: bytes, status: int = 200, **headers: str) -> bool:
    """Send an answer."""
    handler.send_response(status)
    said = {name.replace("_", "-"): value for name, value in headers.items()}
    for name, value in {"Content-Type": "application/json", "Content-Length": str(len(body)), **said}.items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(body)
    return True


def drop_by_drop(handler: Handler, path: str) -> bool:
    """Send an answer so slowly that it never ends, though never silent for long."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(200):
        try:
            handler.wfile.write(b" ")
            handler.wfile.flush()
        except OSError:
            return True
        time.sleep(0.05)
    return True


def silent(handler: Handler, path: str) -> bool:
    """Take the call and say nothing."""
    time.sleep(2)
    return True


def without_end(handler: Handler, path: str) -> bool:
    """Send more and more."""
    handler.send_response(200)
    handler.end_headers()
    for _ in range(10_000):
        try:
            handler.wfile.write(b" " * 65_536)
        except OSError:
            return True
    return True


def cut_short(handler: Handler, path: str) -> bool:
    """Promise more than is sent."""
    return send(handler, b'{"contents": [', Content_Length="5000")


def answering(body: bytes | str, status: int = 200, **headers: str) -> Callable[[Handler, str], bool]:
    """A fault that answers with the same, whatever is asked."""
    written = body.encode() if isinstance(body, str) else body
    return lambda handler, path: send(handler, written, status, **headers)


def sending_to(address: str) -> Callable[[Handler, str], bool]:
    """A fault that sends to another address."""
    return answering(b"", 302, Location=address)
