"""The project, as doctor sees it: plain values, read by `reading/project.py`."""

from __future__ import annotations

import posixpath
from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.config.tables.model import Config
    from releasio.errors.base import ReleasioError
    from releasio.rules.index.registry import Registry
    from releasio.rules.project.manifest import Manifest


@frozen
class ProjectState:
    """
    The project, as it is in the work tree.

    Attributes:
        folder: Its directory in the repository, with `/`; empty for the root.
        manifest: What its files say; None: they do not say it, and *problems* say why.
        config: The settings of releasio in force.
        uses_releasio: Whether a file has settings of releasio, or a workflow runs it.
        registries: Where versions go: PyPI, TestPyPI, or others.
        problems: What is wrong with the project's files or settings.
        documents: Files by their path in the repository, as far as they were read; `None`: there
            is no such file.
        names: What lies in the project's folder itself.
        unmatched: Patterns of `license-files` that no file matches.
        others: Manifests of other projects in the repository.
    """

    folder: str
    manifest: Manifest | None
    config: Config
    uses_releasio: bool
    registries: tuple[Registry, ...]
    problems: tuple[ReleasioError, ...] = ()
    documents: Mapping[str, bytes | None] = MappingProxyType({})
    names: tuple[str, ...] = ()
    unmatched: tuple[str, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """What it is called on the index; empty: not known."""
        return self.manifest.name if self.manifest else ""

    def path(self, name: str) -> str:
        """Return where *name*, relative to the project, is in the repository; it may lead out."""
        return posixpath.normpath(posixpath.join(self.folder, name.replace("\\", "/")))

    def text(self, name: str) -> str | None:
        """Return the content of *name*, relative to the project; `None`: no such text was read."""
        content = self.documents.get(self.path(name))
        try:
            return None if content is None else content.decode("utf-8")
        except UnicodeDecodeError:
            return None
