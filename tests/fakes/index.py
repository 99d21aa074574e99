"""
An index, and a CI's identity service, that live in a dict and speak HTTP through httpx.

They refuse what they do not know. The embedded index (`releasio.rehearsal`) is
the faithful one; this one is for single answers that are hard to come by.
"""

from __future__ import annotations

import base64
import hashlib
import io
import json
from collections import deque
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import httpx
from werkzeug.formparser import FormDataParser
from werkzeug.http import parse_options_header

from releasio.rules.index.registry import AUDIENCES, Registry
from releasio.world.http.bounded import BoundedClient
from releasio.world.index.index import Index
from tests.fakes.screen import Quiet
from tests.fakes.tokens import CLAIMS, jwt

if TYPE_CHECKING:
    from releasio.rules.credentials.credential import Credential

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
PRIVATE = Registry("private", "http://127.0.0.1:9/legacy/", "http://127.0.0.1:9/simple/")
REQUEST_TOKEN = "runner-request-token"


@dataclass
class Clock:
    """Time that passes only while somebody sleeps."""

    now: datetime = START
    pauses: list[float] = field(default_factory=list)

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += timedelta(seconds=seconds)


@dataclass
class Upload:
    """A form that arrived."""

    fields: list[tuple[str, str]]
    name: str
    content: bytes
    authorization: str


class FakeIndex:
    """A package index with a queue of faults in front of each of its pages."""

    def __init__(self, registry: Registry = PRIVATE) -> None:
        self.registry = registry
        self.clock = Clock()
        self.screen = Quiet()
        self.claims: dict[str, object] = dict(CLAIMS)
        self.requests: list[httpx.Request] = []
        self.uploads: list[Upload] = []
        self.identities: list[str] = []
        self.faults: dict[str, deque[object]] = {}
        self.pages: dict[str, httpx.Response] = {}
        self.key = ""
        self.audience = AUDIENCES.get(registry.site) or registry.host

    def client(self, *logins: Credential, must_read: bool = True) -> Index:
        """Return our own index client, wired to this index, which may read it with *logins*."""
        transport = httpx.MockTransport(self.answer)
        return Index(
            self.registry,
            BoundedClient(transport=transport),
            clock=self.clock,
            sleep=self.clock.sleep,
            screen=self.screen,
            logins=lambda: logins,
            must_read=must_read,
        )

    def close(self, user: str, password: str) -> None:
        """Show pages and files only to *user* with *password* from now on."""
        pair = base64.b64encode(f"{user}:{password}".encode()).decode()
        self.key = f"Basic {pair}"

    def fail(self, path: str, *replies: object) -> None:
        """Answer the next requests for *path* with *replies*: responses, errors or functions."""
        self.faults.setdefault(path, deque()).extend(replies)

    def list(self, project: str, *files: tuple[str, bytes], uploaded: str = "") -> None:
        """Let the simple index show *files* of *project*, all of them *uploaded* then."""
        entries = [
            {
                "filename": name,
                "url": f"/files/{name}",
                "hashes": {"sha256": hashlib.sha256(content).hexdigest()},
                **({"upload-time": uploaded} if uploaded else {}),
            }
            for name, content in files
        ]
        page = json.dumps({"meta": {"api-version": "1.4"}, "name": project, "files": entries})
        self.pages[f"/simple/{project}/"] = httpx.Response(
            200, text=page, headers={"Content-Type": "application/vnd.pypi.simple.v1+json"}
        )

    def env(self) -> dict[str, str]:
        """Return the variables of a GitHub Actions job that may ask for an identity."""
        return {
            "GITHUB_ACTIONS": "true",
            "ACTIONS_ID_TOKEN_REQUEST_URL": "http://127.0.0.1:9/identity?api-version=2.0",
            "ACTIONS_ID_TOKEN_REQUEST_TOKEN": REQUEST_TOKEN,
        }

    def asked(self, path: str) -> list[httpx.Request]:
        return [request for request in self.requests if request.url.path == path]

    def answer(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.requests.append(request)
        queue = self.faults.get(request.url.path)
        if queue:
            match queue.popleft():
                case Exception() as error:
                    raise error
                case httpx.Response() as response:
                    return response
                case function if callable(function):
                    return function(request)
        if self._is_closed_to(request):
            return httpx.Response(401, text="Who are you?")
        return self._answer(request)

    def _is_closed_to(self, request: httpx.Request) -> bool:
        shown = request.url.path.startswith(("/simple/", "/files/"))
        return bool(self.key) and shown and request.headers.get("Authorization") != self.key

    def _answer(self, request: httpx.Request) -> httpx.Response:
        match request.method, request.url.path:
            case "GET", "/identity":
                return self._identity(request)
            case "GET", "/_/oidc/audience":
                return httpx.Response(200, json={"audience": self.audience})
            case "POST", "/_/oidc/mint-token" | "/_/oidc/burn-token":
                return self._token(request.url.path)
            case "POST", "/legacy/":
                self.uploads.append(read_form(request))
                return httpx.Response(200, json={"code": "200 OK"})
            case "GET", path if path.startswith("/simple/"):
                return self.pages.get(path) or httpx.Response(404, text="404 Not Found")
            case "GET", path if path.startswith("/files/"):
                return self.pages.get(path) or httpx.Response(404)
        msg = f"the fake index does not know {request.method} {request.url}"
        raise AssertionError(msg)

    def _token(self, path: str) -> httpx.Response:
        if path.endswith("burn-token"):
            return httpx.Response(202)
        expires = int(self.clock().timestamp()) + 900
        token = f"minted-{len(self.asked(path))}-for-you"
        return httpx.Response(200, json={"success": True, "token": token, "expires": expires})

    def _identity(self, request: httpx.Request) -> httpx.Response:
        if request.headers["Authorization"] != f"bearer {REQUEST_TOKEN}":
            return httpx.Response(401)
        if request.url.params.get("api-version") != "2.0":
            return httpx.Response(400, text="api-version is missing")
        claims = {"aud": request.url.params["audience"], "jti": str(len(self.identities))}
        self.identities.append(jwt({**self.claims, **claims}))
        return httpx.Response(200, json={"count": 1, "value": self.identities[-1]})


def refusal(code: str, description: str) -> httpx.Response:
    """Return a refused mint, in PyPI's shape."""
    return httpx.Response(
        422,
        json={
            "message": "Token request failed",
            "errors": [{"code": code, "description": description}],
        },
    )


def read_form(request: httpx.Request) -> Upload:
    """Read a multipart form with a parser that is not ours."""
    if int(request.headers["Content-Length"]) != len(request.content):
        msg = "the form is not as long as it says"
        raise AssertionError(msg)
    mimetype, options = parse_options_header(request.headers["Content-Type"])
    _, form, files = FormDataParser(max_form_memory_size=None).parse(
        io.BytesIO(request.content), mimetype, len(request.content), options
    )
    file = files["content"]
    with file.stream:
        content = file.read()
    fields = list(form.items(multi=True))
    return Upload(fields, file.filename or "", content, request.headers["Authorization"])
