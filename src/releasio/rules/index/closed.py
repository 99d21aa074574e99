"""A project that an index keeps closed, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.index.registry import ProjectClosed

if TYPE_CHECKING:
    from releasio.rules.index.registry import Registry
    from releasio.rules.index.simple import Standing


def project_closed(project: str, registry: Registry, standing: Standing) -> ProjectClosed:
    """Return what is to be said of *project*, which *registry* takes no files of."""
    settings = f"{registry.site}/manage/project/{project}/settings/" if registry.site else ""
    return ProjectClosed(
        project, registry.name, status=standing.status, reason=standing.reason, settings=settings
    )
