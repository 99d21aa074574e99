"""Which address is for what: `GET /repos/:owner/:repo/contents/*path` and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Mapping

Route = TypeVar("Route")


class Table(Generic[Route]):
    """All operations of an interface, and what answers each of them."""

    def __init__(self, routes: Mapping[str, Route]) -> None:
        self._routes = [
            (operation, *self._split(operation), route) for operation, route in routes.items()
        ]

    @staticmethod
    def _split(operation: str) -> tuple[str, list[str]]:
        method, _, path = operation.partition(" ")
        return method, path.strip("/").split("/")

    def find(self, method: str, path: str) -> tuple[str, Route, dict[str, str]] | None:
        """Return operation, route and parts of a *path*, still encoded; None: it is unknown."""
        parts = [unquote(part) for part in path.strip("/").split("/")]
        for operation, its_method, names, route in self._routes:
            values = parts
            if names[-1].startswith("*"):  # whatever follows
                first = len(names) - 1
                values = [*parts[:first], "/".join(parts[first:])]
            if its_method == method and len(names) == len(values):
                pairs = list(zip(names, values, strict=True))
                if all(name == part for name, part in pairs if name[0] not in ":*"):
                    return operation, route, {n[1:]: p for n, p in pairs if n[0] in ":*"}
        return None
