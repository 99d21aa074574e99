"""What GitHub's own documents say against an exchange with the stand-in for it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphql import build_schema, execute, parse, validate
from graphql.execution.values import get_variable_values
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from graphql import GraphQLResolveInfo, GraphQLSchema

    from releasio.standins.forge.exchange import Exchange

_HERE = Path(__file__).parent
_SUCCESS = range(200, 300)
# refusals that any operation may meet, though not each of them says so
_REFUSALS = {400, 401, 403, 404, 405, 409, 422, 429}
_REFUSAL = {
    "type": "object",
    "required": ["message", "documentation_url"],
    "properties": {"message": {"type": "string"}, "documentation_url": {"type": "string"}},
}
# gaps of the document: files that did not arrive as a whole, labels without a description, and
# names of labels as a list by itself
_GAPS = (
    re.compile(r"answer, .*state: 'starter' is not one of"),
    re.compile(r"answer, .*labels/\d+/description: None is not of type"),
    re.compile(r"body, as a whole: \['.*'\] is not valid under any"),
)
_URI = "urn:octokit"


def judge(exchanges: Iterable[Exchange]) -> None:
    """
    Compare every exchange with GitHub's own documents.

    Raises:
        AssertionError: What was asked or answered is not in them.
    """
    problems = [one for exchange in exchanges for one in objections(exchange)]
    assert not problems, "\n".join(problems)


def objections(exchange: Exchange) -> list[str]:
    """Return what is wrong with a request or its answer; of a request that a fault met, nothing."""
    if exchange.fault or exchange.status is None or exchange.operation == "":
        return []
    problems = _graphql(exchange) if exchange.operation == "graphql" else _rest(exchange)
    return [f"{exchange}: {problem}" for problem in problems]


def _rest(exchange: Exchange) -> Iterator[str]:
    operation = _openapi()["operations"][exchange.operation]
    yield from _in_query(exchange, operation["parameters"])
    if exchange.status in _SUCCESS:
        yield from _in_body(exchange, operation["requestBody"])
    response = operation["responses"].get(str(exchange.status))
    if response is None and exchange.status in _REFUSALS:
        yield from _errors(_REFUSAL, exchange.answer, "answer", status=exchange.status)
        return
    if response is None:
        if exchange.status != 304:  # the stand-in answers so to every GET, as GitHub does
            yield "this status is not in the document"
        return
    content = _resolved(response).get("content", {})
    for kind, media in content.items():
        if kind == "application/json" and exchange.answer is not None:
            yield from _errors(media["schema"], exchange.answer, "answer", status=exchange.status)
    if content and exchange.answer is None:
        yield "there must be a document in the answer"


def _in_query(exchange: Exchange, parameters: list[dict[str, Any]]) -> Iterator[str]:
    known = {one["name"]: one for one in map(_resolved, parameters) if one["in"] == "query"}
    for name, value in exchange.query.items():
        if name not in known:
            yield f"no query of this name: {name}"
            continue
        schema = known[name]["schema"]
        is_number = schema.get("type") in {"integer", "boolean"}
        yield from _errors(schema, json.loads(value) if is_number else value, f"query {name}")


def _in_body(exchange: Exchange, body: dict[str, Any]) -> Iterator[str]:
    schema = body.get("content", {}).get("application/json", {}).get("schema")
    if schema is None:
        if exchange.body is not None:
            yield "a body where there is none"
        return
    if exchange.body is not None:
        yield from _errors(schema, exchange.body, "body")


def _errors(schema: Any, value: object, where: str, *, status: int = 200) -> Iterator[str]:  # noqa: ANN401 -- of JSON
    """Yield what is wrong; members of a success that are not in the schema are wrong, too."""
    text = json.dumps(schema, sort_keys=True)
    for error in _validator(text, status in _SUCCESS).iter_errors(value):
        path = "/".join(str(part) for part in error.absolute_path)
        objection = f"{where}, {path or 'as a whole'}: {error.message[:200]}"
        if not any(gap.match(objection) for gap in _GAPS):
            yield objection


@cache
def _validator(schema: str, closed: bool) -> Draft202012Validator:  # noqa: FBT001 -- cached by it
    registry = _registry(closed)
    return Draft202012Validator(_prepared(json.loads(schema), closed), registry=registry)


@cache
def _registry(closed: bool) -> Registry[Any]:  # noqa: FBT001 -- cached by it
    kinds = {
        kind: {
            name: _prepared(one, closed and name not in _parts())
            for name, one in components.items()
        }
        for kind, components in _openapi()["components"].items()
    }
    resource = Resource.from_contents({"components": kinds}, default_specification=DRAFT202012)
    return Registry().with_resource(_URI, resource)


@cache
def _parts() -> set[str]:
    """Return the names of schemas that are parts of others, and so do not name all members."""
    groups = re.findall(r'"allOf": \[(.*?)\]', json.dumps(_openapi()))
    return {name for group in groups for name in re.findall(r'schemas/([^"]+)', group)}


def _prepared(value: Any, closed: bool) -> Any:  # noqa: ANN401, FBT001 -- of JSON
    """Let references be found, and objects have no members but those that they name."""
    if isinstance(value, list):
        return [_prepared(one, closed) for one in value]
    if not isinstance(value, dict):
        return value
    prepared = {key: _prepared(one, closed) for key, one in value.items()}
    reference = prepared.get("$ref")
    if isinstance(reference, str) and reference.startswith("#"):
        prepared["$ref"] = f"{_URI}{reference}"
    has_members = isinstance(value.get("properties"), dict) and "type" in value
    if closed and has_members and "additionalProperties" not in value:
        prepared["additionalProperties"] = False
    return prepared


def _resolved(value: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in value:
        return value
    _, _, kind, name = value["$ref"].split("/")
    resolved: dict[str, Any] = _openapi()["components"][kind][name]
    return resolved


@cache
def _openapi() -> dict[str, Any]:
    document: dict[str, Any] = json.loads((_HERE / "openapi.json").read_text(encoding="utf-8"))
    return document


@cache
def _schema() -> GraphQLSchema:
    return build_schema((_HERE / "schema.graphql").read_text(encoding="utf-8"))


def _graphql(exchange: Exchange) -> Iterator[str]:
    """Validate the request, and have the answer be the answer to itself: as its types have it."""
    if exchange.status not in _SUCCESS:
        yield from _errors(_REFUSAL, exchange.answer, "answer", status=exchange.status)
        return
    document = parse(exchange.body["query"])
    yield from (error.message for error in validate(_schema(), document))
    operation = document.definitions[0]
    given = exchange.body.get("variables") or {}
    variables = get_variable_values(_schema(), operation.variable_definitions or (), given)
    if isinstance(variables, list):
        yield from (error.message for error in variables)
        return
    data, failures = exchange.answer.get("data"), exchange.answer.get("errors", [])
    yield from (f"an error without a message: {one}" for one in failures if not one.get("message"))
    if failures or data is None:
        return
    again = execute(
        _schema(),
        document,
        root_value=data,
        variable_values=given,
        field_resolver=_as_answered,
        type_resolver=_type_of,
    )
    yield from (error.message for error in again.errors or ())
    if again.data != data:
        yield f"there is more in the answer than was asked for: {data}"


def _as_answered(source: dict[str, Any], info: GraphQLResolveInfo, **_: object) -> object:
    return source[str(info.path.key)]


def _type_of(value: dict[str, Any], info: GraphQLResolveInfo, kind: Any) -> str:  # noqa: ANN401 -- abstract
    """Return the type that a value says it is of; where it says none, the only one there is."""
    if "__typename" in value:
        return str(value["__typename"])
    return str(info.schema.get_possible_types(kind)[0].name)
