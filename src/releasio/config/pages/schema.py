"""The JSON Schema of a settings file, for editors and for checks."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from releasio.config.reading import kinds
from releasio.config.setting import REQUIRED, WEEK, Setting, Table
from releasio.config.tables.model import Config

if TYPE_CHECKING:
    from releasio.text.json_text import Json

DIALECT = "https://json-schema.org/draft/2020-12/schema"
TYPES = {bool: "boolean", int: "integer", float: "number", str: "string"}


def json_schema() -> dict[str, Any]:
    """
    Return the schema of `.releasio.toml`, or of the table `[tool.releasio]`.

    Whatever the loader takes, the schema takes. Not the other way round: it
    does not see credentials in addresses.
    """
    return {"$schema": DIALECT, "title": "releasio settings", **_table(Config)}


def plain(value: object) -> Json:
    """Return *value*, of any setting, as JSON would hold it."""
    match value:
        case Table():
            return {name: plain(getattr(value, name)) for name in value.settings}
        case tuple():
            return [plain(member) for member in value]
        case MappingProxyType() | dict():
            return {name: plain(member) for name, member in value.items()}
        case _:
            return value


def _table(table: type[Table]) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "type": "object",
        "description": (table.__doc__ or "").strip(),
        "additionalProperties": False,
        "properties": {},
    }
    for name, kind in kinds.kinds(table).items():
        setting = table.settings[name]
        if setting.rest:
            schema["additionalProperties"] = _value(kinds.contents(kind)[0], setting)
        else:
            schema["properties"][name] = _property(kind, setting)
    if required := [name for name, field in table.settings.items() if field.default is REQUIRED]:
        schema["required"] = required
    return schema


def _property(kind: object, setting: Setting) -> dict[str, Any]:
    schema = {**_value(kind, setting), "description": _description(setting)}
    if setting.dead:
        schema["deprecated"] = True
    if not (setting.default is REQUIRED or setting.default is None or kinds.is_table(kind)):
        schema["default"] = plain(setting.default)
    return schema


def _description(setting: Setting) -> str:
    if setting.dead:
        return f"No effect: {setting.dead}. It was: {setting.doc}"
    return f"{setting.doc} No effect yet: {setting.later}." if setting.later else setting.doc


def _value(kind: object, setting: Setting) -> dict[str, Any]:
    options = [_member(member, setting) for member in kinds.members(kind)]
    return options[0] if len(options) == 1 else {"anyOf": options}


def _member(kind: object, setting: Setting) -> dict[str, Any]:
    inner, step = kinds.contents(kind)
    if kinds.is_table(kind):
        table = _table(kind)
        return {"anyOf": [{"type": "string"}, table]} if kind.shorthand else table
    if step == ("[]",):
        return {"type": "array", "items": _value(inner, setting)}
    if step == ("*",):
        return {"type": "object", "additionalProperties": _value(inner, setting)}
    if options := kinds.choices(kind):
        return {"enum": list(options)}
    schema: dict[str, Any] = {"type": TYPES[inner]}
    if setting.check == "regex":
        schema["format"] = "regex"
    elif setting.check in {"positive", "seconds"}:
        schema["exclusiveMinimum"] = 0
        if setting.check == "seconds":
            schema["maximum"] = WEEK
    elif setting.check == "patience":
        schema |= {"minimum": 0, "maximum": WEEK}
    return schema
