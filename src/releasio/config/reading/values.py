"""From what TOML or a variable holds to what the classes of `model` hold."""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from releasio.config.reading import kinds
from releasio.config.reading.mistakes import Said, dotted, shown
from releasio.config.setting import REQUIRED, Setting, Table

if TYPE_CHECKING:
    from releasio.config.reading.kinds import Value
    from releasio.config.reading.locate import Path
    from releasio.config.reading.mistakes import Findings

WRONG: Value = object()  # stands for a value that has been complained about


def read_table(
    table: type[Table], raw: dict[str, Any], path: Path, findings: Findings
) -> dict[str, Any]:
    """
    Return what *raw* says about *table*: values by key, tables as dictionaries.

    What is wrong is added to *findings* and left out of the answer.
    """
    values: dict[str, Any] = {}
    rest_name = next((name for name, setting in table.settings.items() if setting.rest), "")
    for name, value in raw.items():
        setting_path = (*path, name)
        if name in table.settings and name != rest_name:
            settings = read_key(table, name, value, setting_path, findings)
        elif rest_name and isinstance(value, dict):
            settings = read_key(table, rest_name, {name: value}, path, findings)
            settings = {**values.get(rest_name, {}), **settings}
        else:
            from releasio.config.reading.nearest import nearest
            from releasio.errors.config import UnknownSetting

            near = nearest(setting_path, table)
            findings.mistakes.append(
                UnknownSetting(
                    dotted(setting_path), nearest=near, **findings.source.facts(setting_path)
                )
            )
            continue
        if settings is not WRONG:
            values[name if name in table.settings else rest_name] = settings
    return values


def read_key(table: type[Table], name: str, raw: object, path: Path, findings: Findings) -> Value:
    """Return the value of one key, `WRONG` after a complaint; say what has no effect."""
    setting, kind = table.settings[name], kinds.kinds(table)[name]
    value = read_value(kind, raw, path, setting, findings)
    if setting.rest and isinstance(raw, dict):
        path = (*path, *raw)
    if setting.dead:
        findings.said.append(Said(path, f"no effect: {setting.dead}"))
    elif setting.later and value is not WRONG and value != setting.default:
        findings.said.append(Said(path, f"no effect yet: {setting.later}"))
    return value


def read_value(
    kind: object, raw: object, path: Path, setting: Setting, findings: Findings
) -> Value:
    """Return *raw* as a value of *kind*, `WRONG` after a complaint."""
    for member in kinds.members(kind):
        if kinds.is_table(member) and isinstance(raw, str) and member.shorthand:
            whole = member.settings[member.shorthand]
            return {member.shorthand: raw} if _passes(raw, path, whole, findings) else WRONG
        if _fits(member, raw):
            return _convert(member, raw, path, setting, findings)
    from releasio.errors.config import WrongSetting

    findings.mistakes.append(
        WrongSetting(
            dotted(path),
            found=shown(raw),
            expected=kinds.words(kind),
            hint=_remedy(kind, raw),
            **findings.source.facts(path),
        )
    )
    return WRONG


def complete(table: type[Table], values: dict[str, Any]) -> Table:
    """Make the *table* that *values* and the defaults describe; tables within come first."""
    completed = dict(values)
    for name, value in values.items():
        inner, step = kinds.contents(kinds.kinds(table)[name])
        if kinds.is_table(inner) and step == ():
            completed[name] = complete(inner, value)
        elif step == ("*",):
            default = table.settings[name].default
            entries = {
                key: complete(inner, entry) if kinds.is_table(inner) else entry
                for key, entry in value.items()
            }
            completed[name] = MappingProxyType({**default, **entries})
    return table(**completed)


def _fits(kind: object, raw: object) -> bool:
    step = kinds.contents(kind)[1]
    if kinds.is_table(kind) or step == ("*",):
        return isinstance(raw, dict)
    if step == ("[]",):
        return isinstance(raw, list | tuple)
    if options := kinds.choices(kind):
        return any(raw == option and type(raw) is type(option) for option in options)
    if kind is float:
        return isinstance(raw, int | float) and type(raw) is not bool and math.isfinite(raw)
    return type(raw) is kind  # an int is no bool here, nor the other way round


def _convert(kind: object, raw: Value, path: Path, setting: Setting, findings: Findings) -> Value:
    inner, step = kinds.contents(kind)
    if kinds.is_table(kind):
        return _read_whole(kind, raw, path, findings)
    if step == ("*",):
        read = {
            name: read_value(inner, entry, (*path, name), setting, findings)
            for name, entry in raw.items()
        }
        return {name: value for name, value in read.items() if value is not WRONG}
    if step == ("[]",):
        entries = (
            read_value(inner, entry, (*path, at), setting, findings) for at, entry in enumerate(raw)
        )
        return tuple(
            complete(inner, member) if kinds.is_table(inner) else member
            for member in entries
            if member is not WRONG
        )
    if not _passes(raw, path, setting, findings):
        return WRONG
    return float(raw) if kind is float else raw


def _read_whole(table: type[Table], raw: dict[str, Any], path: Path, findings: Findings) -> Value:
    """Read a table that nothing else adds to: keys without default must be there."""
    values = read_table(table, raw, path, findings)
    needed = {
        name: setting for name, setting in table.settings.items() if setting.default is REQUIRED
    }
    for name in needed.keys() - raw.keys():
        from releasio.errors.config import SettingMissing

        facts = findings.source.facts(path)
        key = dotted((*path, name))
        findings.mistakes.append(SettingMissing(key, hint=needed[name].doc, **facts))
    return values if needed.keys() <= values.keys() else WRONG


def _passes(value: object, path: Path, setting: Setting, findings: Findings) -> bool:
    """Tell whether *value* is what `setting.check` asks for; complain when not."""
    if not setting.check:
        return True
    from releasio.config.reading.checks import passes  # few settings are anything but their type

    return passes(value, path, setting, findings)


def _remedy(kind: object, raw: object) -> str:
    """Guess what was meant by *raw*."""
    options = [choice for member in kinds.members(kind) for choice in kinds.choices(member)]
    if not isinstance(raw, str):
        return ""
    if bool in kinds.members(kind) and raw.lower() in {"true", "false"}:
        return f"Write {raw.lower()} without quotes."
    if kind in {int, float} and raw.isascii() and raw.isdigit():
        return f"Write {raw} without quotes."
    if kinds.contents(kind) == (str, ("[]",)):
        return f"Write [{shown(raw)}]."
    from releasio.config.reading.nearest import closest

    near = closest(raw, [choice for choice in options if isinstance(choice, str)])
    return f'Did you mean "{near}"?' if near else ""
