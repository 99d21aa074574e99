"""`releasio config upgrade`: what the newest `config_version` would change for this project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.config.reading.generations import CHANGED, NEWEST, in_any_case, with_new_default
from releasio.config.reading.places import DOTFILE, MANIFEST, TABLE
from releasio.errors.base import ReleasioError
from releasio.errors.config import SettingsNotRewritten
from releasio.frozen import replace
from releasio.release.changed_defaults import new_effects, old_effects
from releasio.release.reading.gather import gather
from releasio.rules.bump.request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from releasio.cli.context import App
    from releasio.config.reading.load import Settings

_LINE = f"config_version = {NEWEST}"


def show_upgrade(app: App, *, execute: bool) -> None:
    """
    Show every default that changed, and what each does to the next release of this project.

    Args:
        app: The command.
        execute: Write the newest `config_version` into the settings file.

    Raises:
        SettingsNotRewritten: That would change more of it.
    """
    settings = app.settings
    old = settings.config.config_version
    old_keys = _kept(settings)
    differences = _differences(app, settings, old_keys)
    app.screen.say(_headline(settings, old), bold=True)
    rows = [_row(settings, default.key, old_keys, differences) for default in CHANGED]
    for row in rows:
        _show(app, row)
    patterns = in_any_case(settings.config) if old < NEWEST else ()
    for key in patterns:
        app.screen.say()
        app.screen.say(key, bold=True)
        app.screen.say("  matches in any case now, and as it is written then")
        app.screen.say("  to keep that: begin the expression with (?i)")
    app.document["upgrade"] = {
        "config_version": old,
        "newest": NEWEST,
        "defaults": rows,
        "patterns": list(patterns),
        "written": False,
    }
    app.screen.say()
    file = settings.source or _file_to_be(app.path.absolute())
    if old == NEWEST and "config_version" in settings.origins:
        app.screen.say(f"{file.name} needs no change.")
    elif execute:
        _write(file)
        app.document["upgrade"]["written"] = True
        app.screen.say(f"Wrote {_LINE} to {file.name}.")
    else:
        app.screen.say(
            f"To have the new ones: {_LINE} in {file.name}, which --execute writes. Nothing was "
            "written."
        )


def _kept(settings: Settings) -> frozenset[str]:
    """Return the keys whose old default is in force only because of `config_version`."""
    origin = f"config_version = {settings.config.config_version}"
    return frozenset(default.key for default in CHANGED if settings.origins[default.key] == origin)


def _differences(app: App, settings: Settings, old_keys: frozenset[str]) -> Mapping[str, str]:
    """Return what the other default of each key would do to the next release; empty: nothing."""
    try:
        with app.world() as world:
            if not old_keys:
                facts = gather(world, settings, Request(finish=False))
                return {effect.changed.key: effect.difference for effect in old_effects(facts)}
            config = settings.config
            for changed_default in CHANGED:
                if changed_default.key in old_keys:
                    config = with_new_default(config, changed_default)
            # read by the new defaults, which look at more files
            facts = gather(world, replace(settings, config=config), Request(finish=False))
            chosen_keys = frozenset(
                default.key for default in CHANGED if default.key not in old_keys
            )
            effects = new_effects(facts, settings.config, chosen_keys)
            return {effect.changed.key: effect.difference for effect in effects}
    except ReleasioError as error:
        app.screen.note(f"what it does to the next release is not known: {error}")
        return {}


def _row(
    settings: Settings, key: str, old_keys: frozenset[str], differences: Mapping[str, str]
) -> dict[str, Any]:
    changed_default = next(default for default in CHANGED if default.key == key)
    is_chosen = key in settings.origins and key not in old_keys
    return {
        "key": key,
        "before": changed_default.before,
        "after": changed_default.after,
        "keep": changed_default.line,
        "chosen": settings.origins[key] if is_chosen else None,
        "difference": differences.get(key) or None,
    }


def _show(app: App, row: Mapping[str, Any]) -> None:
    say = app.screen.say
    say()
    say(str(row["key"]), bold=True)
    say(f"  2.x: {row['before']}")
    say(f"  {NEWEST}: {row['after']}")
    if row["chosen"]:
        say(f"  stays as it is: {row['chosen']} sets it")
        return
    say(f"  the next release: {row['difference'] or 'the same'}")
    say(f"  keeps the old one: {row['keep']}")


def _headline(settings: Settings, old: int) -> str:
    if old < NEWEST:
        return f"config_version {old} -> {NEWEST}: what changes"
    if "config_version" in settings.origins:
        return f"config_version = {NEWEST} is the newest; what the old defaults would change"
    return "No config_version: the newest defaults are in force; what the old ones would change"


def _file_to_be(folder: Path) -> Path:
    """Return the file that settings go to where there are none yet."""
    manifest = folder / MANIFEST
    return manifest if manifest.is_file() else folder / DOTFILE


def _write(file: Path) -> None:
    from releasio.config.rewriting import with_setting
    from releasio.world.plain_file import read_if_there, write_whole

    table = TABLE if file.name == MANIFEST else ()
    text = (read_if_there(file) or b"").decode("utf-8")
    edited = with_setting(text, (*table, "config_version"), NEWEST)
    if edited is None:
        raise SettingsNotRewritten(file.name, _LINE)
    write_whole(file, edited.encode("utf-8"))
