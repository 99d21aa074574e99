"""
Cut GitHub's own documents to what the stand-in for it serves.

The documents come from npm: `npm pack @octokit/openapi @octokit/graphql-schema`. Unpack both, and
run, from the root of this repository:

    python -m tests.forges.octokit.cut OPENAPI/generated/api.github.com.json GRAPHQL/schema.graphql
"""

from __future__ import annotations

import dataclasses
import json
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from graphql import (
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    parse,
    print_ast,
)

from tests.forges.whole_github.github import ALL_ROUTES

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
OPENAPI, GRAPHQL = HERE / "openapi.json", HERE / "schema.graphql"
_METHODS = {"get", "post", "put", "patch", "delete"}
_WORDS = {"description", "example", "examples", "externalDocs", "title", "default", "deprecated"}
# the fields that are kept of each type; of inputs and enumerations everything is
_FIELDS = {
    "Query": "viewer repository rateLimit",
    "Mutation": "enablePullRequestAutoMerge disablePullRequestAutoMerge createCommitOnBranch",
    "RateLimit": "limit used remaining resetAt cost",
    "Repository": "id name nameWithOwner isPrivate isArchived url viewerPermission "
    "autoMergeAllowed defaultBranchRef object ref pullRequest release",
    "PullRequest": "id number title body url state merged mergedAt isDraft headRefName headRefOid "
    "baseRefName author mergeCommit labels autoMergeRequest isInMergeQueue",
    "AutoMergeRequest": "mergeMethod enabledAt",
    "Label": "name",
    "LabelConnection": "nodes totalCount",
    "PullRequestConnection": "nodes totalCount",
    "GitActorConnection": "nodes totalCount",
    "GitActor": "name email user",
    "Commit": "id oid message messageHeadline url author committer authors "
    "associatedPullRequests signature",
    "GitSignature": "isValid wasSignedByGitHub",
    "GpgSignature": "isValid wasSignedByGitHub",
    "GitObject": "id oid",
    "Actor": "login url avatarUrl resourcePath",
    "User": "id login url avatarUrl resourcePath name databaseId",
    "Bot": "id login url avatarUrl resourcePath databaseId",
    "Organization": "id login url avatarUrl resourcePath name databaseId",
    "Ref": "id name prefix target",
    "Release": "id databaseId isDraft tagName",
    "EnablePullRequestAutoMergePayload": "clientMutationId actor pullRequest",
    "DisablePullRequestAutoMergePayload": "clientMutationId actor pullRequest",
    "CreateCommitOnBranchPayload": "clientMutationId commit ref",
}


def main() -> None:
    """Write both documents."""
    openapi, graphql = map(Path, sys.argv[1:])
    document = cut_openapi(json.loads(openapi.read_text(encoding="utf-8")))
    OPENAPI.write_text(json.dumps(document, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    GRAPHQL.write_text(cut_graphql(graphql.read_text(encoding="utf-8")) + "\n", encoding="utf-8")


def cut_openapi(document: dict[str, Any]) -> dict[str, Any]:
    """Return the operations of the stand-in, by their names, and what they refer to."""
    wanted = {route.operation for route in ALL_ROUTES}
    operations = {}
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in _METHODS and operation["operationId"] in wanted:
                shared = methods.get("parameters", [])
                operations[operation["operationId"]] = {
                    "path": path,
                    "method": method.upper(),
                    "parameters": _terse(operation.get("parameters", []) + shared),
                    "requestBody": _terse(operation.get("requestBody", {})),
                    "responses": _terse(operation["responses"]),
                }
    return {
        "info": {"version": document["info"]["version"], "license": "MIT, see LICENSE"},
        "operations": operations,
        "components": _referred(document["components"], operations),
    }


def _referred(components: dict[str, Any], root: object) -> dict[str, Any]:
    """Return what *root* refers to, and what that refers to."""
    kept: dict[str, Any] = {}
    left = [*_references(root)]
    while left:
        kind, name = left.pop()
        if name not in kept.setdefault(kind, {}):
            kept[kind][name] = _terse(components[kind][name])
            left += _references(kept[kind][name])
    return kept


def _references(value: object) -> Iterator[tuple[str, str]]:
    yield from re.findall(r'"\$ref": "#/components/(\w+)/([^"]+)"', json.dumps(value))


def _terse(value: Any, *, named: bool = False) -> Any:  # noqa: ANN401 -- of JSON
    """Leave out what is for people; *named*: the keys are names of members."""
    if isinstance(value, list):
        return [_terse(one) for one in value]
    if not isinstance(value, dict):
        return value
    kept = {
        key: _terse(one, named=key == "properties" and not named)
        for key, one in value.items()
        if named or not (key in _WORDS or key.startswith("x-"))
    }
    is_nullable = not named and kept.pop("nullable", False)
    if is_nullable and isinstance(kept.get("type"), str):
        kept["type"] = [kept["type"], "null"]
        if "enum" in kept:
            kept["enum"] = [*kept["enum"], None]
    elif is_nullable:
        return {"anyOf": [kept, {"type": "null"}]}
    return kept


def cut_graphql(text: str) -> str:
    """Return the types that are listed, and the inputs and enumerations that they need."""
    document = parse(text, no_location=True)
    definitions = {
        node.name.value: _slim(node) for node in document.definitions if hasattr(node, "name")
    }
    kept, left = set(), [*_FIELDS]
    while left:
        name = left.pop()
        if name in definitions and name not in kept:
            kept.add(name)
            left += re.findall(r"[A-Z]\w+", print_ast(definitions[name]))
    return "\n\n".join(print_ast(definitions[name]) for name in sorted(kept))


def _slim(node: Any) -> Any:  # noqa: ANN401 -- of any type of graphql-core's
    """Keep the fields that are listed, and no descriptions or directives."""
    changes: dict[str, Any] = {"description": None, "directives": ()}
    for part in ("fields", "values", "arguments"):
        if children := getattr(node, part, None):
            changes[part] = tuple(map(_slim, children))
    if isinstance(node, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode):
        names = _FIELDS.get(node.name.value, "").split()
        changes["fields"] = tuple(one for one in changes["fields"] if one.name.value in names)
        changes["interfaces"] = tuple(
            one for one in node.interfaces or () if one.name.value in {*_FIELDS} - {"Node"}
        )
    known = {part.name for part in dataclasses.fields(node)}
    return dataclasses.replace(node, **{k: v for k, v in changes.items() if k in known})


if __name__ == "__main__":
    main()
