"""One request to the interface of a forge, and what it is about."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from werkzeug.wrappers import Request

    from releasio.standins.forge.bare import BareRepository


@dataclass(frozen=True, kw_only=True)
class AskedForge:
    """
    One request, whoever sent it.

    Attributes:
        request: As it came.
        parts: What stands in its address, by the name in the route, decoded.
        git: The repository.
        site: Where the web pages begin, without a slash at the end.
        slug: Owner and name of the repository.
        now: The moment.
        body: The document of the request.
    """

    request: Request
    parts: Mapping[str, str]
    git: BareRepository
    site: str
    slug: str
    now: str
    body: dict[str, Any] = field(default_factory=dict)

    @property
    def page(self) -> str:
        """The repository's web page."""
        return f"{self.site}/{self.slug}"

    @property
    def address(self) -> str:
        """The address of the request, without a query."""
        return self.request.base_url

    def text(self, name: str, default: str = "") -> str:
        """Return a field of the body, or of the query."""
        value = self.body.get(name, self.request.args.get(name))
        return default if value is None else str(value)
