"""The files that the answers lead to, and what is there in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.changelog.changelog import first_text
from releasio.rules.changelog.markdown import newline_of
from releasio.rules.project.project_files import MANIFEST, SETUP_PY, decode
from releasio.setup.init.beside import beside_pipeline
from releasio.setup.init.in_folder import in_folder
from releasio.setup.init.settings_file import settings_text
from releasio.setup.init.wanted import recipe_answers, wanted_settings
from releasio.setup.recipes.render import render
from releasio.world.file_set import require_plain, require_writable
from releasio.world.plain_file import read_if_there, what_is

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from releasio.setup.init.choices import Choices
    from releasio.setup.init.project import Project

# setup.cfg alone is built by nobody: neither pip nor `build` knows by whom it would be
_BUILD_SYSTEM = """\
[build-system]
requires = ["setuptools>=61"]
build-backend = "setuptools.build_meta"
"""


@frozen
class InitFile:
    """
    A file that `init` would write.

    Attributes:
        path: Where it is.
        name: Its path in the repository, as it is shown.
        before: What is there; `None`: nothing.
        after: What is to be there.
    """

    path: Path
    name: str
    before: bytes | None
    after: bytes

    @property
    def is_new(self) -> bool:
        """Whether nothing is there."""
        return self.before is None

    @property
    def is_same(self) -> bool:
        """Whether it is as it should be."""
        return self.before == self.after


def init_files(project: Project, choices: Choices) -> tuple[InitFile, ...]:
    """
    Return the files: settings, workflows, changelog.

    Raises:
        LinkInTheWay: A link, a directory or something else is where one is to be.
        FileReadOnly: One that would change may not be written.
        SettingsNotRewritten: The settings file would change more than it should.
        NotUtf8: The settings file is no text.
    """
    files = tuple(_files(project, choices))
    for file in files:
        if file.before is not None and not file.is_same:
            require_writable(file.path, file.name)
    return files


def _files(project: Project, choices: Choices) -> Iterator[InitFile]:
    settings = wanted_settings(project, choices)
    before = _standing(project, choices.config)
    text = None if before is None else decode(before, choices.config.name)
    if text is None or settings:
        after = settings_text(choices.config.name, text, settings).encode()
        yield InitFile(choices.config, _name(project, choices.config), before, after)
    newline = _newline(project)
    if not any(what_is(project.folder / name) for name in (MANIFEST, SETUP_PY)):
        path = project.folder / MANIFEST
        after = _BUILD_SYSTEM.replace("\n", newline).encode()
        yield InitFile(path, _name(project, path), None, after)
    files = render(choices.recipe, recipe_answers(project, choices))
    for name, content in beside_pipeline(project, files).items():
        path = project.root / name  # forges read them at the top of the repository alone
        after = in_folder(name, content, project.inside).replace("\n", newline).encode()
        yield InitFile(path, name, _standing(project, path), after)
    if choices.changelog:
        path = project.folder / choices.changelog
        before = _standing(project, path)
        if before is None:
            after = first_text(choices.changelog, newline).encode()
            yield InitFile(path, _name(project, path), before, after)


def _standing(project: Project, path: Path) -> bytes | None:
    """Return what is at *path*; `None`: nothing."""
    require_plain(project.root, _name(project, path))
    return read_if_there(path)


def _name(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()


def _newline(project: Project) -> str:
    """Return the line end of the project's files."""
    content = read_if_there(project.root / project.manifest.path) or b""
    return newline_of(content.decode("utf-8", "replace"))
