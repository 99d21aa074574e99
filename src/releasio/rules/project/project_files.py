"""The files of a project at one commit, read when a rule asks for them."""

from __future__ import annotations

import posixpath
import re
import tomllib
from typing import TYPE_CHECKING, Any

from releasio.errors.project.manifest import ManifestNotToml, NotUtf8

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    Fetch = Callable[[Sequence[str]], Mapping[str, bytes | None]]

MANIFEST = "pyproject.toml"
SETUP_CFG, SETUP_PY = "setup.cfg", "setup.py"
DESCRIBING_FILES = (MANIFEST, SETUP_CFG, SETUP_PY)
_BOM = "it begins with a byte order mark, which TOML does not allow: save it without"


class ProjectFiles:
    """
    The files of a project; each is read once.

    All names are relative to the project, with `/`, as build backends have them; `..` may lead
    to a folder around it, but not out of the repository.

    Attributes:
        folder: The project's in the repository; empty: the root.
        contents: What was read, by path in the repository; `None`: there is no such file.
    """

    def __init__(
        self, folder: str, fetch: Fetch, known: Mapping[str, bytes | None] | None = None
    ) -> None:
        """Make a view of the files in *folder*; what is not *known*, *fetch* reads by its path."""
        self.folder = folder
        self.contents: dict[str, bytes | None] = dict(known or {})
        self._fetch = fetch

    @classmethod
    def of(cls, files: Mapping[str, bytes | None], folder: str = "") -> ProjectFiles:
        """Return a project of which *files*, by path in the repository, are all there is."""
        return cls(folder, dict.fromkeys, files)

    @property
    def manifest(self) -> str:
        """Where pyproject.toml is in the repository, or would be."""
        return self.in_folder(MANIFEST)

    def in_folder(self, name: str) -> str:
        """Return where *name* is in the repository; it must not lead out of the folder."""
        return posixpath.normpath(posixpath.join(self.folder, name))

    def path(self, name: str) -> str | None:
        """Return where *name* is in the repository; `None`: outside of it."""
        path = posixpath.normpath(posixpath.join(self.folder, name.replace("\\", "/")))
        is_outside = path == ".." or path.startswith(("../", "/"))
        is_name = "\0" not in path and path.isprintable()  # git could not be asked for it
        return path if is_name and not is_outside else None

    def load(self, *names: str) -> None:
        """Read several files at once."""
        self.read(*filter(None, map(self.path, names)))

    def read(self, *paths: str) -> None:
        """Read several files at once, by their paths in the repository."""
        missing_paths = [path for path in dict.fromkeys(paths) if path not in self.contents]
        if missing_paths:
            self.contents.update(self._fetch(missing_paths))

    def text(self, name: str) -> str | None:
        """
        Return the content of *name*, in which every byte is kept; `None`: it is not there.

        Raises:
            NotUtf8: It is in some other encoding.
        """
        path = self.path(name)
        return self.at(path) if path else None

    def at(self, path: str) -> str | None:
        """Return the content of *path* in the repository, as `text` does."""
        if path not in self.contents:
            self.contents.update(self._fetch([path]))
        content = self.contents[path]
        return None if content is None else decode(content, path)

    def first(self, names: Sequence[str]) -> str | None:
        """Return the first of *names* that is there; `None`: none is."""
        self.load(*names)
        paths = ((name, self.path(name)) for name in names)
        return next(
            (name for name, path in paths if path and self.contents.get(path) is not None), None
        )

    def toml(self, name: str) -> dict[str, Any] | None:
        """
        Return what the TOML file *name* holds; `None`: it is not there.

        Raises:
            NotUtf8: It is no text.
            ManifestNotToml: It is no TOML.
        """
        text = self.text(name)
        return None if text is None else load_toml(text, self.path(name) or name)


def load_toml(text: str, path: str) -> dict[str, Any]:
    """
    Return what *text*, the content of *path*, holds.

    Raises:
        ManifestNotToml: It is no TOML.
    """
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ManifestNotToml(path, "nested too deeply", line=1) from None
    except ValueError as error:  # TOMLDecodeError, or a number too long for Python
        position = re.search(r"\(at line (\d+)", str(error))
        problem = _BOM if text.startswith("\ufeff") else str(error)
        raise ManifestNotToml(
            path, problem, line=int(position[1]) if position else text.count("\n") + 1
        ) from None


def decode(text: str | bytes, path: str) -> str:
    """
    Return *text* as a string in which every byte is kept, line ends and byte order mark too.

    Raises:
        NotUtf8: It is in some other encoding.
    """
    if isinstance(text, str):
        return text
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotUtf8(path, line=text.count(b"\n", 0, error.start) + 1) from None
