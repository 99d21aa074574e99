"""Settings of a project: its file, then the environment, then the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard, cast

from releasio.config.reading import kinds
from releasio.config.reading.environment import read_environment
from releasio.config.reading.generations import as_before, frozen_defaults
from releasio.config.reading.mistakes import Findings, Source, dotted, shown
from releasio.config.reading.places import find
from releasio.config.reading.values import complete, read_table
from releasio.config.tables.model import Config
from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from releasio.config.reading.mistakes import Said
    from releasio.config.setting import Table

NOTHING: Mapping[str, object] = {}


class Origins(Mapping[str, str]):
    """
    Where each setting comes from, by dotted key; `default` for those nobody set.

    Lines are looked up when somebody asks, since most runs never do.
    """

    def __init__(self) -> None:
        self._places: dict[str, tuple[Source, tuple[str, ...]]] = {}

    def note(self, path: tuple[str, ...], source: Source) -> None:
        """Remember that *source* sets the key *path*; later words win."""
        self._places[dotted(path)] = source, path

    def __getitem__(self, key: str) -> str:
        source, path = self._places.get(key, (None, ()))
        return source.place(path) if source else "default"

    def by_hand(self, key: str) -> bool:
        """Whether the environment or an option sets *key*, for this run alone."""
        return key in self._places and self._places[key][0].path is None

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


@frozen
class Settings:
    """
    The settings in force.

    Attributes:
        config: The values.
        origins: By dotted key: `.releasio.toml:12`, `RELEASIO_MODE`, `--registry` or `default`.
        notices: Sentences for the user about settings without effect.
        source: The file that was read, if any.
        by_hand: The dotted keys that the environment or an option sets, for this run alone.
    """

    config: Config
    origins: Mapping[str, str]
    notices: tuple[str, ...]
    source: Path | None
    by_hand: frozenset[str] = frozenset()

    @property
    def undated(self) -> bool:
        """Whether there is a file that does not say for which defaults it was written."""
        return self.source is not None and "config_version" not in self.origins


class Layer(NamedTuple):
    """What one source sets."""

    source: Source
    raw: object


def load(
    directory: Path, env: Mapping[str, str], overrides: Mapping[str, object] = NOTHING
) -> Settings:
    """
    Return the settings of the project in *directory*.

    Args:
        directory: Where the search for a settings file starts.
        env: The process environment; credentials in it are not looked at.
        overrides: Dotted key -> value, from options; `None` stands for "not given".

    Raises:
        ConfigProblems: With every mistake that was found, in all sources.
    """
    settings_file = find(directory)
    variables, notices = read_environment(env)
    layers = [Layer(settings_file.source, settings_file.raw)] if settings_file else []
    layers += [
        Layer(variable.source, _nested(variable.path, variable.raw)) for variable in variables
    ]
    layers += [
        Layer(
            Source(f"--{key.rpartition('.')[2].replace('_', '-')}"), _nested(key.split("."), value)
        )
        for key, value in overrides.items()
        if value is not None
    ]
    if settings_file and settings_file.ignored:
        notices.append(
            f"{settings_file.source.name} is read alone: the settings in {settings_file.ignored} "
            "have no effect"
        )
    return _combined(
        [*_frozen(layers), *layers], notices, settings_file.file if settings_file else None
    )


def _frozen(layers: Iterable[Layer]) -> Iterator[Layer]:
    """Yield what `config_version` keeps, which every other source may change."""
    dated = [(raw["config_version"], source) for source, raw in layers if _is_dated(raw)]
    if dated and (raw := frozen_defaults(dated[-1][0])):
        version, source = dated[-1]
        yield Layer(Source(f"config_version = {version}", path=source.path or source.name), raw)


def _is_dated(raw: object) -> TypeGuard[Mapping[str, object]]:
    return isinstance(raw, dict) and "config_version" in raw


def _combined(layers: Iterable[Layer], notices: list[str], source: Path | None) -> Settings:
    values: dict[str, Any] = {}
    origins = Origins()
    mistakes = []
    for layer in layers:
        findings = Findings(layer.source, [], [])
        read = _read(layer, findings)
        mistakes += sorted(findings.mistakes, key=lambda mistake: mistake.line or 0)
        notices += _sentences(layer.source, findings.said)
        for path in _paths(Config, read, ()):
            origins.note(path, layer.source)
        _merge(values, read)
    if mistakes:
        from releasio.errors.config import ConfigProblems

        raise ConfigProblems(tuple(mistakes))
    as_before(values)
    by_hand = frozenset(filter(origins.by_hand, origins))
    if "publish.registry" in by_hand:
        # what is named for this run goes there and nowhere else
        for key in {"publish.routes", "publish.staging"} - by_hand:
            values["publish"].pop(key.removeprefix("publish."), None)
    config = cast("Config", complete(Config, values))
    return Settings(config, origins, tuple(notices), source, by_hand)


def _read(layer: Layer, findings: Findings) -> dict[str, Any]:
    if isinstance(layer.raw, dict):
        return read_table(Config, layer.raw, (), findings)
    from releasio.errors.config import WrongSetting

    findings.mistakes.append(
        WrongSetting(
            "tool.releasio",
            found=shown(layer.raw),
            expected="a table",
            hint="",
            **layer.source.facts(()),
        )
    )
    return {}


def _nested(path: Iterable[str], raw: object) -> object:
    for part in reversed(list(path)):
        raw = {part: raw}
    return raw


def _merge(into: dict[str, Any], layer: dict[str, Any]) -> None:
    for name, value in layer.items():
        if isinstance(value, dict):
            _merge(into.setdefault(name, {}), value)
        else:
            into[name] = value


def _paths(table: type[Table], values: dict[str, Any], path: tuple[str, ...]) -> Iterator[Any]:
    """Yield the path of every key in *values*."""
    for name, value in values.items():
        setting_path = path if table.settings[name].rest else (*path, name)
        inner, step = kinds.contents(kinds.kinds(table)[name])
        if step == ("*",) and kinds.is_table(inner):
            for entry, entry_values in value.items():
                yield from _paths(inner, entry_values, (*setting_path, entry))
        elif kinds.is_table(inner) and step == ():
            yield from _paths(inner, value, setting_path)
        else:
            yield setting_path


def _sentences(source: Source, notices: Iterable[Said]) -> Iterator[str]:
    """Yield one sentence per reason, naming all keys it is true for."""
    reasons: dict[str, list[Said]] = {}
    for notice in notices:
        reasons.setdefault(notice.sentence, []).append(notice)
    for sentence, group in reasons.items():
        names = ", ".join(f"`{dotted(notice.path)}`" for notice in group)
        place = source.place(group[0].path) if len(group) == 1 else source.name
        yield f"{names} ({place}) {'has' if len(group) == 1 else 'have'} {sentence}"
