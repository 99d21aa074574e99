"""A settings file that gets one line more."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.config.rewriting import with_setting

HERE, IN_MANIFEST = ("config_version",), ("tool", "releasio", "config_version")
LINES = st.sampled_from(
    [
        *("[a]", "[a.b]", "[[c]]", "[tool]", "[tool.releasio]", "[tool.releasio.x]", "[tool.z]"),
        *("x = 1", "y.z = 2  ", "tool.q = 1", "tool.releasio.m = 1", "config_version = 2 # old"),
        *("# c", "  # c ", "", "\t", "k = [\n  1, # one\n  2,\n]", "n = { a = 1 , b.c = 2 }"),
        *("s = '''\nab\n'''", "'q q' = 1", "u = 0xFF", "d = 1979-05-27T07:32:00Z", "x.'a b'.c = 3"),
    ]
)


@pytest.mark.parametrize(
    ("text", "path", "expected"),
    [
        ("", HERE, "config_version = 3\n"),
        ("\ufeff# ours\n", HERE, "\ufeff# ours\nconfig_version = 3\n"),
        ("mode = 'direct'\n\n[a]\n", HERE, "mode = 'direct'\nconfig_version = 3\n\n[a]\n"),
        ("[project]\n", IN_MANIFEST, "[project]\n\n[tool.releasio]\nconfig_version = 3\n"),
        (
            "[project]\r\n",
            IN_MANIFEST,
            "[project]\r\n\r\n[tool.releasio]\r\nconfig_version = 3\r\n",
        ),
        (
            "[tool.releasio.hooks]\nbuild = 'x'  # run\n",
            IN_MANIFEST,
            "[tool.releasio]\nconfig_version = 3\n\n[tool.releasio.hooks]\nbuild = 'x'  # run\n",
        ),
    ],
)
def test_a_line_goes_where_its_table_ends(text: str, path: tuple[str, ...], expected: str) -> None:
    assert expected == with_setting(text, path, 3)


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("x.'a b'.c = 3", HERE),  # tomlkit goes on in the same line
        ("[tool.releasio.hooks]  # run\n", IN_MANIFEST),  # tomlkit takes the comment along
        ("not TOML", HERE),
        ("tool = 1\n", IN_MANIFEST),
        ("tool = {}\n", IN_MANIFEST),
        ("tool.q = 1\nconfig_version = 2\n", IN_MANIFEST),  # tomlkit writes no TOML
        ("[tool]\nreleasio = 1\n", IN_MANIFEST),
        ("[[tool]]\n", IN_MANIFEST),
        ("[[tool.releasio]]\n", IN_MANIFEST),
    ],
)
def test_what_would_change_elsewhere_is_not_changed(text: str, path: tuple[str, ...]) -> None:
    assert with_setting(text, path, 3) is None


@given(st.lists(LINES, max_size=7), st.sampled_from([HERE, IN_MANIFEST]))
def test_all_else_stays_in_whatever_order(lines: list[str], path: tuple[str, ...]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    try:
        expected = table = tomllib.loads(text)
        for name in path[:-1]:
            table = table.setdefault(name, {})
    except (tomllib.TOMLDecodeError, AttributeError):  # no TOML, or another kind of `tool`
        return
    table["config_version"] = 3
    edited = with_setting(text, path, 3)

    assert edited is None or expected == tomllib.loads(edited)


def test_a_list_of_tables_stands_on_the_line_of_its_key() -> None:
    routes = [{"tag": "v*-dev-*", "registry": "testpypi"}]
    edited = with_setting('[publish]\nregistry = "pypi"\n', ("publish", "routes"), routes)

    expected = 'routes = [{tag = "v*-dev-*", registry = "testpypi"}]\n'
    assert f'[publish]\nregistry = "pypi"\n{expected}' == edited
