"""Settings from the environment: `RELEASIO_<SECTION>_<KEY>`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.config.reading import kinds
from releasio.config.reading.mistakes import Source
from releasio.config.tables.model import Config
from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.config.reading.kinds import Key
    from releasio.config.setting import Table

PREFIX = "RELEASIO_"
# never settings: their values are not even looked at here
CREDENTIALS = ("RELEASIO_TOKEN", "RELEASIO_OIDC_TOKEN", "RELEASIO_SIGSTORE_ID_TOKEN")
# what a hook is told, all of it; a releasio that a hook calls finds them in its environment
HOOK = frozenset(
    f"RELEASIO_{name}"
    for name in ("VERSION", "PREV_VERSION", "OLD_VERSION", "BUMP_TYPE", "TAG", "BRANCH", "REPO")
) | {"RELEASIO_DATE", "RELEASIO_PROJECT_PATH"}
ACTION = "RELEASIO_ACTION_"  # inputs of the GitHub Action, meant for its own script

_YES = {"true", "yes", "on", "1"}
_NO = {"false", "no", "off", "0"}


@frozen
class Variable:
    """One variable that sets something."""

    source: Source
    path: tuple[str, ...]
    raw: object


def read_environment(env: Mapping[str, str]) -> tuple[list[Variable], list[str]]:
    """
    Return the settings in *env*, and a notice for each variable that looks like one.

    Empty variables count as not set: CI passes inputs nobody filled in as such.
    """
    candidates = sorted(name for name in env if name.startswith(PREFIX) and not _is_other(name))
    if not candidates:
        return [], []
    known_variables = variables()
    found = [
        Variable(
            Source(name), known_variables[name].path, parse(known_variables[name].kind, env[name])
        )
        for name in candidates
        if name in known_variables and env[name].strip()
    ]
    hook_variables = HOOK if env.keys() >= HOOK else frozenset()
    return found, [
        _unknown(n, known_variables)
        for n in candidates
        if n not in known_variables and n not in hook_variables
    ]


def variables() -> dict[str, Key]:
    """Return the setting of each variable there is."""
    return {f"{PREFIX}{'_'.join(key.path).upper()}": key for key in _settable(Config, ())}


def parse(kind: object, text: str) -> object:
    """Return *text* as TOML would have given it; as it is when it is not of *kind*."""
    step = kinds.contents(kind)[1]
    if step in {("[]",), ("*",)}:
        return _structure(text.strip(), is_list=step == ("[]",))
    for member in kinds.members(kind):
        if member is bool and text.strip().lower() in _YES | _NO:
            return text.strip().lower() in _YES
        if member in {int, float} or isinstance(next(iter(kinds.choices(member)), None), int):
            return _number(text)
    return text


def _settable(table: type[Table], path: tuple[str, ...]) -> Iterator[Key]:
    """Yield the keys with a name of their own; lists and tables of tables count whole."""
    for name, kind in kinds.kinds(table).items():
        setting = table.settings[name]
        if kinds.is_table(kind):
            yield from _settable(kind, (*path, name))
        elif not setting.rest:
            yield kinds.Key((*path, name), setting, kind)


def _structure(text: str, *, is_list: bool) -> object:
    import json

    if is_list and not text.startswith("["):
        return [part.strip() for part in text.split(",") if part.strip()]
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _number(text: str) -> object:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text


def _is_other(name: str) -> bool:
    return (
        name.startswith((*(f"{credential}_" for credential in CREDENTIALS), ACTION))
        or name in CREDENTIALS
    )


def _unknown(name: str, known_variables: Mapping[str, Key]) -> str:
    from releasio.config.reading.nearest import closest

    near = closest(
        name.removeprefix(PREFIX), [variable.removeprefix(PREFIX) for variable in known_variables]
    )
    guess = f"; did you mean {PREFIX}{near}?" if near else ""
    return f"the environment variable {name} is not a setting and is ignored{guess}"
