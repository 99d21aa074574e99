"""What installers read: the simple index, as HTML and as JSON."""

from __future__ import annotations

import html
import json
from typing import TYPE_CHECKING, Any

from packaging.utils import canonicalize_name
from packaging.version import Version
from werkzeug.wrappers import Response

from releasio.standins.pages import integrity
from releasio.standins.responses import NOT_PYPI

if TYPE_CHECKING:
    from collections.abc import Sequence

    from werkzeug.wrappers import Request

    from releasio.standins.store import File, Project, Records

API_VERSION = "1.4"
_JSON = "application/vnd.pypi.simple.v1+json"
_HTML = "application/vnd.pypi.simple.v1+html"
_OFFERS = ("text/html", _HTML, _JSON)  # ties go to HTML


class Simple:
    """
    The pages below `/simple/`.

    Args:
        site: The address of the index, without a slash at the end.
    """

    def __init__(self, site: str) -> None:
        self._site = site

    def index(self, request: Request, records: Records) -> Response:
        """List every project that is not quarantined."""
        names = sorted(
            (canonicalize_name(project.name), project.name)
            for project in records.projects.values()
            if project.status != "quarantined"
        )
        meta = {"api-version": API_VERSION, "_last-serial": records.serial}
        kind = _kind(request)
        if kind == _JSON:
            body = json.dumps({"meta": meta, "projects": [{"name": name} for _, name in names]})
        else:
            links = [f'<a href="/simple/{n}/">{html.escape(name)}</a><br/>' for n, name in names]
            body = _page("Simple index", [], links, records.serial)
        return _answer(request, body, kind, records.serial)

    def project(self, request: Request, project: Project, files: Sequence[File]) -> Response:
        """List *files* of *project*; none of them if it is quarantined."""
        visible_files = [] if project.status == "quarantined" else list(files)
        serial = max((file.serial for file in files), default=project.born)
        kind = _kind(request)
        if kind == _JSON:
            body = json.dumps(self._data(project, visible_files, serial))
        else:
            status = f'<meta name="pypi:project-status" content="{project.status}">'
            links = [self._link(file, project) for file in visible_files]
            name = canonicalize_name(project.name)
            body = _page(
                f"Links for {name}", [status], [f"<h1>Links for {name}</h1>", *links], serial
            )
        return _answer(request, body, kind, serial)

    def _data(self, project: Project, files: Sequence[File], serial: int) -> dict[str, Any]:
        versions = {project.releases[file.version].version for file in files}
        return {
            "meta": {"api-version": API_VERSION, "_last-serial": serial},
            "name": canonicalize_name(project.name),
            "project-status": {"status": project.status},
            "versions": sorted(versions, key=Version),
            "files": [self._entry(file, project) for file in files],
        }

    def _entry(self, file: File, project: Project) -> dict[str, Any]:
        metadata = {"sha256": file.metadata_sha256} if file.metadata_sha256 else False
        return {
            "filename": file.name,
            "url": f"{self._site}/{file.path}",
            "hashes": {"sha256": file.sha256},
            "requires-python": file.requires_python or None,
            "size": file.size,
            "upload-time": file.uploaded,
            "yanked": False if file.yanked is None else file.yanked or True,
            "core-metadata": metadata,
            "data-dist-info-metadata": metadata,
            "provenance": self._provenance(file, project),
        }

    def _link(self, file: File, project: Project) -> str:
        attributes = {"href": f"{self._site}/{file.path}#sha256={file.sha256}"}
        if file.requires_python:
            attributes["data-requires-python"] = file.requires_python
        if file.metadata_sha256:
            attributes["data-dist-info-metadata"] = f"sha256={file.metadata_sha256}"
            attributes["data-core-metadata"] = f"sha256={file.metadata_sha256}"
        if provenance := self._provenance(file, project):
            attributes["data-provenance"] = provenance
        if file.yanked is not None:
            attributes["data-yanked"] = file.yanked
        pairs = (f'{name}="{html.escape(value)}"' for name, value in attributes.items())
        return f"<a {' '.join(pairs)}>{html.escape(file.name)}</a><br/>"

    def _provenance(self, file: File, project: Project) -> str | None:
        return f"{self._site}{integrity.path(file, project)}" if file.provenance else None


def _kind(request: Request) -> str:
    """Return the type to answer with; HTML for whoever asks for something unknown."""
    accepted = request.accept_mimetypes
    best = max(accepted[offer] for offer in _OFFERS)
    if not best:
        return "text/html"
    return next(offer for offer in _OFFERS if accepted[offer] == best)


def _page(title: str, metas: Sequence[str], lines: Sequence[str], serial: int) -> str:
    head = [f'<meta name="pypi:repository-version" content="{API_VERSION}">', *metas]
    return "\n".join(
        [
            "<!DOCTYPE html>",
            "<html>",
            "<head>",
            *head,
            f"<title>{html.escape(title)}</title>",
            "</head>",
            "<body>",
            *lines,
            f"<footer>{NOT_PYPI}</footer>",
            "</body>",
            "</html>",
            f"<!--SERIAL {serial}-->",
        ]
    )


def _answer(request: Request, body: str, kind: str, serial: int) -> Response:
    answer = Response(body, content_type=kind if kind == _JSON else f"{kind}; charset=UTF-8")
    answer.headers["X-PyPI-Last-Serial"] = str(serial)
    answer.headers["Cache-Control"] = "max-age=600, public"
    answer.headers["Access-Control-Allow-Origin"] = "*"
    answer.headers["Vary"] = "Accept"
    answer.add_etag()
    return answer.make_conditional(request)
