"""The promises of Poetry's own tables, written as everybody else writes them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.changes.promises import COMMANDS, Promises, string_table, strings, table

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPERATOR = re.compile(r"(\^|~(?!=)|)\s*v?(\d[\w.!+]*(?:\.\*)?)$").match


def poetry_promises(poetry: dict[str, object]) -> Promises:
    """
    Return what `[tool.poetry]` says; `None` where it has no such table.

    Source: https://python-poetry.org/docs/dependency-specification/
    """
    dependencies = poetry.get("dependencies")
    entries = table(dependencies)
    extras, plugins = poetry.get("extras"), poetry.get("plugins")
    python = entries.get("python")
    scripts = {name: _target(value) for name, value in table(poetry.get("scripts")).items()}
    groups = {name: string_table(group) for name, group in table(plugins).items()}
    has_entry_points = bool(scripts) or plugins is not None
    return Promises(
        specifier(python) if isinstance(python, str) else None,
        tuple(_required(entries)) if isinstance(dependencies, dict) else None,
        {name: tuple(_brought(entries, names)) for name, names in extras.items()}
        if isinstance(extras, dict)
        else None,
        {COMMANDS: scripts, **groups} if has_entry_points else None,
    )


def specifier(constraint: str) -> str:
    """
    Return *constraint* as PEP 440 has it; what has no such form stays as it is.

    `^1.2` is `>=1.2,<2.0`, `~1.2` is `>=1.2,<1.3`, and `*` is any version.
    """
    parts = [part.strip() for part in constraint.split(",") if part.strip()]
    return ",".join(filter(None, map(_clause, parts)))


def _clause(part: str) -> str:
    match = _OPERATOR(part)
    if part == "*" or match is None:
        return "" if part == "*" else part
    operator, version = match.groups()
    if not operator:
        return f"=={version}"
    numbers = [int(number) for number in re.findall(r"\d+", version.split("+")[0])[:3]]
    place = _raised_place(numbers) if operator == "^" else min(1, len(numbers) - 1)
    above = [*numbers[:place], numbers[place] + 1]
    above += [0] * (len(numbers) - len(above))
    return f">={version},<{'.'.join(map(str, above))}"


def _raised_place(numbers: list[int]) -> int:
    """Return which number `^` stops before: the first one that is not 0."""
    places = (place for place, number in enumerate(numbers) if number)
    return next(places, len(numbers) - 1)


def _required(entries: dict[str, object]) -> Iterator[str]:
    for name, entry in entries.items():
        for alternative in entry if isinstance(entry, list) else [entry]:
            if name != "python" and table(alternative).get("optional") is not True:
                yield _requirement(name, alternative)


def _brought(entries: dict[str, object], names: object) -> Iterator[str]:
    for name in strings(names):
        entry = entries.get(name, "*")
        for alternative in entry if isinstance(entry, list) else [entry]:
            yield _requirement(name, alternative)


def _requirement(name: str, entry: object) -> str:
    if isinstance(entry, str):
        return f"{name}{specifier(entry)}"
    fields = table(entry)
    extras = ",".join(strings(fields.get("extras", ())))
    url = next((str(fields[key]) for key in ("git", "url", "path") if key in fields), "")
    version = f" @ {url}" if url else specifier(str(fields.get("version", "*")))
    markers = [str(fields["markers"])] if "markers" in fields else []
    markers += [f"{key} {fields[key]}" for key in ("python", "platform") if key in fields]
    condition = f"; {' and '.join(markers)}" if markers else ""
    return f"{name}{f'[{extras}]' if extras else ''}{version}{condition}"


def _target(value: object) -> str:
    return value if isinstance(value, str) else str(table(value).get("reference", ""))
