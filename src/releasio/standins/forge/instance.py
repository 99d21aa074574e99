"""A forge as an instance of one's own: an interface below a path, and addresses that it knows."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from releasio.standins.forge.served import ServedForge
from releasio.standins.forge.table import Table

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from werkzeug.wrappers import Request

Route = TypeVar("Route")


class Instance(ServedForge, Generic[Route]):
    """
    A forge that may be at a path of its host.

    Args:
        bare_repository: A bare git repository that is there; pushes to it are seen.
        slug: Owner and name of the repository.
        root: The path that the instance is at on its host, with a slash before and none behind.
    """

    api: ClassVar[str]  # the path of the interface
    routes: Mapping[str, Route]

    def __init__(
        self,
        bare_repository: Path,
        slug: str = "acme/demo",
        *,
        root: str = "",
    ) -> None:
        super().__init__(bare_repository, slug)
        self.root = root
        self._table = Table(self.routes)

    @property
    def web(self) -> str:
        """Where its pages begin, without a slash at the end."""
        return self.site + self.root

    @property
    def url(self) -> str:
        """The address of the interface, without a slash at the end."""
        return self.web + self.api

    def operation_of(self, request: Request) -> str:
        """Return method and path, with names for what differs: `GET /repos/:owner/:repo`."""
        match = self._route(request)
        return match[0] if match else ""

    def _route(self, request: Request) -> tuple[str, Route, dict[str, str]] | None:
        # as it came: what is decoded does not tell a slash in a name from others
        path = str(request.environ["REQUEST_URI"]).partition("?")[0]
        prefix = self.root + self.api
        method = "GET" if request.method == "HEAD" else request.method
        return self._table.find(method, path[len(prefix) :]) if path.startswith(prefix) else None
