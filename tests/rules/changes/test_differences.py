from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.config.tables.changes import ChangesConfig
from releasio.rules.changes.differences import differences
from releasio.rules.changes.effect import Effect, with_levels
from releasio.rules.changes.promises import Promises
from releasio.rules.versions.version import Level

if TYPE_CHECKING:
    from collections.abc import Mapping


def told(before: Promises, after: Promises) -> list[tuple[str, str]]:
    return [(effect.text, effect.kind) for effect in differences(before, after)]


class TestPython:
    @pytest.mark.parametrize(
        ("before", "after", "kind"),
        [
            (">=3.9", ">=3.11", "dropped"),
            ("", ">=3.9", "dropped"),
            (">=3.9", ">=3.9,<3.14", "dropped"),
            (">=3.9", "!=3.10.*,>=3.9", "dropped"),
            (">=3.11", ">=3.9", "metadata"),
            (">=3.9,<3.14", ">=3.9,<3.15", "metadata"),
            (">=3.9", "", "metadata"),
            (">=3.9", "^3.9 || ^4", "metadata"),
        ],
    )
    def test_is_dropped_where_one_does_not_fit_any_more(
        self, before: str, after: str, kind: str
    ) -> None:
        old, new = (f"`{text}`" if text else "any" for text in (before, after))
        text = f"requires-python: {old} -> {new}"

        assert [(text, kind)] == told(Promises(before), Promises(after))

    @pytest.mark.parametrize(
        ("before", "after"), [(">=3.9,<4", "<4.0, >=3.9"), (">=3.9", ">= 3.9"), ("", "")]
    )
    def test_the_same_in_other_words_is_no_difference(self, before: str, after: str) -> None:
        assert [] == told(Promises(before), Promises(after))


class TestDependencies:
    @pytest.mark.parametrize(
        ("before", "after", "text"),
        [
            ("", "attrs>=23", "new dependency attrs `>=23`"),
            ("", "attrs", "new dependency attrs"),
            ("six", "", "no dependency on six any more"),
            ("httpx>=0.27", "httpx>=0.28", "dependency httpx: `>=0.27` -> `>=0.28`"),
            ("httpx", "httpx[http2]", "dependency httpx: any -> `[http2]`"),
            (
                "tomli; python_version < '3.11'",
                "tomli>=2; python_version < '3.11'",
                "dependency tomli: `; python_version < '3.11'` -> `>=2; python_version < '3.11'`",
            ),
            ("odd !", "odd ?", "dependency odd: `!` -> `?`"),
        ],
    )
    def test_what_is_different(self, before: str, after: str, text: str) -> None:
        old, new = (tuple(filter(None, [line])) for line in (before, after))

        assert [(text, "metadata")] == told(Promises(dependencies=old), Promises(dependencies=new))

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("httpx>=0.27,<1", "httpx<1,>=0.27"),
            ("My.Package", "my-package"),
            ("tomli; python_version<'3.11'", 'tomli ; python_version < "3.11"'),
            ("httpx[a,b]", "httpx[b, a]"),
        ],
    )
    def test_the_same_in_other_words_is_no_difference(self, before: str, after: str) -> None:
        assert [] == told(Promises(dependencies=(before,)), Promises(dependencies=(after,)))

    def test_in_another_order_and_for_several_markers(self) -> None:
        old = ("a", "numpy<2; python_version < '3.10'", "numpy>=2; python_version >= '3.10'")

        assert [] == told(Promises(dependencies=old), Promises(dependencies=old[::-1]))


class TestExtras:
    @pytest.mark.parametrize(
        ("before", "after", "expected"),
        [
            ({}, {"fast": ("orjson",)}, ("new extra fast", "metadata")),
            ({"fast": ("orjson",)}, {}, ("extra fast is gone", "dropped")),
            (
                {"fast": ("orjson>=3",)},
                {"fast": ("orjson>=4",)},
                ("extra fast: dependency orjson: `>=3` -> `>=4`", "metadata"),
            ),
        ],
    )
    def test_of_users(
        self,
        before: Mapping[str, tuple[str, ...]],
        after: Mapping[str, tuple[str, ...]],
        expected: tuple[str, str],
    ) -> None:
        assert [expected] == told(Promises(extras=before), Promises(extras=after))

    def test_by_another_spelling_of_their_name_are_the_same(self) -> None:
        old, new = Promises(extras={"Fast_Json": ("a",)}), Promises(extras={"fast-json": ("a",)})

        assert [] == told(old, new)

    @pytest.mark.parametrize("name", ["dev", "test", "docs", "lint"])
    def test_of_those_who_work_on_the_project_do_not_count(self, name: str) -> None:
        old, new = Promises(extras={name: ("pytest>=7",)}), Promises(extras={name: ("pytest>=8",)})

        assert [] == told(old, new) + told(new, Promises(extras={}))


class TestEntryPoints:
    @pytest.mark.parametrize(
        ("group", "before", "after", "expected"),
        [
            ("console_scripts", "", "a:b", [("new command demo", "metadata")]),
            ("console_scripts", "a:b", "", [("command demo is gone", "dropped")]),
            ("console_scripts", "a:b", "a:c", []),
            ("pytest11", "", "a", [("new entry point demo of pytest11", "metadata")]),
            ("pytest11", "a", "", [("entry point demo of pytest11 is gone", "dropped")]),
            ("pytest11", "a", "b", [("entry point demo of pytest11: `a` -> `b`", "metadata")]),
        ],
    )
    def test_what_is_different(
        self, group: str, before: str, after: str, expected: list[tuple[str, str]]
    ) -> None:
        old, new = ({group: {"demo": target} if target else {}} for target in (before, after))

        assert expected == told(Promises(entry_points=old), Promises(entry_points=new))


def test_what_is_not_known_is_not_compared() -> None:
    said = Promises(">=3.9", ("httpx",), {"a": ()}, {"console_scripts": {"a": "b"}})

    assert [] == told(said, Promises()) + told(Promises(), said)


class TestLevels:
    @pytest.mark.parametrize(
        ("settings", "levels"),
        [
            (ChangesConfig(), [Level.PATCH, Level.MINOR]),
            (ChangesConfig(dropped="major"), [Level.PATCH, Level.MAJOR]),
            (ChangesConfig(dropped="patch"), [Level.PATCH, Level.PATCH]),
            (ChangesConfig(metadata="major"), [Level.MAJOR, Level.MAJOR]),
            (ChangesConfig(metadata="notes"), [Level.NONE, Level.NONE]),
            (ChangesConfig(metadata="off"), []),
        ],
    )
    def test_are_what_the_settings_say(self, settings: ChangesConfig, levels: list[Level]) -> None:
        effects = (Effect("a", "metadata"), Effect("b", "dropped"))

        assert levels == [effect.level for effect in with_levels(effects, settings)]
