"""What an index shows of a release that may be yanked, and where people yank it."""

from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from releasio.rules.index.simple import IndexFile
from releasio.rules.index.yank import yank_page, yank_state

VERSION = Version("1.2.0")
HERE = Registry("here", "https://index.invalid/upload/", "https://index.invalid/simple/")


def files(**yanked: str | None) -> list[IndexFile]:
    """Return an sdist for each version (`v1_2`) with why it was yanked."""
    return [
        IndexFile(f"demo-{name[1:].replace('_', '.')}.tar.gz", "/x", yanked=reason)
        for name, reason in yanked.items()
    ]


class TestState:
    @pytest.mark.parametrize(
        ("reasons", "state", "reason"),
        [
            ((None, None), "not yanked", ""),
            (("", None), "partly yanked", ""),
            (("", ""), "yanked", ""),
            (("", "broken"), "yanked", "broken"),
        ],
    )
    def test_says_how_much_of_it_is_yanked_and_why(
        self, reasons: tuple[str | None, str | None], state: str, reason: str
    ) -> None:
        names = ("demo-1.2.0.tar.gz", "demo-1.2.0-py3-none-any.whl")
        both = [IndexFile(name, "/x", yanked=why) for name, why in zip(names, reasons, strict=True)]

        shown = yank_state([*both, *files(v1_1_0=None)], "Demo", VERSION)

        assert (state, reason) == (shown.state, shown.reason)
        assert names == tuple(file.name for file in shown.files)

    @pytest.mark.parametrize(
        ("others", "instead"),
        [
            ({"v1_0_0": None, "v1_1_0": None}, "1.1.0"),
            ({"v1_0_0": None, "v1_1_0": ""}, "1.0.0"),
            ({"v1_1_0": None, "v2_0_0": None}, "2.0.0"),
            ({"v1_1_0": None, "v1_3_0rc1": None}, "1.1.0"),
            ({"v1_1_0": "broken"}, None),
            ({}, None),
        ],
    )
    def test_names_what_installers_take_instead(
        self, others: dict[str, str | None], instead: str | None
    ) -> None:
        stranger = IndexFile("other-9.0.tar.gz", "/x")

        shown = yank_state([*files(v1_2_0=None, **others), stranger], "demo", VERSION)

        assert instead == (str(shown.instead) if shown.instead else None)


class TestPage:
    @pytest.mark.parametrize("registry", [PYPI, TESTPYPI], ids=lambda registry: registry.name)
    def test_is_that_of_the_release_where_releases_are_managed(self, registry: Registry) -> None:
        assert f"{registry.site}/manage/project/demo/release/1.2.0/" == yank_page(
            registry, "demo", VERSION
        )

    def test_of_another_index_is_not_known(self) -> None:
        assert yank_page(HERE, "demo", VERSION) is None
