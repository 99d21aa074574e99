"""Which address of the embedded index answers what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from packaging.utils import canonicalize_name
from werkzeug.utils import send_file
from werkzeug.wrappers import Request as BaseRequest
from werkzeug.wrappers import Response

from releasio.standins.pages import integrity
from releasio.standins.publishing.issuer import PATH as ISSUER
from releasio.standins.responses import (
    HELP,
    NOT_PYPI,
    SITE,
    Refused,
    as_json,
    not_found,
    page,
    success,
)
from releasio.standins.sigstore.sigstore import CERTIFY, LOG

if TYPE_CHECKING:
    from releasio.standins.pages.simple import Simple
    from releasio.standins.publishing.issuer import Issuer
    from releasio.standins.publishing.mint import Mint
    from releasio.standins.record import Log
    from releasio.standins.record import Request as Record
    from releasio.standins.sigstore.sigstore import Sigstore
    from releasio.standins.store import Store
    from releasio.standins.uploads.uploads import Uploads

_SUBMIT = "Project pre-registration is no longer required or supported, upload your files instead."
_DOCS = (
    "Uploading documentation is no longer supported, "
    f"we recommend using another place. See {HELP}#documentation"
)
_SLASH = (
    "An upload was attempted to /legacy but the expected upload URL is /legacy/ "
    "(with a trailing slash)"
)
_WELCOME = (
    f"<p>This is {NOT_PYPI}.</p>\n"
    '<p><a href="/simple/">simple index</a>, <a href="/_stand-in/log">log</a></p>'
)


class Request(BaseRequest):
    """A request whose fields may be long: a description is one."""

    max_form_memory_size = 64 * 1024 * 1024
    max_form_parts = 20_000


@dataclass(frozen=True)
class Call:
    """One request on its way through the site."""

    request: Request
    record: Record


Handler = Callable[[Call], Response]


@dataclass(frozen=True, kw_only=True)
class Routes:
    """The addresses; `url` is the index's own, without a slash at the end."""

    url: str
    store: Store
    issuers: Mapping[str, Issuer]  # by the first part of their addresses
    sigstore: Sigstore
    mint: Mint
    uploads: Uploads
    simple: Simple
    log: Log

    def find(self, request: Request) -> tuple[str, Handler]:
        """Return of which kind *request* is, and who answers it."""
        first, *parts = request.path.split("/")[1:]
        if request.method == "POST" and first in {"legacy", "pypi"}:
            return "upload", self._upload
        if [first, *parts[:1]] == ["_", "oidc"]:
            return self._mint_route(request.method, parts[1:])
        if [first, *parts[:1]] == [ISSUER.strip("/"), "token"]:
            return "oidc", self._issuer_page
        if request.method == "POST" and request.path in {CERTIFY, LOG}:
            return self._signing(request.path)
        readable: dict[str, tuple[str, Handler]] = {
            **{path.strip("/"): ("discovery", self._issuer_page) for path in self.issuers},
            "simple": ("simple", self._simple),
            "packages": ("file", self._file),
            "integrity": ("integrity", self._integrity),
        }
        fallback = ("other", self._other)
        return readable.get(first, fallback) if request.method in {"GET", "HEAD"} else fallback

    def _mint_route(self, method: str, parts: list[str]) -> tuple[str, Handler]:
        match method, *parts:
            case "GET", "audience":
                return "audience", lambda _: self.mint.audience()
            case ("POST", "mint-token") | ("POST", "github", "mint-token"):
                return "mint", lambda call: self.mint.mint(call.request)
            case "POST", "burn-token":
                return "burn", lambda call: self.mint.burn(call.request)
        return "other", self._other

    def _signing(self, path: str) -> tuple[str, Handler]:
        if path == CERTIFY:
            return "fulcio", lambda call: self.sigstore.certify(call.request)
        return "rekor", lambda call: self.sigstore.log(call.request)

    def _upload(self, call: Call) -> Response:
        """Answer an upload, or what was meant to be one."""
        request = call.request
        if request.path == "/legacy":
            raise Refused(308, _SLASH, {"Location": "/legacy/"})
        if request.path != "/legacy/":
            raise Refused(410, f"This API has moved to {SITE}/legacy/.")
        call.record.form = request.form.to_dict(flat=False)
        if content := request.files.get("content"):
            call.record.filename = content.filename
        match request.args.get(":action") or request.form.get(":action"):
            case "file_upload":
                self.uploads.receive(request)
                return success(request)
            case "submit" | "submit_pkg_info":
                raise Refused(410, _SUBMIT)
            case "doc_upload":
                raise Refused(410, _DOCS)
        raise Refused(405, "Method Not Allowed", {"Allow": "GET, HEAD, OPTIONS"})

    def _issuer_page(self, call: Call) -> Response:
        first, *parts = call.request.path.strip("/").split("/")
        return self.issuers[f"/{first}"].answer(call.request, tuple(parts)) or not_found()

    def _simple(self, call: Call) -> Response:
        match call.request.path.removeprefix("/simple").strip("/").split("/"):
            case [""]:
                with self.store.reading() as records:
                    return self.simple.index(call.request, records)
            case [name]:
                return self._simple_project(call, name)
        return not_found()

    def _simple_project(self, call: Call, name: str) -> Response:
        canonical_path = f"/simple/{canonicalize_name(name)}/"
        if call.request.path != canonical_path:
            return Response("", status=301, headers={"Location": canonical_path})
        with self.store.reading():
            project = self.store.project(name)
            if not project:
                return Response("404 Not Found", status=404, mimetype="text/plain")
            return self.simple.project(call.request, project, self.store.files_of(name))

    def _integrity(self, call: Call) -> Response:
        match call.request.path.split("/")[2:]:
            case [project, version, filename, "provenance"]:
                with self.store.reading():
                    files = [f for f in self.store.files_of(project) if f.name == filename]
                file = files[0] if files and files[0].belongs_to(version) else None
                return integrity.answer(call.request, filename, file)
        return not_found()

    def _file(self, call: Call) -> Response:
        path = call.request.path.removeprefix("/")
        name = path.rpartition("/")[2]
        with self.store.reading() as records:
            file = records.files.get(name.removesuffix(".metadata"))
        known_paths = [file.path] if file else []
        if file and file.metadata_sha256:
            known_paths.append(f"{file.path}.metadata")
        if path not in known_paths:
            return not_found()
        return send_file(
            self.store.root / path,
            call.request.environ,
            mimetype="application/octet-stream",
            conditional=True,
        )

    def _other(self, call: Call) -> Response:
        match call.request.method, call.request.path:
            case "GET", "/_stand-in/log":
                return as_json([request.as_data() for request in self.log.requests()])
            case "GET" | "HEAD", "/":
                return page("Embedded index", _WELCOME)
            case "GET" | "HEAD", "/help/":
                words = "<p>Messages of this index point here where the real one explains more.</p>"
                return page("Help", words)
            case "GET" | "HEAD", "/legacy/":
                return page("Upload here", "<p>Files are uploaded here by POST.</p>")
            case "POST", "/" | "/simple/":
                raise Refused(405, "Method Not Allowed", {"Allow": "GET, HEAD, OPTIONS"})
        return not_found()
