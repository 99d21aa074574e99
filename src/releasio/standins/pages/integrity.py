"""The provenance of a file, under `/integrity/`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.responses import as_json

if TYPE_CHECKING:
    from werkzeug.wrappers import Request, Response

    from releasio.standins.store import File, Project

_OFFERS = ("application/vnd.pypi.integrity.v1+json", "application/json")


def path(file: File, project: Project) -> str:
    """Return where the provenance of *project*'s *file* is, under the address of the index."""
    version = project.releases[file.version].version
    return f"/integrity/{file.project}/{version}/{file.name}/provenance"


def answer(request: Request, filename: str, file: File | None) -> Response:
    """Answer a question for the provenance of *filename*."""
    kind = _kind(request)
    if not kind:
        return _open(as_json({"message": "Request not acceptable"}, 406))
    if file is None or file.provenance is None:
        return _open(as_json({"message": f"No provenance available for {filename}"}, 404))
    response = _open(as_json(file.provenance, mimetype=kind))
    response.headers["Cache-Control"] = "max-age=600, public"
    return response


def _kind(request: Request) -> str | None:
    """Return the type to answer with: the first offer, unless the client wants another."""
    accepted = request.accept_mimetypes
    return accepted.best_match(_OFFERS) if accepted else _OFFERS[0]


def _open(response: Response) -> Response:
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
