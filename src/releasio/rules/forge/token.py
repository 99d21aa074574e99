"""A token for a forge, and where it was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from releasio.rules.credentials.secret import Secret
    from releasio.rules.forge.place import Kind
    from releasio.rules.forge.rights import TokenKind

# in the order they are asked
VARIABLES: dict[Kind, tuple[str, ...]] = {
    "github": ("GITHUB_TOKEN", "GH_TOKEN"),
    "gitlab": ("GITLAB_TOKEN", "GL_TOKEN", "CI_JOB_TOKEN"),
    "gitea": ("GITEA_TOKEN", "FORGEJO_TOKEN"),
}


@frozen
class ForgeToken:
    """
    What requests to a forge are sent with.

    Attributes:
        secret: The token.
        source: The variable or program it was read from, for people.
        kind: What can be told of it without asking anybody.
    """

    secret: Secret
    source: str
    kind: TokenKind = "unknown"
