"""The table about what is changed, whatever the words of commits say: `[changes]`."""

from __future__ import annotations

from typing import Literal

from releasio.config.setting import Table, setting


class ChangesConfig(Table):
    """What counts as a change, by the files that commits touch and by what users get."""

    by_files: bool = setting(
        default=True,
        doc="A commit that touches only files outside of the package (tests, documentation, CI, "
        "lock files of development) does not raise the version. What breaks, a `Release-As:` "
        "footer, and types that the settings name besides the default ones always count.",
    )
    ignore: tuple[str, ...] = setting(
        default=(),
        doc="Further files outside of the package, as patterns of a `.gitignore`; `!` before one "
        "has what it matches count all the same. Relative to the project; the last match decides.",
    )
    metadata: Literal["off", "notes", "patch", "minor", "major"] = setting(
        default="patch",
        doc="What is raised at least where a runtime dependency, `requires-python`, an extra, a "
        "command or another entry point differs from the last release, whatever the commits say. "
        "`notes`: it is only named in the notes. `off`: nothing is compared.",
    )
    dropped: Literal["patch", "minor", "major"] = setting(
        default="minor",
        doc="Likewise where something is gone that users may rely on: a version of Python, an "
        "extra, a command, an entry point. Never less than `changes.metadata`, and nothing where "
        "that raises nothing.",
    )
