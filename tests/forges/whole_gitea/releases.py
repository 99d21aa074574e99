"""Releases and files by themselves, or removed; drafts that are not found by a tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.gitea import releases
from releasio.standins.forge.gitea.answers import as_json, not_found, nothing
from releasio.standins.forge.gitea.releases import ROOT, of_number, shown, shown_attachment
from releasio.standins.forge.gitea.routes import Route

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from tests.forges.whole_gitea.state import Asked


def one(asked: Asked) -> Response:
    """Show a release."""
    return as_json(shown(asked, of_number(asked)))


def delete(asked: Asked) -> Response:
    """Remove a release; its tag stays."""
    asked.state.releases.remove(of_number(asked))
    return nothing()


def attachments(asked: Asked) -> Response:
    """List the files of a release."""
    release = of_number(asked)
    return as_json([shown_attachment(asked, release, one) for one in release.attachments])


def detach(asked: Asked) -> Response:
    """Remove a file."""
    release, number = of_number(asked), asked.number("attachment")
    for attachment in release.attachments:
        if attachment.id == number:
            release.attachments.remove(attachment)
            return nothing()
    raise not_found()


def by_tag(asked: Asked) -> Response:
    """Show the release of a tag; some versions do not find drafts by it."""
    response = releases.by_tag(asked)
    if asked.state.settings.hides_drafts and response.get_json()["draft"]:
        raise not_found()
    return response


ROUTES = {
    f"GET {ROOT}/tags/:tag": Route(by_tag),
    f"GET {ROOT}/:release": Route(one),
    f"DELETE {ROOT}/:release": Route(delete, role="write"),
    f"GET {ROOT}/:release/assets": Route(attachments),
    f"DELETE {ROOT}/:release/assets/:attachment": Route(detach, role="write"),
}
