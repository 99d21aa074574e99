"""Packages, read by griffe."""

from __future__ import annotations

import pytest

from releasio.errors.project.api import ApiUnread
from releasio.rules.changes.public_api import Break
from releasio.world.public_api import find_breaks

INIT = "demo/__init__.py"


def breaks(old: str, new: str) -> list[str]:
    found = find_breaks("demo", {INIT: old.encode()}, {INIT: new.encode()})
    return [f"{broken.name} {broken.what}" for broken in found]


class TestFindBreaks:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            ("def old(): ...", "", ["demo.old is gone"]),
            ("class A:\n def m(self): ...", "class A: ...", ["demo.A.m is gone"]),
            ("x = 1", "", ["demo.x is gone"]),
            (
                "def f(): ...",
                "f = 1",
                ["demo.f is something else now: function before, attribute now"],
            ),
            ("def f(a): ...", "def f(): ...", ["demo.f has no parameter a any more"]),
            ("def f(a): ...", "def f(a, b): ...", ["demo.f has a new required parameter b"]),
            ("def f(a=1): ...", "def f(a): ...", ["demo.f requires its parameter a now"]),
            ("def f(a): ...", "def f(*, a): ...", ["demo.f takes its parameter a in another way"]),
            (
                "class A: ...\nclass B(A): ...",
                "class A: ...\nclass B: ...",
                ["demo.B has lost a base class"],
            ),
        ],
    )
    def test_what_used_to_work(self, old: str, new: str, expected: list[str]) -> None:
        assert expected == breaks(old, new)

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("def _old(): ...", ""),
            ("def __getattr__(name): ...", ""),
            ("__version__ = '1'", "__version__ = '2'"),
            ("x = 1", "x = 2"),
            ("def f(a=1): ...", "def f(a=2): ..."),
            ("def f(a): ...", "def f(a, b=1): ..."),
            ("def f() -> int: ...", "def f() -> str: ..."),
            ("", "def new(): ..."),
        ],
    )
    def test_what_still_works(self, old: str, new: str) -> None:
        assert [] == breaks(old, new)

    def test_what_was_moved_and_is_still_there(self) -> None:
        old = {INIT: b"from demo._a import f\n__all__ = ['f']\n", "demo/_a.py": b"def f(): ...\n"}
        new = {INIT: b"from demo._b import f\n__all__ = ['f']\n", "demo/_b.py": b"def f(): ...\n"}

        assert () == find_breaks("demo", old, new)

    def test_names_that_come_from_beside_it(self) -> None:
        init = {INIT: b"from _parts import f\n__all__ = ['f']\n"}
        old = {**init, "_parts/__init__.py": b"def f(a): ...\n"}
        new = {**init, "_parts/__init__.py": b"def f(): ...\n"}

        assert (Break("_parts.f", "has no parameter a any more"),) == find_breaks("demo", old, new)

    def test_names_that_come_from_another_project(self) -> None:
        init = {INIT: b"from nobody_has_this import f\n__all__ = ['f']\n"}

        assert () == find_breaks("demo", init, init)

    def test_a_package_that_is_gone(self) -> None:
        assert (Break("demo", "is gone"),) == find_breaks("demo", {INIT: b""}, {})

    def test_a_package_in_a_namespace(self) -> None:
        name = "big/demo/__init__.py"

        assert (Break("big.demo.f", "is gone"),) == find_breaks(
            "big.demo", {name: b"def f(): ...\n"}, {name: b""}
        )

    def test_no_code_is_run(self) -> None:
        assert [] == breaks("raise SystemExit(3)", "raise SystemExit(4)")

    def test_what_griffe_cannot_read_is_an_error(self) -> None:
        with pytest.raises(ApiUnread) as caught:
            breaks("def f(:", "")

        assert str(caught.value).startswith("griffe cannot read the public API of demo: ")
        assert 'To go on without it, set changes.api = "off".' == caught.value.hint
