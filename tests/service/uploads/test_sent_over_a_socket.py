"""A file far larger than may be sent, over a real socket to a real server."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

SERVED = """
from django.test import Client
from farthing.service.access.models import Account
account = Account.objects.create_person("ada@home.example")
client = Client()
client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
client.post("/apply/for-me/", {"given_name": "Ada", "family_name": "Invented"}, headers={"host": "localhost"})
from farthing.service.assessments.models import AssessmentRequest
tell({"session": client.cookies["sessionid"].value, "reference": AssessmentRequest.objects.get().reference})
"""


def memory_of(number: int) -> int:
    """The most memory a process has used, in bytes."""
    status = Path(f"/proc/{number}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+)", status)[1]) * 1024


def test_a_hundred_megabytes_get_an_answer_over_a_real_socket_and_memory_stays_flat(databases, tmp_path):
    with databases.own(tmp_path) as own:
        told = own.run(SERVED)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "farthing.service.wsgi", "--workers=1", f"--bind=127.0.0.1:{port}",
                   "--no-control-socket", "--timeout=60"]  # fmt: skip
        server = subprocess.Popen(command, env=own.environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            address = f"/papers/{told['reference']}/"
            page, cookies = _asked(port, address, told["session"])
            worker = int(Path(f"/proc/{server.pid}/task/{server.pid}/children").read_text().split()[0])
            before, token = memory_of(worker), re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
            status, answer = _sent_in_pieces(port, address, cookies, token, megabytes=100)
            assert status == 200
            assert "statement.pdf is larger than 10MB" in answer
            assert memory_of(worker) - before < 20 * 1024**2
            assert not list(Path(tmp_path / "evidence").glob("*/*"))
        finally:
            server.terminate()
            server.wait(timeout=20)


def _asked(port: int, address: str, session: str) -> tuple[str, str]:
    """The page of an address, and what a browser then keeps."""
    for _ in range(150):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", address, headers={"Host": "localhost", "Cookie": f"sessionid={session}"})
            response = connection.getresponse()
            token = re.search(r"csrftoken=([^;]+)", response.headers["Set-Cookie"])[1]
            return response.read().decode(), f"sessionid={session}; csrftoken={token}"
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not start")


def _sent_in_pieces(port: int, address: str, cookies: str, token: str, *, megabytes: int) -> tuple[int, str]:
    """Send a file as a browser does, piece by piece, and read the whole answer."""
    line = b"--between"
    form = b"".join(
        line + f'\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in {"csrfmiddlewaretoken": token, "proves": "Something else"}.items()
    )
    head = (
        form + line + b'\r\nContent-Disposition: form-data; name="papers"; filename="statement.pdf"\r\n\r\n%PDF-1.7\n'
    )
    tail = b"\r\n--between--\r\n"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.putrequest("POST", address, skip_host=True)
    for name, value in {
        "Host": "localhost",
        "Origin": "http://localhost",
        "Cookie": cookies,
        "Content-Type": "multipart/form-data; boundary=between",
        "Content-Length": str(len(head) + megabytes * 1024**2 + len(tail)),
    }.items():
        connection.putheader(name, value)
    connection.endheaders(head)
    for _ in range(megabytes):
        connection.send(os.urandom(1024**2))
    connection.send(tail)
    response = connection.getresponse()
    return response.status, response.read().decode()
