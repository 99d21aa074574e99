"""What every error has from its base: fields, sentences, and where it is about."""

from __future__ import annotations

import re
from string import Formatter

import pytest

from releasio.errors.base import Problems, ReleasioError
from releasio.errors.catalogue import catalogue
from releasio.errors.config import UnknownSetting, WrongSetting
from releasio.errors.git.commands import FastForwardRefused, RefMoved
from releasio.errors.git.push import TagTaken
from releasio.errors.index.answers import IndexUnreachable
from releasio.errors.template import WAYS

# what a gap may have after its colon besides a way: of text, numbers and times
FORMAT = re.compile(r"|\.\d+f?|g|%Y-%m-%d %H:%M|[?#][^{}]*|/[^/{}]*/[^/{}]+")


def kinds(base: type[ReleasioError] = ReleasioError) -> list[type[ReleasioError]]:
    return [base, *(each for one in base.__subclasses__() for each in kinds(one))]


@pytest.fixture(scope="module", autouse=True)
def _all() -> None:
    catalogue()  # imports every topic


@pytest.mark.parametrize("part", ["message", "hint", "_reason", "_advice"])
def test_every_gap_names_what_the_error_has_and_a_way_that_is_known(part: str) -> None:
    wrong = []
    for kind in kinds():
        fields = {name for base in kind.__mro__ for name in getattr(base, "__annotations__", ())}
        for _, name, way, conversion in Formatter().parse(getattr(kind, part, "")):
            named = name is None or name in fields or hasattr(kind, name)
            known = way is None or way in WAYS or FORMAT.fullmatch(" ".join(way.split()))
            if not named or not known or conversion not in {None, "r"}:
                wrong.append((kind.__name__, name, way))

    assert [] == wrong


def test_every_error_has_words() -> None:
    leaves = [kind for kind in kinds() if not kind.__subclasses__()]

    assert leaves
    assert [] == [kind for kind in leaves if not getattr(kind, "message", "").strip()]


class TestFields:
    def test_are_given_in_their_order_and_can_be_read(self) -> None:
        error = RefMoved("refs/heads/main", "it is not")

        assert ("refs/heads/main", "it is not") == (error.ref, error.said)
        assert "refs/heads/main is not what it was: it is not" == str(error) == error.message
        assert "Run again." == error.hint

    def test_of_a_base_are_given_by_name(self) -> None:
        error = UnknownSetting("colour", nearest="", source="releasio.toml", path=None, line=None)

        assert "releasio.toml: `colour` is not a setting" == str(error)
        assert "Delete it." == error.hint

    def test_may_have_a_default(self) -> None:
        assert not FastForwardRefused("c" * 40, "no").half_way

    @pytest.mark.parametrize(
        ("args", "given"),
        [
            ((), {}),
            (("v1.0.0",), {"found": "a" * 40}),
            (("v1.0.0",), {"found": "a" * 40, "wanted": None, "more": 1}),
            (("v1.0.0", "a", "b", "c"), {}),
            (("v1.0.0",), {"tag": "v1.0.0", "found": "a", "wanted": None}),
        ],
    )
    def test_that_are_not_those_of_the_class_are_a_mistake(
        self, args: tuple[str, ...], given: dict[str, object]
    ) -> None:
        with pytest.raises(TypeError, match=r"TagTaken\(tag, found, wanted\) was given"):
            TagTaken(*args, **given)  # type: ignore[arg-type] -- that is the test


class TestHint:
    def test_that_is_given_is_shown_as_it_is(self) -> None:
        error = IndexUnreachable("pypi", "no", tries=1, hint="Look at {problem}.")

        assert "Look at {problem}." == error.hint

    def test_that_is_empty_leaves_that_of_the_class(self) -> None:
        error = IndexUnreachable("pypi", "no", tries=1, hint="")

        assert "Run the same command again in a while." == error.hint


class TestPlace:
    def test_is_where_the_fields_say(self) -> None:
        facts = {"found": "1", "expected": "true", "hint": "", "source": "x", "path": "x"}
        error = WrongSetting("a", **facts, line=3)  # type: ignore[arg-type] -- of one type here

        assert ("x", 3) == (error.path, error.line)
        assert "`a` must be true, not 1" == str(error)

    def test_is_nowhere_without_them(self) -> None:
        error = RefMoved("HEAD", "no")

        assert (None, None) == (error.path, error.line)

    def test_is_a_setting_where_it_comes_from_one(self) -> None:
        error = RefMoved("HEAD", "no").about("publish.registry")

        assert "publish.registry: HEAD is not what it was: no" == str(error)
        assert "HEAD is not what it was: no" == error.message


def test_several_say_how_many_they_are() -> None:
    assert "2 problems stand in the way" == str(Problems((RefMoved("a", ""), RefMoved("b", ""))))


class TestCode:
    def test_is_the_name_of_the_class(self) -> None:
        assert "index-unreachable" == IndexUnreachable.code

    def test_is_what_the_class_says_where_it_has_another_name(self) -> None:
        assert "several-problems" == Problems.code

    def test_is_none_of_what_nobody_can_raise(self) -> None:
        assert not hasattr(ReleasioError, "code")
