"""Two versions of a package, read by griffe and compared; no code of theirs is run."""

from __future__ import annotations

import logging
import tempfile
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from releasio.errors.project.api import ApiExtraMissing, ApiUnread
from releasio.rules.changes.public_api import Break
from releasio.world.processes.foreign import foreign, kind_and_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# what a call or an import that worked before notices
_WORDS = {
    "OBJECT_REMOVED": "is gone",
    "OBJECT_CHANGED_KIND": "is something else now: {old} before, {new} now",
    "PARAMETER_MOVED": "has its parameter {old} in another place",
    "PARAMETER_REMOVED": "has no parameter {old} any more",
    "PARAMETER_CHANGED_KIND": "takes its parameter {old} in another way",
    "PARAMETER_CHANGED_REQUIRED": "requires its parameter {new} now",
    "PARAMETER_ADDED_REQUIRED": "has a new required parameter {new}",
    "CLASS_REMOVED_BASE": "has lost a base class",
}


def require_griffe(setting: str) -> None:
    """
    Make sure that there is something to read packages with.

    Raises:
        ApiExtraMissing: There is not; *setting* asks for it.
    """
    if find_spec("griffe") is None:
        raise ApiExtraMissing(setting)


def find_breaks(
    package: str, old: Mapping[str, bytes], new: Mapping[str, bytes]
) -> tuple[Break, ...]:
    """
    Return which public names of *package* are gone or taken differently.

    Args:
        package: Its dotted name.
        old: The path of each source to its content, relative to where the name begins.
        new: Likewise; empty: the package is gone.

    Raises:
        ApiUnread: griffe does not understand one of them.
    """
    if not new:
        return (Break(package, "is gone"),)
    with tempfile.TemporaryDirectory(prefix="releasio-api-") as directory:
        folders = [Path(directory) / name for name in ("old", "new")]
        for folder, files in zip(folders, (old, new), strict=True):
            _write(folder, files)
        with foreign(lambda error: ApiUnread(package, kind_and_place(error, "griffe"))):
            return tuple(dict.fromkeys(_breaks(package, *folders)))


def _write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _breaks(package: str, old: Path, new: Path) -> Iterator[Break]:
    import griffe

    logging.getLogger("griffe").setLevel(logging.CRITICAL)  # what it thinks of docstrings
    for breakage in griffe.find_breaking_changes(_load(package, old), _load(package, new)):
        words = _WORDS.get(breakage.kind.name)
        if words and not _is_hook(breakage.obj):
            before, after = _word(breakage.old_value), _word(breakage.new_value)
            yield Break(breakage.obj.path, words.format(old=before, new=after))


def _load(package: str, folder: Path) -> Any:  # noqa: ANN401 -- a type of griffe's own
    import griffe

    return griffe.load(
        package,
        search_paths=[folder],
        allow_inspection=False,  # which would import it
        resolve_aliases=True,
        resolve_external=True,  # as far as it lies beside it; nothing else is looked at
        store_source=False,
    )


def _is_hook(obj: Any) -> bool:  # noqa: ANN401 -- a type of griffe's own
    """Whether it is what Python itself looks for in a module, such as `__getattr__`."""
    is_special = obj.name.startswith("__") and obj.name.endswith("__")
    return bool(is_special and obj.parent is not None and obj.parent.is_module)


def _word(value: object) -> str:
    """Return what griffe calls a parameter, or a kind of object."""
    name = getattr(value, "name", value)
    return name.lower() if isinstance(name, str) and name.isupper() else str(name)
