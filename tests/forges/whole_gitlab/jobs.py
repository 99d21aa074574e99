"""The job whose token it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.gitlab.answers import as_json, refuse
from releasio.standins.forge.gitlab.routes import Route
from releasio.standins.forge.gitlab.users import shown_user

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from tests.forges.whole_gitlab.state import Asked


def job(asked: Asked) -> Response:
    """Show the job whose token it is."""
    if asked.token is None or asked.token.kind != "job":
        raise refuse(401, "401 Unauthorized")
    return as_json({"id": 1, "name": "release", "user": shown_user(asked, asked.user)})


ROUTES = {"GET /job": Route(job, None, job=True)}
