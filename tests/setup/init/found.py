"""Projects as `init` finds them, for the rules that need nothing else."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Any

from releasio.config.reading.load import Settings
from releasio.config.tables.model import Config
from releasio.frozen import replace
from releasio.rules.forge.place import ForgePlace
from releasio.rules.project.manifest import read_manifest
from releasio.rules.project.project_files import ProjectFiles
from releasio.rules.versions.tag_form import TagForm
from releasio.rules.workflow.publishing import find_uploads
from releasio.rules.workflow.workflow import parse_workflow
from releasio.setup.init.choices import Choices
from releasio.setup.init.project import Clone, Contents, Project
from releasio.setup.recipes.recipes import RECIPES

GITHUB = ForgePlace("github", "github.com", "acme", "demo", "https://api.github.com", "")
GITLAB = ForgePlace("gitlab", "gitlab.com", "acme/tools", "demo", "https://gitlab.com/api/v4", "")


class Unset(dict[str, str]):
    """Where settings come from that nobody set."""

    def __missing__(self, key: str) -> str:
        return "default"


def found(config: Config | None = None, **changes: Any) -> Project:  # noqa: ANN401 -- of any field
    """Return demo 0.1.0 on GitHub, with *changes*."""
    text = b'[project]\nname = "demo"\nversion = "0.1.0"\n'
    manifest = read_manifest(ProjectFiles.of({"pyproject.toml": text}))
    settings = Settings(config or Config(), Unset(), (), None)
    project = Project(
        Path("/demo"), Path("/demo"), settings, manifest, TagForm(), "", Contents(),
        Clone("main", ("main",), "main"), GITHUB,
    )  # fmt: skip
    return replace(project, **changes)


def with_workflow(text: str) -> Project:
    """Return demo with a workflow file."""
    workflow = parse_workflow(".github/workflows/publish.yml", text)
    uploads = find_uploads((workflow,), MappingProxyType({}))
    return found(contents=Contents(uploads=uploads))


def chosen(recipe: str = "pull-request", **changes: Any) -> Choices:  # noqa: ANN401 -- of any field
    """Return what Enter through all questions chooses, with *changes*."""
    choices = Choices(
        RECIPES[recipe], "main", "v", "CHANGELOG.md", "pypi", Path("/demo/.releasio.toml")
    )
    return replace(choices, **changes)
