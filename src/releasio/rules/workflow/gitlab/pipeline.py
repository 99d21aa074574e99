"""A pipeline of GitLab CI as values that know their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.workflow.node import NOTHING, Entry, Node

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

TOP = ".gitlab-ci.yml"
# names at the top of a file that are no jobs
_KEYWORDS = frozenset(
    {
        *("default", "include", "stages", "variables", "workflow", "image", "services"),
        *("cache", "before_script", "after_script", "spec"),
    }
)
_DEEPEST = 10  # templates that extend templates; GitLab allows as many
_MERGED = frozenset({"variables", "id_tokens"})  # where an heir has both its own and those above


@frozen
class IdToken:
    """
    An identity that a job is given in a variable.

    Attributes:
        variable: What it is called.
        audience: Whom it is for, where that is one plain text.
        line: Where it is named.
        node: The audience as it is written.
    """

    variable: str
    audience: str
    line: int
    node: Node


@frozen
class ScriptLine:
    """One entry of a script: its text, and the line on which that begins."""

    text: str
    line: int


@frozen
class PipelineJob:
    """
    One job.

    Attributes:
        key: Its name.
        line: Where it stands.
        path: Its file.
        tokens: The identities that it is given.
        environment: The name of its environment; None: it has none.
        script: All that it runs, in its order.
        variables: Those of the pipeline and its own, as they are written.
        texts: Every scalar in it and in what it extends.
        only: The refs that it runs for, as `only` names them; empty: it does not.
    """

    key: str
    line: int
    path: str
    tokens: tuple[IdToken, ...]
    environment: Node | None
    script: tuple[ScriptLine, ...]
    variables: Mapping[str, str]
    texts: tuple[str, ...]
    only: tuple[str, ...]


def local_includes(node: Node) -> tuple[str, ...]:
    """Return the files of the same project that *node*, a file as a whole, includes."""
    included = node.get("include")
    if included is None:
        return ()
    items = included.items if included.is_sequence else (included,)
    paths = [item.text_at("local") if item.is_mapping else item.text for item in items]
    return tuple(path.lstrip("/") for path in paths if path and "://" not in path)


def pipeline_jobs(files: Mapping[str, Node]) -> tuple[PipelineJob, ...]:
    """
    Return the jobs of the pipeline that *files* make together.

    Args:
        files: By their paths; the one that counts first comes last, as GitLab reads them.

    Source: https://docs.gitlab.com/ci/yaml/
    """
    written: dict[str, tuple[str, Entry]] = {}
    top: dict[str, Node] = {}
    variables: dict[str, str] = {}
    for path, node in files.items():
        for entry in node.entries:
            if entry.key in _KEYWORDS:
                top[entry.key] = entry.node
            elif entry.node.is_mapping:
                written[entry.key] = (path, entry)
        variables |= _variables(node.get("variables"))
    nodes = {key: entry.node for key, (_, entry) in written.items()}
    return tuple(
        _job(path, entry, _inherited(entry.node, nodes, top), variables, nodes)
        for path, entry in written.values()
        if not entry.key.startswith(".")
    )


def _inherited(
    node: Node, nodes: Mapping[str, Node], top: Mapping[str, Node], depth: int = 0
) -> dict[str, tuple[Node, ...]]:
    """Return the values of *node* by their keys, its own first, then those that it extends."""
    values: dict[str, tuple[Node, ...]] = {}
    parents = [nodes[name] for name in _parents(node) if name in nodes]
    if depth < _DEEPEST:
        for parent in parents:  # of several the last one counts
            for key, inherited in _inherited(parent, nodes, top, depth + 1).items():
                values[key] = (*inherited, *values.get(key, ()))
    if depth == 0:
        defaults = [top.get("default", NOTHING), Node(1, 1, 0, entries=_entries(top))]
        for place in defaults:
            for key in ("before_script", "after_script", "id_tokens"):
                value = place.get(key)
                if value is not None and key not in values:
                    values[key] = (value,)
    for entry in node.entries:
        is_merged = entry.key in _MERGED
        values[entry.key] = (entry.node, *(values.get(entry.key, ()) if is_merged else ()))
    return values


def _entries(top: Mapping[str, Node]) -> tuple[Entry, ...]:
    return tuple(Entry(key, node.line, node.column, node) for key, node in top.items())


def _parents(node: Node) -> tuple[str, ...]:
    extended = node.get("extends")
    return extended.texts() if extended else ()


def _job(
    path: str,
    entry: Entry,
    values: Mapping[str, tuple[Node, ...]],
    variables: Mapping[str, str],
    nodes: Mapping[str, Node],
) -> PipelineJob:
    tokens = {
        token.key: _token(token)
        for node in reversed(values.get("id_tokens", ()))
        for token in node.entries
    }
    own = dict(variables)
    for node in reversed(values.get("variables", ())):
        own |= _variables(node)
    environment = next(iter(values.get("environment", ())), None)
    if environment is not None and environment.is_mapping:
        environment = environment.get("name")
    lines = tuple(
        line
        for key in ("before_script", "script")
        for node in values.get(key, ())[:1]
        for line in _script(node, nodes)
    )
    texts = tuple(
        each.text for group in values.values() for node in group for each in node.scalars()
    )
    is_named = environment is not None and not environment.is_empty
    return PipelineJob(
        entry.key,
        entry.line,
        path,
        tuple(tokens.values()),
        environment if is_named else None,
        lines,
        own,
        texts,
        _only(values),
    )


def _only(values: Mapping[str, tuple[Node, ...]]) -> tuple[str, ...]:
    node = next(iter(values.get("only", ())), None)
    if node is not None and node.is_mapping:
        node = node.get("refs")
    return node.texts() if node else ()


def _token(entry: Entry) -> IdToken:
    audience = entry.node.get("aud")
    text = audience.text if audience is not None and audience.is_text else ""
    return IdToken(entry.key, text, entry.line, audience or entry.node)


def _variables(node: Node | None) -> dict[str, str]:
    """Return variables by name; one may have its value in a table of its own."""
    return {
        entry.key: entry.node.text_at("value") if entry.node.is_mapping else entry.node.text
        for entry in (node.entries if node else ())
    }


def _script(node: Node, nodes: Mapping[str, Node], depth: int = 0) -> Iterator[ScriptLine]:
    if node.is_text:
        yield ScriptLine(node.text, node.text_line)
        return
    names, items = node.texts(), node.items
    if len(names) > 1 and len(names) == len(items) and names[0] in nodes:
        target = nodes[names[0]].get(*names[1:])  # a !reference
        items = (target,) if target else ()
    for item in items if depth < _DEEPEST else ():
        yield from _script(item, nodes, depth + 1)
