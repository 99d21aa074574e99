from __future__ import annotations

import pytest

from releasio.frozen import anew, frozen, replace


@frozen
class Point:
    """A value for these tests."""

    x: int
    y: int = 0

    @property
    def sum(self) -> int:
        return self.x + self.y


@frozen
class Solid(Point):
    """A value with a field more."""

    z: int = 0


@frozen
class Other:
    x: int
    y: int = 0


class TestFrozen:
    def test_takes_fields_by_position_and_by_name(self) -> None:
        assert Point(1, y=2) == Point(x=1, y=2)
        assert 3 == Point(1, 2).sum

    def test_fills_in_defaults(self) -> None:
        assert Point(1, 0) == Point(1)

    def test_has_the_fields_of_its_base_first(self) -> None:
        assert (1, 2, 3) == (Solid(1, 2, 3).x, Solid(1, 2, 3).y, Solid(1, 2, 3).z)
        assert Solid(1, z=3) == Solid(1, 0, 3)
        assert Solid(1, z=3) != Solid(2, z=3)

    @pytest.mark.parametrize("args", [(), (1, 2, 3)])
    def test_refuses_too_few_and_too_many(self, args: tuple[int, ...]) -> None:
        with pytest.raises(TypeError, match="Point"):
            Point(*args)

    def test_refuses_a_field_it_does_not_have(self) -> None:
        with pytest.raises(TypeError, match="z"):
            Point(1, z=3)  # type: ignore[call-arg]

    def test_refuses_a_field_given_twice(self) -> None:
        with pytest.raises(TypeError, match="Point"):
            Point(1, x=1)  # type: ignore[misc]

    def test_cannot_be_changed(self) -> None:
        point = Point(1)

        with pytest.raises(AttributeError, match="frozen"):
            point.x = 2  # type: ignore[misc]
        with pytest.raises(AttributeError, match="frozen"):
            del point.x

    def test_equals_its_own_kind_only(self) -> None:
        assert Point(1) != Other(1)
        assert Point(1) != Point(2)

    def test_equal_values_have_equal_hashes(self) -> None:
        assert 1 == len({Point(1), Point(1, 0)})

    def test_repr_names_the_fields(self) -> None:
        assert "Point(x=1, y=0)" == repr(Point(1))

    def test_matches_by_position(self) -> None:
        match Point(1, 2):
            case Point(x, y):
                assert (1, 2) == (x, y)

    def test_replace_changes_a_copy(self) -> None:
        point = Point(1, 2)

        assert Point(1, 5) == replace(point, y=5)
        assert Point(1, 2) == point


@frozen
class Box:
    """A value that is itself alone, with something of its own in it."""

    name: str
    contents: dict[str, int] = anew(factory=dict)

    __eq__, __hash__, __repr__ = object.__eq__, object.__hash__, object.__repr__


class TestWithDefaultsOfItsOwn:
    def test_each_value_gets_a_new_one(self) -> None:
        box = Box("a")
        box.contents["x"] = 1

        assert ({"x": 1}, {}) == (box.contents, Box("a").contents)

    def test_one_that_is_given_is_taken(self) -> None:
        contents = {"x": 1}

        assert contents is Box("a", contents).contents
        assert contents is replace(Box("a", contents), name="b").contents

    def test_what_is_missing_is_refused(self) -> None:
        with pytest.raises(TypeError, match="Box"):
            Box()  # type: ignore[call-arg]

    def test_equality_and_repr_that_a_class_has_itself_stay(self) -> None:
        box = Box("secret")

        assert {box} == {box, box}
        assert Box("secret") != box
        assert "secret" not in repr(box)
