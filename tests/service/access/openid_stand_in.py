"""A provider of OpenID Connect that really runs: discovery, authorize, token and keys over HTTP, signed with a real RSA key.

It does what it is told to do wrongly, one fault at a time, so that a test can see it refused.
"""

import hashlib
import json
import secrets
import threading
import time
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

CLIENT, SECRET = "farthing-tests", "a secret of the tests"


@cache
def own_key() -> RSAKey:
    """The provider's key, made once: to find one takes long."""
    return RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})


@dataclass
class StandIn:
    """The provider, and who signs in with it. ``claims`` are added to every token, over what would stand there."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    signed_by_another_key: bool = False
    signed_with_the_shared_secret: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    key: RSAKey = field(default_factory=own_key)

    def configuration(self) -> dict[str, Any]:
        """What the provider publishes of itself."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
            "id_token_signing_alg_values_supported": ["RS256", "HS256", "none"],
        }

    def authorized(self, query: dict[str, str]) -> str:
        """Where the browser goes once somebody has signed in here."""
        assert query["client_id"] == CLIENT and query["response_type"] == "code"
        assert query["code_challenge_method"] == "S256" and query["nonce"] and query["state"]
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any]:
        """The tokens for a code: once, for whoever knows the client's secret and the verifier of the challenge."""
        assert b64decode(authorization.removeprefix("Basic ")).decode() == f"{CLIENT}:{SECRET}"
        asked = self.codes.pop(sent["code"])
        assert sent["redirect_uri"] == asked["redirect_uri"]
        challenge = urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).decode().rstrip("=")
        assert challenge == asked["code_challenge"]
        now = int(time.time())
        claims = {
            "iss": self.address,
            "aud": CLIENT,
            "sub": "subject-1",
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email": "olive@council.example",
            "name": "Olive Officer",
            "roles": ["officer"],
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        return {"access_token": "unused", "token_type": "Bearer", "expires_in": 300, "id_token": self._signed(claims)}

    def _signed(self, claims: dict[str, Any]) -> str:
        if self.signed_with_the_shared_secret:
            return jwt.encode({"alg": "HS256"}, claims, OctKey.import_key(SECRET))
        key = RSAKey.generate_key(2048, {"kid": "one"}) if self.signed_by_another_key else self.key
        return jwt.encode({"alg": "RS256", "kid": "one"}, claims, key)


class RunningStandIn:
    """The provider on a port of this machine, as a context."""

    def __enter__(self) -> StandIn:
        provider = self.provider = StandIn()

        class Answers(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asked = urlsplit(self.path)
                if asked.path == "/.well-known/openid-configuration":
                    self._json(provider.configuration())
                elif asked.path == "/keys":
                    self._json({"keys": [provider.key.as_dict(private=False)]})
                elif asked.path == "/authorize":
                    self.send_response(302)
                    self.send_header("Location", provider.authorized(_single(asked.query)))
                    self.end_headers()
                else:
                    self.send_error(404)

            def do_POST(self) -> None:
                sent = _single(self.rfile.read(int(self.headers["Content-Length"])).decode())
                try:
                    self._json(provider.token(sent, self.headers.get("Authorization", "")))
                except (AssertionError, KeyError):
                    self._json({"error": "invalid_grant"}, 400)

            def _json(self, content: dict[str, Any], status: int = 200) -> None:
                body = json.dumps(content).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments: Any) -> None:
                """Keep the tests' own output clean."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
        provider.address = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()
        return provider

    def __exit__(self, *wrong: object) -> None:
        self.server.shutdown()
        self.server.server_close()


def _single(query: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(query).items()}
