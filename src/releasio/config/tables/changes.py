"""The table about what is changed, whatever the words of commits say: `[changes]`."""

from __future__ import annotations

from typing import Literal

from releasio.config.setting import Table, setting


class AllowedChange(Table):
    """A change of the public API that is meant, and breaks nobody."""

    name: str = setting(doc="The dotted name, such as `demo.old`; `*` stands for any letters.")
    reason: str = setting(doc="Why nobody misses it.")


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
    api: Literal["off", "warn", "require", "bump"] = setting(
        default="off",
        doc="Compare the public API with that of the last release, by griffe (extra `api`); "
        "nothing is run. `warn`: name what breaks. `require`: refuse to release it without a "
        "breaking change among the commits. `bump`: raise the major number for it.",
    )
    api_allowed: tuple[AllowedChange, ...] = setting(
        default=(), doc="Public names that may go or change all the same, each with a reason."
    )
