"""Whatever stands in the file or the environment, loading ends in settings or in mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from releasio.config.pages.schema import json_schema
from releasio.config.reading.environment import variables
from releasio.config.reading.kinds import keys
from releasio.config.reading.load import load
from releasio.config.reading.locate import locate
from releasio.config.tables.model import Config
from releasio.errors.config import ConfigProblems
from tests.config.places import write

if TYPE_CHECKING:
    from releasio.config.reading.load import Settings

VALIDATOR = Draft202012Validator(json_schema())
PATHS = sorted({key.path for key in keys(Config)})
NAMES = st.sampled_from(sorted({part for path in PATHS for part in path} | {"x", "a b", "é", ""}))

SCALARS = (
    st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["direct", "required", "beta", "(", "[a-z]+", "v*", "https://a@b", "1", ""])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5)
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def trees(draw: st.DrawFn) -> dict[str, Any]:
    """Draw a settings file that is often right in places and wrong in others."""
    tree: dict[str, Any] = {}
    for path in draw(st.lists(st.sampled_from(PATHS), max_size=6)):
        table, value = tree, draw(VALUES)
        for part in path[:-1]:
            if part != "[]":
                table = table.setdefault(part.replace("*", draw(NAMES)), {})
            if not isinstance(table, dict):
                break
        else:
            table[path[-1]] = value
    return tree


def as_toml(value: object) -> str:
    """Write *value* as inline TOML; JSON strings are TOML strings once DEL is escaped."""
    match value:
        case dict():
            return "{" + ", ".join(f"{_key(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
        case list():
            return f"[{', '.join(map(as_toml, value))}]"
        case str():
            return _key(value)
        case float():
            return repr(value) if "." in repr(value) else f"{value:.1f}"
        case _:
            return json.dumps(value)


def _key(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def words(result: Settings | ConfigProblems) -> str:
    """Return every word that a user could be shown."""
    if isinstance(result, ConfigProblems):
        return "".join(f"{one}{one.hint}" for one in result.problems)
    return "".join([*result.notices, *result.origins, *result.origins.values()])


def attempt(files: dict[str, str], env: dict[str, str]) -> Settings | ConfigProblems:
    """Load, in a directory of its own."""
    with TemporaryDirectory() as directory:
        write(Path(directory), {".git": "", **files})
        try:
            found = load(Path(directory), env)
        except ConfigProblems as problems:
            return problems
        return found


class TestLoading:
    @settings(max_examples=200, deadline=None)
    @given(tree=trees())
    def test_ends_in_settings_or_mistakes_and_the_schema_takes_what_it_takes(
        self, tree: dict[str, Any]
    ) -> None:
        text = "".join(f"{_key(name)} = {as_toml(value)}\n" for name, value in tree.items())

        result = attempt({".releasio.toml": text}, {})

        assert words(result).isprintable()
        if not isinstance(result, ConfigProblems):
            assert [] == list(VALIDATOR.iter_errors(tree))

    @settings(max_examples=100, deadline=None)
    @given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
    def test_takes_no_offence_at_any_bytes(self, text: str) -> None:
        result = attempt({".releasio.toml": text}, {})

        assert words(result).isprintable()

    @settings(max_examples=100, deadline=None)
    @given(name=st.sampled_from(sorted(variables())), text=st.text(max_size=12) | VALUES.map(str))
    def test_takes_no_offence_at_any_variable(self, name: str, text: str) -> None:
        result = attempt({}, {name: text})

        assert words(result).isprintable()


class TestLocating:
    @settings(max_examples=200, deadline=None)
    @given(tree=trees())
    def test_finds_every_key_at_the_top(self, tree: dict[str, Any]) -> None:
        text = "".join(f"{_key(name)} = {as_toml(value)}\n" for name, value in tree.items())

        lines = locate(text)

        assert list(range(1, len(tree) + 1)) == sorted(
            line for path, line in lines.items() if len(path) == 1
        )

    @given(text=st.text(alphabet="[]{}\"'=.,#\\\n ab", max_size=60))
    def test_ends_on_any_text(self, text: str) -> None:
        locate(text)
