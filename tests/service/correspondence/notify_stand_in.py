"""A stand-in for GOV.UK Notify that speaks the same HTTP: the same paths, tokens, JSON and refusals, and faults on order."""

import json
import time
from base64 import b64decode
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

from notifications_python_client.authentication import decode_jwt_token, get_token_issuer
from notifications_python_client.errors import TokenError

from farthing.letters.notify import letter_problems

SERVICE, SECRET = "26785a09-ab16-4eb0-8407-a37497a57506", "3d844edf-8d35-48ac-975b-e847b4f122b0"
KEY = f"stand_in-{SERVICE}-{SECRET}"
TEMPLATE = "f33517ff-2a88-4f6e-b855-c550268ce08a"


class Fault(Enum):
    """What goes wrong with the next thing sent."""

    TOO_MANY = "answers 429"
    BROKEN = "answers 500"
    DOWN = "answers 503 from a gateway, in no JSON"
    HANGS_UP = "hangs up before taking it"
    TAKES_AND_HANGS_UP = "takes it and hangs up before answering"
    TAKES_AND_BREAKS = "takes it and answers 500"
    TAKES_AND_DOZES = "takes it and answers too late"


@dataclass
class StandIn:
    """What Notify was handed, and what it is to do wrong next. ``notifications`` are as its API gives them."""

    address: str = ""
    faults: deque[Fault] = field(default_factory=deque)
    notifications: list[dict[str, Any]] = field(default_factory=list)
    pdfs: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    dozes: float = 1.0
    refuses_to_look_up: int = 0
    lock: Lock = field(default_factory=Lock)

    def taken(self, reference: str) -> list[dict[str, Any]]:
        """All that was taken under a reference."""
        return [each for each in self.notifications if each["reference"] == reference]

    def becomes(self, status: str) -> None:
        """Let all that was taken have another status."""
        for each in self.notifications:
            each["status"] = status


@contextmanager
def stand_in() -> Iterator[StandIn]:
    """The stand-in, listening on this computer alone."""
    notify = StandIn()
    handler = type("Handler", (_Handler,), {"notify": notify})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        notify.address = f"http://127.0.0.1:{server.server_port}"
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        yield notify
        server.shutdown()


class _Refused(Exception):
    def __init__(self, status: int, error: str, message: str):
        self.status = status
        self.body = {"status_code": status, "errors": [{"error": error, "message": message}]}


class _Handler(BaseHTTPRequestHandler):
    notify: StandIn

    def log_message(self, *given: Any) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._answer(self._get)

    def do_POST(self) -> None:
        self._answer(self._post)

    def _answer(self, respond: Any) -> None:
        length = int(self.headers.get("Content-Length", 0))
        said = self.rfile.read(length)
        self.notify.asked.append(f"{self.command} {urlsplit(self.path).path}")
        try:
            self._check_token()
            status, body = respond(said)
        except _Refused as refused:
            status, body = refused.status, refused.body
        except ConnectionAbortedError:
            self.close_connection = True
            return
        written = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def _check_token(self) -> None:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            if get_token_issuer(token) != SERVICE:
                raise _Refused(403, "AuthError", "Invalid token: service not found")
            decode_jwt_token(token, SECRET)
        except TokenError as error:
            raise _Refused(403, "AuthError", "Invalid token: signature, api token not found") from error

    def _get(self, said: bytes) -> tuple[int, Any]:
        asked = urlsplit(self.path)
        if asked.path == "/v2/notifications":
            if self.notify.refuses_to_look_up:
                raise _Refused(self.notify.refuses_to_look_up, "Error", "No")
            (reference,) = parse_qs(asked.query)["reference"]
            found = list(reversed(self.notify.taken(reference)))
            return 200, {"notifications": found, "links": {"current": self.path}}
        number = asked.path.removeprefix("/v2/notifications/")
        found = [each for each in self.notify.notifications if each["id"] == number]
        if not found:
            raise _Refused(404, "NoResultFound", "No result found")
        return 200, found[0]

    def _post(self, said: bytes) -> tuple[int, Any]:
        with self.notify.lock:
            fault = self.notify.faults.popleft() if self.notify.faults else None
        if fault is Fault.TOO_MANY:
            raise _Refused(
                429, "RateLimitError", "Exceeded rate limit for key type LIVE of 3000 requests per 60 seconds"
            )
        if fault is Fault.BROKEN:
            raise _Refused(500, "Exception", "Internal server error")
        if fault is Fault.DOWN:
            return 503, b"<html>Service unavailable</html>"
        if fault is Fault.HANGS_UP:
            raise ConnectionAbortedError
        taken = self._take(json.loads(said))
        if fault is Fault.TAKES_AND_HANGS_UP:
            raise ConnectionAbortedError
        if fault is Fault.TAKES_AND_BREAKS:
            raise _Refused(500, "Exception", "Internal server error")
        if fault is Fault.TAKES_AND_DOZES:
            time.sleep(self.notify.dozes)
            raise ConnectionAbortedError
        return 201, {"id": taken["id"], "reference": taken["reference"], "postage": taken.get("postage")}

    def _take(self, said: dict[str, Any]) -> dict[str, Any]:
        kind = urlsplit(self.path).path.removeprefix("/v2/notifications/")
        taken = {"id": str(uuid4()), "reference": said.get("reference"), "type": kind, "status": "created"}
        if kind == "letter":
            pdf = b64decode(said["content"], validate=True)
            problems = letter_problems(pdf)
            taken |= {"status": "validation-failed" if problems else "pending-virus-check", "postage": said["postage"]}
            self.notify.pdfs[taken["id"]] = pdf
        elif kind == "email":
            if said["template_id"] != TEMPLATE:
                raise _Refused(400, "BadRequestError", "Template not found")
            if "@" not in said["email_address"]:
                raise _Refused(400, "ValidationError", "email_address Not a valid email address")
            taken |= {"email_address": said["email_address"], "personalisation": said["personalisation"]}
        else:
            raise _Refused(404, "NotFound", "Not found")
        with self.notify.lock:
            self.notify.notifications.append(taken)
        return taken
