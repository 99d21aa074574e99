"""The environment of what builds: the same for every build of one tree, and without secrets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.running.environment import child_environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def build_environment(source: Path, env: Mapping[str, str], epoch: int) -> dict[str, str]:
    """Return the environment of a build: plain output, nothing left to chance."""
    excluded_names = {"FORCE_COLOR", "CLICOLOR_FORCE", "PY_COLORS", "PYTHONPATH"}
    variables = {
        name: value for name, value in child_environment(env).items() if name not in excluded_names
    }
    return {**variables, **fixed_variables(source, epoch), "NO_COLOR": "1", "COLUMNS": "160"}


def fixed_variables(source: Path, epoch: int) -> dict[str, str]:
    """
    Return what makes two builds of one tree the same, and their output come at once.

    The user's settings of git are left out: they change what git tells a backend, and may
    hold or fetch a token.
    """
    return {
        # which is not there, and what a build sets globally stays with it: into the null
        # device git would write, too, and put a file in its place where it may
        "GIT_CONFIG_GLOBAL": str(repository_of(source) / ".git" / "global"),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_COUNT": "0",
        "GIT_CONFIG_PARAMETERS": "",
        "SOURCE_DATE_EPOCH": str(epoch),
        "PYTHONHASHSEED": "0",
        "PYTHONUNBUFFERED": "1",
        "PYTHONIOENCODING": "utf-8",
    }


def repository_of(source: Path) -> Path:
    """Return the root of the repository *source* is in, or *source* itself."""
    return next((p for p in (source, *source.parents) if (p / ".git").exists()), source)
