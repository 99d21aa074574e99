from __future__ import annotations

import pytest

from releasio.rules.fragments.towncrier import USUAL_TYPES, Towncrier, fragments_in, towncrier_of


class TestSettings:
    @pytest.mark.parametrize(
        ("settings", "folders"),
        [
            ({}, ("my-demo/newsfragments", "newsfragments")),
            ({"directory": "changes"}, ("changes",)),
            ({"package": "demo.core"}, ("demo.core/newsfragments",)),
            ({"package": "demo", "package_dir": "src"}, ("src/demo/newsfragments",)),
            ({"package": "demo", "directory": "news"}, ("news",)),
            (
                {"directory": "news", "section": [{"path": ""}, {"path": "web"}]},
                ("news", "news/web"),
            ),
            ({"package": "demo", "section": [{"path": "web"}]}, ("demo/web/newsfragments",)),
        ],
    )
    def test_say_where_they_are(
        self, settings: dict[str, object], folders: tuple[str, ...]
    ) -> None:
        assert Towncrier(folders) == towncrier_of(settings, "my-demo")

    def test_without_any_package_they_are_beside_the_settings(self) -> None:
        assert Towncrier(("newsfragments",)) == towncrier_of({})

    @pytest.mark.parametrize(
        ("settings", "types"),
        [
            ({"type": [{"directory": "breaking", "name": "Breaking Changes"}]}, ("breaking",)),
            ({"type": [{"name": "Security"}]}, ("security",)),
            ({"type": [{"name": "API", "directory": "API"}]}, ("API",)),
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
        *(
            "n/12.feature.rst",
            "n/12.bugfix",
            "n/12.bugfix.1.md",
            "n/+odd.misc",
            "n/3.doc.feature.rst",
        ),
        *("n/3.DOC.rst", "n/12.unknown.rst", "n/feature.rst", "n/notes.txt"),
    )

    assert [
        ("n/12.feature.rst", "feature"),
        ("n/12.bugfix", "bugfix"),
        ("n/12.bugfix.1.md", "bugfix"),
        ("n/+odd.misc", "misc"),
        ("n/3.doc.feature.rst", "feature"),
    ] == [*fragments_in(names, Towncrier(("n",)))]
