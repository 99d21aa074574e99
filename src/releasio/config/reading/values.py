"""From what TOML or a variable holds to what the classes of `model` hold."""

from __future__ import annotations

import math
import warnings
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from releasio.config.reading import kinds
from releasio.config.reading.forge_flaws import FORGE_FLAWS
from releasio.config.reading.mistakes import Said, dotted, shown
from releasio.config.reading.version_flaws import VERSION_FLAWS
from releasio.config.setting import REQUIRED, WEEK, Setting, Table
from releasio.errors.config import (
    BadPattern,
    BadTagPrefix,
    CredentialInSettings,
    PathOutside,
    SettingMissing,
    TokenInSettings,
    UnknownSetting,
    WrongSetting,
)
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from releasio.config.reading.locate import Path
    from releasio.config.reading.mistakes import Findings
    from releasio.errors.config import ConfigError

# git check-ref-format
_NOT_IN_A_REF = pattern(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/.]|/\.|\.lock(?:/|$)|.[/.]$")

# what an index's token looks like
_TOKEN = pattern(r"pypi-[\w-]{16,}")

WRONG: Any = object()  # stands for a value that has been complained about


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


def read_key(table: type[Table], name: str, raw: object, path: Path, findings: Findings) -> Any:  # noqa: ANN401 -- a value of any key
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


def read_value(kind: Any, raw: object, path: Path, setting: Setting, findings: Findings) -> Any:  # noqa: ANN401 -- a value of any key
    """Return *raw* as a value of *kind*, `WRONG` after a complaint."""
    for member in kinds.members(kind):
        if kinds.is_table(member) and isinstance(raw, str) and member.shorthand:
            whole = member.settings[member.shorthand]
            return {member.shorthand: raw} if _passes(raw, path, whole, findings) else WRONG
        if _fits(member, raw):
            return _convert(member, raw, path, setting, findings)
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


def _fits(kind: Any, raw: object) -> bool:  # noqa: ANN401 -- a type form
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


def _convert(kind: Any, raw: Any, path: Path, setting: Setting, findings: Findings) -> Any:  # noqa: ANN401 -- as read_value
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


def _read_whole(table: type[Table], raw: dict[str, Any], path: Path, findings: Findings) -> Any:  # noqa: ANN401 -- values or WRONG
    """Read a table that nothing else adds to: keys without default must be there."""
    values = read_table(table, raw, path, findings)
    needed = {
        name: setting for name, setting in table.settings.items() if setting.default is REQUIRED
    }
    for name in needed.keys() - raw.keys():
        facts = findings.source.facts(path)
        key = dotted((*path, name))
        findings.mistakes.append(SettingMissing(key, hint=needed[name].doc, **facts))
    return values if needed.keys() <= values.keys() else WRONG


def _passes(value: Any, path: Path, setting: Setting, findings: Findings) -> bool:  # noqa: ANN401 -- as read_value
    """Tell whether *value* is what `setting.check` asks for; complain when not."""
    key = dotted(path)
    mistake: ConfigError | None = None
    facts = findings.source.facts
    match setting.check:
        case "regex" if problem := _pattern_problem(value):
            mistake = BadPattern(key, found=shown(value), problem=problem, **facts(path))
        case "url" | "interface" if "@" in value or "?" in value:
            mistake = CredentialInSettings(key, **facts(path))
        case "tag" if _NOT_IN_A_REF.search(_tag_like(value)):
            mistake = BadTagPrefix(key, found=shown(value), **facts(path))
        case "path" | "template" if _leads_out(value, setting.check):
            mistake = PathOutside(key, found=shown(value), **facts(path))
        case "word" if _TOKEN.search(value):
            mistake = TokenInSettings(key, **facts(path))
        case (
            "positive"
            | "seconds"
            | "patience"
            | "branch"
            | "version"
            | "calver"
            | "range"
            | "version-pattern"
            | "user"
            | "word"
            | "audience"
            | "owner"
            | "repository"
            | "interface"
            | "workflow"
            | "title"
        ) as check if expected := _lacking(check, value):
            mistake = WrongSetting(
                key, found=shown(value), expected=expected, hint="", **facts(path)
            )
    if mistake:
        findings.mistakes.append(mistake)
    return mistake is None


def _lacking(check: str, value: Any) -> str:  # noqa: ANN401 -- as read_value
    """Return what *value* must be and is not; empty when it is."""
    match check:
        case "positive" | "seconds" | "patience":
            return _beyond(value, check)
        case "branch" if not value or _NOT_IN_A_REF.search(value):
            return "the name of a branch"
        case "user" if not value.strip() or ":" in value or not value.isprintable():
            return "a user name, without a colon"
        case "word" if not value.strip() or "\0" in value:
            return "a word"
        case "audience":
            return _not_an_own_audience(value)
    flaw_of = VERSION_FLAWS.get(check) or FORGE_FLAWS.get(check)
    return flaw_of(value) if flaw_of else ""


def _not_an_own_audience(value: str) -> str:
    from releasio.rules.identity.audience import taker

    if not value.strip() or not value.isprintable():
        return "a word"
    return "an audience that only this index has" if taker(value) else ""


def _beyond(value: float, check: str) -> str:
    if value > WEEK and check != "positive":
        return f"at most {WEEK}, a week in seconds"
    if check == "patience":
        return "0 or more" if value < 0 else ""
    return "more than 0" if value <= 0 else ""


def _tag_like(text: str) -> str:
    """Return the name of a tag that a prefix or template leads to."""
    example = text.replace("{name}", "name")
    return example.replace("{version}", "1") if "{version}" in example else f"{example}1"


def _leads_out(path: str, check: str) -> bool:
    """Tell whether *path*, read as on any system, is not that of a file below here."""
    if check == "template":
        from releasio.rules.notes.templates.source import is_inline

        if not path or is_inline(path):
            return False
    parts = path.replace("\\", "/").split("/")
    return not {"", "..", ".git"}.isdisjoint(parts) or ":" in parts[0] or "\0" in path


def _pattern_problem(pattern: str) -> str:
    from releasio.rules.running.own_pattern import problem_of

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python's plans for odd patterns are not our user's
        return problem_of(pattern)


def _remedy(kind: Any, raw: object) -> str:  # noqa: ANN401 -- a type form
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
