"""The repository itself, whose token it is, and how many requests are left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.standins.forge.github import pages
from releasio.standins.forge.github.answers import as_json
from releasio.standins.forge.github.tokens import permissions_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.hub import Asked


def get(asked: Asked) -> Response:
    """Show it."""
    hub = asked.hub
    permissions = permissions_of(hub.state, asked.token) if asked.token else None
    return as_json(pages.repository(hub.addresses, hub.state, hub.git.default_branch, permissions))
