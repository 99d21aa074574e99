"""Collects what the table of a tool says in settings of releasio."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.config.reading.mistakes import Findings, Source
from releasio.config.reading.values import read_table
from releasio.config.tables.model import Config
from releasio.setup.adoption.adopted import Adopted, Translated, Untranslated, nested

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from releasio.setup.adoption.foreign_table import ForeignTable


class Translation:
    """
    Collects what a tool's *table* says in settings of ours.

    Each method takes the keys in the table that say so; where none is there, it is a default of
    the tool, and the table itself is the place.
    """

    def __init__(self, tool: str, table: ForeignTable) -> None:
        """Begin to translate *table*, which *tool* reads."""
        self._tool = tool
        self._table = table
        self._translated: dict[str, Translated] = {}
        self._untranslated: list[Untranslated] = []

    def set(self, key: str, value: object, *foreign: str | int) -> None:
        """Say that *key*, one of ours, is *value*; a default of ours needs no words."""
        if value != default_of(key):
            place = self._table.place(*foreign)
            self._translated[key] = Translated(key, value, dotted(foreign), place)
        else:
            self._translated.pop(key, None)  # what the tool does by itself, and is told not to

    def on(self, key: str, *foreign: str | int) -> None:
        """Say that the switch *key*, one of ours, is on."""
        is_on = True
        self.set(key, is_on, *foreign)

    def off(self, key: str, *foreign: str | int) -> None:
        """Say that the switch *key*, one of ours, is off."""
        is_on = False
        self.set(key, is_on, *foreign)

    def tag_form(self, form: str, *foreign: str) -> None:
        """Say that tags are named by *form*, in which `{version}` stands for the version."""
        before, version, after = form.partition("{version}")
        if version and not set("{}$") & set(before + after):
            self.set("version.tag_prefix", form.removesuffix("{version}"), *foreign)
        else:
            written = self._table.text(*foreign) or form
            self.cannot(
                f"{written!r} is no version with words around it",
                "Name tags by version.tag_prefix in a form that says the whole version.",
                *foreign,
            )

    def cannot(self, reason: str, instead: str, *foreign: str | int) -> None:
        """Say that no setting of ours says what *foreign* does, why, and what to do."""
        place = self._table.place(*foreign)
        self._untranslated.append(Untranslated(dotted(foreign), reason, instead, place))

    def refuse(self, refusals: Mapping[str, tuple[str, str]]) -> None:
        """Say of each dotted key of *refusals* that is set why it is not taken, and what to do."""
        for key, (reason, instead) in refusals.items():
            keys = key.split(".")
            if self._table.at(*keys) and self._table.flag(*keys) is not False:
                self.cannot(reason, instead, *keys)

    def refuse_others(self, known: Collection[str]) -> None:
        """Say that releasio has nothing like the keys of the table that are not *known*."""
        for key in self._table.values:
            if key not in known:
                self.cannot("releasio has nothing like it", f"See the settings for `{key}`.", key)

    def hooks(self, ours: Mapping[str, str], variables: str) -> None:
        """
        Say which commands are run when.

        Args:
            ours: Our keys, by those of the table.
            variables: How the names begin of what the tool sets for them.
        """
        for key, setting in ours.items():
            commands = list(self._table.sentences(key))
            if commands:
                self.set(setting, commands, key)
            if any(variables in command or "{" in command for command in commands):
                self.cannot(
                    f"the variables {variables}... are not set, and braces name values of ours",
                    "Take RELEASIO_VERSION, RELEASIO_PREV_VERSION or RELEASIO_TAG.",
                    key,
                )

    def adopted(self, *places: str) -> Adopted:
        """Return all of it; *places* are further ones where the tool is named."""
        self._leave_out_refused()
        translated = tuple(self._translated.values())
        return Adopted(
            self._tool, (self._table.place(), *places), translated, tuple(self._untranslated)
        )

    def _leave_out_refused(self) -> None:
        """Say of values that the settings do not take why that is so, instead of setting them."""
        findings = Findings(Source(self._table.path), [], [])
        read_table(Config, nested(self._translated.values()), (), findings)
        for mistake in findings.mistakes:
            mistaken = str(getattr(mistake, "key", ""))
            for key in [key for key in self._translated if mistaken.startswith(key)]:
                setting = self._translated.pop(key)
                instead = f"Choose a value for {key} yourself."
                self._untranslated.append(
                    Untranslated(setting.foreign, str(mistake), instead, setting.place)
                )


def dotted(path: Iterable[str | int]) -> str:
    """Return the keys of *path* as one word: `changelog.mode`, `files[2].search`."""
    words = "".join(f"[{part + 1}]" if isinstance(part, int) else f".{part}" for part in path)
    return words.removeprefix(".")


def default_of(key: str) -> object:
    """Return the default of the setting *key* as TOML has it; `None` for a table of the user's."""
    table: Any = Config
    *names, last = key.split(".")
    for name in names:
        value = getattr(table, name, None)
        if value is None or not hasattr(value, "settings"):
            return None
        table = value
    value = getattr(table, last, None)
    return list(value) if isinstance(value, tuple) else value
