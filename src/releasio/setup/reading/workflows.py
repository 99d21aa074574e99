"""Workflow files and composite actions, as they are in the work tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from releasio.errors.project.workflow import WorkflowUnreadable
from releasio.rules.workflow.workflow import parse_action, parse_workflow
from releasio.setup.reading.small_text import read_small_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from releasio.errors.base import ReleasioError
    from releasio.rules.workflow.workflow import CompositeAction, Workflow

    T = TypeVar("T")

FOLDER = ".github/workflows"
_DEEPEST = 4  # folders between the root and a composite action
_SKIPPED = frozenset({".git", "node_modules", ".venv", "venv", ".tox", ".nox", "__pycache__"})


def read_workflows(
    root: Path,
) -> tuple[tuple[Workflow, ...], dict[str, CompositeAction], tuple[ReleasioError, ...]]:
    """Return workflows, composite actions by folder, and what cannot be read, in *root*."""
    problems: list[ReleasioError] = []
    folder = root / FOLDER
    paths = sorted(folder.iterdir()) if folder.is_dir() else []
    workflow_paths = [path for path in paths if path.suffix in {".yml", ".yaml"}]
    workflows = _parsed(root, workflow_paths, parse_workflow, problems)
    actions = _parsed(root, sorted(_action_paths(root, _DEEPEST)), parse_action, problems)
    return (
        tuple(workflows),
        {action.folder: action for action in actions if action.steps},
        tuple(problems),
    )


def _parsed(
    root: Path,
    paths: list[Path],
    parse: Callable[[str, str], T],
    problems: list[ReleasioError],
) -> list[T]:
    results = []
    for path in paths:
        name = path.relative_to(root).as_posix()
        if not name.isprintable():  # no log, no link and no form takes it
            shown_name = "".join(each if each.isprintable() else repr(each)[1:-1] for each in name)
            reason = "its name has a character that cannot be shown"
            problems.append(WorkflowUnreadable(reason, path=shown_name, line=1))
            continue
        try:
            results.append(parse(name, read_small_text(path)))
        except UnicodeDecodeError:
            problems.append(WorkflowUnreadable("it is not in UTF-8", path=name, line=1))
        except OSError as error:
            reason = error.strerror or "it cannot be read"
            problems.append(WorkflowUnreadable(reason, path=name, line=1))
        except WorkflowUnreadable as error:
            problems.append(error)
    return results


def _action_paths(folder: Path, depth: int) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.name in {"action.yml", "action.yaml"}:
            yield path
        elif depth and path.name not in _SKIPPED and path.is_dir() and not path.is_symlink():
            yield from _action_paths(path, depth - 1)
