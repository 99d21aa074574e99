"""What users of the public API lose from one release to the next."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING, NamedTuple

from releasio.rules.changes.effect import Effect
from releasio.rules.project.import_package import ROOTS, import_folders
from releasio.rules.project.project_name import module_name, nested_module_path

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from releasio.config.tables.changes import AllowedChange


class Break(NamedTuple):
    """A public name that is gone or taken differently: its dotted path, and what happened."""

    name: str
    what: str


class ImportPackage(NamedTuple):
    """
    What users import: its dotted name, and where it is.

    Attributes:
        name: Such as `demo` or `google.cloud.demo`.
        root: The folder in the repository that the name begins in, ending in a slash; or empty.
        files: The paths in the repository of its sources, and of those beside it.
    """

    name: str
    root: str
    files: tuple[str, ...]


def import_packages(
    name: str, configured: Sequence[str], files: Collection[str], folder: str = ""
) -> tuple[ImportPackage, ...]:
    """
    Return what users import of a project, as far as its name or its settings say.

    Args:
        name: The project's name.
        configured: What its settings name as import packages.
        files: All paths in the repository.
        folder: The project's in the repository; empty: the root.
    """
    begin = f"{folder}/" if folder else ""
    roots = [f"{begin}{root}/" for root in ROOTS if root] + [begin]
    nested = nested_module_path(name)
    folders = import_folders(name, configured, files, folder) or [
        f"{root}{nested}" for root in roots if f"{root}{nested}/__init__.py" in files
    ]
    packages = []
    for path in folders:
        root = next(root for root in roots if path.startswith(root))
        # what lies beside it in a folder for sources may be where its names come from
        below = f"{path}/" if root == begin else root
        dotted = path.removeprefix(root).replace("/", ".")
        packages.append(ImportPackage(dotted, root, _sources_below(below, files)))
    if packages:
        return tuple(packages)
    module = module_name(name)
    places = ((root, f"{root}{module}.py") for root in roots)
    return tuple(ImportPackage(module, root, (path,)) for root, path in places if path in files)[:1]


def _sources_below(folder: str, files: Collection[str]) -> tuple[str, ...]:
    """Return the sources in *folder*; stubs only where they are all there is of a module."""
    sources = [path for path in files if path.startswith(folder)]
    modules = {path for path in sources if path.endswith(".py")}
    stubs = {path for path in sources if path.endswith(".pyi")}
    return tuple(sorted(modules | {path for path in stubs if path[:-1] not in modules}))


def api_effects(breaks: Iterable[Break], allowed: Sequence[AllowedChange]) -> Iterator[Effect]:
    """Yield what the *breaks* mean to users, without those that somebody *allowed*."""
    for broken in breaks:
        if not any(fnmatchcase(broken.name, entry.name) for entry in allowed):
            yield Effect(f"{broken.name} {broken.what}", "api")
