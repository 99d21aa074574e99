"""The pipeline of GitLab CI, as it is in the work tree."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.project.workflow import WorkflowUnreadable
from releasio.rules.workflow.gitlab.pipeline import TOP, local_includes
from releasio.rules.workflow.node import parse_yaml
from releasio.setup.reading.small_text import read_small_text

if TYPE_CHECKING:
    from pathlib import Path

    from releasio.errors.base import ReleasioError
    from releasio.rules.workflow.node import Node

_MOST = 150  # files that a pipeline may include


def read_pipeline(
    root: Path,
) -> tuple[dict[str, Node], dict[str, str], tuple[ReleasioError, ...]]:
    """Return the files of the pipeline in *root*: what they say, their text, what is no YAML."""
    nodes: dict[str, Node] = {}
    texts: dict[str, str] = {}
    problems: list[ReleasioError] = []
    paths = [TOP] if (root / TOP).is_file() else []
    for path in paths:
        if path in nodes or len(nodes) >= _MOST or "*" in path or not _is_inside(root, path):
            continue
        try:
            texts[path] = read_small_text(root / path)
            nodes[path] = parse_yaml(texts[path], path)
        except (OSError, UnicodeDecodeError):
            continue  # GitLab says it when it reads it; what it holds is not known here
        except WorkflowUnreadable as error:
            problems.append(error)
            continue
        paths += local_includes(nodes[path])
    # an included file is read before the one that includes it
    return dict(reversed(nodes.items())), texts, tuple(problems)


def _is_inside(root: Path, path: str) -> bool:
    return (root / path).resolve().is_relative_to(root.resolve())
