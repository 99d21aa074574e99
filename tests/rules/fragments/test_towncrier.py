from __future__ import annotations

import pytest

from releasio.rules.fragments.towncrier import USUAL_TYPES, Towncrier, fragments_in, towncrier_of


class TestSettings:
    @pytest.mark.parametrize(
        ("settings", "folder"),
        [
            ({}, "newsfragments"),
            ({"directory": "changes"}, "changes"),
            ({"package": "demo.core"}, "demo/core/newsfragments"),
            ({"package": "demo", "package_dir": "src"}, "src/demo/newsfragments"),
            ({"package": "demo", "directory": "news"}, "news"),
        ],
    )
    def test_say_where_they_are(self, settings: dict[str, object], folder: str) -> None:
        assert Towncrier(folder) == towncrier_of(settings)

    @pytest.mark.parametrize(
        ("settings", "types"),
        [
            ({"type": [{"directory": "breaking", "name": "Breaking Changes"}]}, ("breaking",)),
            ({"type": [{"name": "Security"}]}, ("security",)),
            ({"fragment": {"feat": {}, "fix": {}}}, ("feat", "fix")),
            ({"type": ["odd"], "fragment": []}, USUAL_TYPES),
        ],
    )
    def test_say_which_types_there_are(
        self, settings: dict[str, object], types: tuple[str, ...]
    ) -> None:
        assert types == towncrier_of(settings).types


def test_file_names_have_the_type() -> None:
    names = (
        *("n/12.feature.rst", "n/12.bugfix", "n/12.bugfix.1.md", "n/+odd.misc", "n/web/3.DOC.rst"),
        *("n/12.unknown.rst", "n/feature.rst", "n/notes.txt"),
    )

    assert [
        ("n/12.feature.rst", "feature"),
        ("n/12.bugfix", "bugfix"),
        ("n/12.bugfix.1.md", "bugfix"),
        ("n/+odd.misc", "misc"),
        ("n/web/3.DOC.rst", "doc"),
    ] == [*fragments_in(names, Towncrier("n"))]
