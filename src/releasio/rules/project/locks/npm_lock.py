"""The package's own entries in a package-lock.json: their versions and nothing else, offline."""

from __future__ import annotations

from releasio.rules.project.json_string import strings_at


def set_locked_package(text: str, current: str, version: str, folder: str = "") -> str:
    """
    Return the lock file *text* with *version* where it says that the package is *current*.

    Lock files since npm 7 say it twice: at the top, and for the folder that the package is in.

    Args:
        text: A package-lock.json or npm-shrinkwrap.json.
        current: The version until now, as package.json has it.
        version: The new one.
        folder: The package's, relative to the lock; empty: beside it.

    Source: https://docs.npmjs.com/cli/v11/configuring-npm/package-lock-json
    """
    own_places: list[tuple[str, ...]] = [("packages", folder, "version")]
    if not folder:
        own_places.append(("version",))
    for begin, end in sorted(strings_at(text, *own_places), reverse=True):
        if text[begin:end] == current:
            text = f"{text[:begin]}{version}{text[end:]}"
    return text
