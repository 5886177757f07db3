"""Answers kept on the person's own device: packed, encrypted, in at most two cookies that go when the browser closes.

Nothing of them is kept here. Only this service can read them, so they are safe from whoever finds the device's cookies,
and a cookie that was tampered with is no answer at all.
"""

import base64
import hashlib
import json
import zlib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse

COOKIES = ("estimate", "estimate-more")
MOST_LETTERS = 3800
"""In one cookie: browsers refuse one of more than 4,096 bytes, its name and attributes included."""

MOST_BYTES = 1024 * 1024
"""Unpacked. More than any answers can be."""


def packed(data: Mapping[str, Any]) -> str:
    """Plain data as text that only this service can read."""
    written = json.dumps(data, separators=(",", ":")).encode()
    return _cipher(settings.SECRET_KEY).encrypt(zlib.compress(written, 9)).decode().rstrip("=")


def unpacked(text: str) -> dict[str, Any] | None:
    """The data that ``packed`` packed, or None for anything else."""
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        try:
            opened = _cipher(secret).decrypt(text.encode() + b"=" * (-len(text) % 4))
            read = json.loads(zlib.decompressobj().decompress(opened, MOST_BYTES))
        except (InvalidToken, zlib.error, ValueError):
            continue
        return read if isinstance(read, dict) else None
    return None


def read(request: HttpRequest) -> dict[str, Any] | None:
    """What the device keeps, or None where it keeps nothing that can be read."""
    return unpacked("".join(request.COOKIES.get(name, "") for name in COOKIES))


def fits(text: str) -> bool:
    """Whether packed data fit on the device."""
    return len(text) <= len(COOKIES) * MOST_LETTERS


def keep(response: HttpResponse, text: str) -> None:
    """Keep packed data on the device until the browser is closed."""
    for number, name in enumerate(COOKIES):
        part = text[number * MOST_LETTERS : (number + 1) * MOST_LETTERS]
        if part:
            response.set_cookie(name, part, httponly=True, samesite="Lax", secure=settings.SECURE_COOKIES)
        else:
            response.delete_cookie(name, samesite="Lax")


def clear(response: HttpResponse, names: Iterable[str] = COOKIES) -> None:
    """Take everything off the device."""
    for name in names:
        response.delete_cookie(name, samesite="Lax")


@lru_cache(maxsize=4)
def _cipher(secret: str) -> Fernet:
    digest = hashlib.sha256(b"farthing.estimate:" + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
