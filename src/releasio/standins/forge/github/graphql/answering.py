"""Answer a GraphQL request: find what is asked for, and say what is wrong with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from releasio.standins.forge.github.answers import Refused, as_json, refuse
from releasio.standins.forge.github.graphql import changes, objects
from releasio.standins.forge.github.graphql.document import (
    Field,
    NotUnderstood,
    Variable,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from werkzeug.wrappers import Response

    from releasio.standins.forge.github.graphql.document import Document, Selection
    from releasio.standins.forge.github.graphql.objects import Node
    from releasio.standins.forge.github.hub import Asked


def answer(asked: Asked, mutations: Callable[[Asked], Node] = changes.root) -> Response:
    """
    Answer a query or a mutation; its errors are part of an answer that is 200.

    Args:
        asked: Has the document.
        mutations: Returns what a mutation begins with.
    """
    if asked.token is None:
        raise refuse(401, "This endpoint requires you to be authenticated.")
    try:
        document = parse(asked.text("query"))
    except NotUnderstood as error:
        return as_json({"errors": [{"message": f"Parse error: {error}"}]})
    run = _Run(document, asked.body.get("variables") or {}, [])
    roots = mutations(asked) if document.kind == "mutation" else objects.root(asked)
    try:
        data = run.selected(roots, document.selections, [])
    except Refused as error:  # no field is answered by a status
        return error.answer()
    return as_json({"data": data, **({"errors": run.errors} if run.errors else {})})


@dataclass
class _Run:
    """One operation on its way; what is wrong is collected, and leaves a gap."""

    document: Document
    variables: Mapping[str, Any]
    errors: list[dict[str, Any]]

    def selected(
        self, source: Mapping[str, Any], selections: Sequence[Selection], path: list[object]
    ) -> dict[str, Any]:
        """Return what *selections* ask of *source*."""
        chosen: dict[str, Any] = {}
        for selection in selections:
            if isinstance(selection, Field):
                chosen[selection.key] = self._field(source, selection, [*path, selection.key])
                continue
            fragment = self.document.fragments[selection.fragment]
            if fragment.on == source["__typename"]:
                chosen |= self.selected(source, fragment.selections, path)
        return chosen

    def _field(self, source: Mapping[str, Any], field: Field, path: list[object]) -> object:
        kind = source["__typename"]
        if field.name not in source:
            message = f"Field '{field.name}' doesn't exist on type '{kind}'"
            self.errors.append({"message": message, "type": "undefinedField", "path": path})
            return None
        value = source[field.name]
        if callable(value):
            arguments = {name: self._given(one) for name, one in field.arguments.items()}
            try:
                value = value(**arguments)
            except objects.Wrong as error:
                self.errors.append({"message": str(error), "type": error.kind, "path": path})
                return None
            except TypeError as error:
                self.errors.append({"message": f"{field.name}: {error}", "path": path})
                return None
        return self._completed(value, field, path)

    def _completed(self, value: object, field: Field, path: list[object]) -> object:
        if isinstance(value, list):
            return [self._completed(one, field, [*path, i]) for i, one in enumerate(value)]
        if isinstance(value, dict) and "__typename" in value:
            return self.selected(value, field.selections, path)
        return value

    def _given(self, value: object) -> object:
        if isinstance(value, Variable):
            return self.variables.get(value.name)
        if isinstance(value, dict):
            return {name: self._given(one) for name, one in value.items()}
        return value
