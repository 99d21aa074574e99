from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.rules.versions.version_form import numbered_like, semantic, written_like
from tests.rules.versions.test_version import versions

TEXTS = st.from_regex(
    r"[vV]?[0-9]{1,3}(\.[0-9]{1,3}){0,3}([-_.]?(a|beta|rc)[-_.]?[0-9])?", fullmatch=True
)


class TestWrittenLike:
    @pytest.mark.parametrize(
        ("version", "examples", "expected"),
        [
            ("5.3", ["5.2"], "5.3"),
            ("5.3", ["5.2.1"], "5.3.0"),
            # the third number of a release with none but 0 tells
            ("5.3", ["5.2.1", "5.2", "5.1.0"], "5.3"),
            ("5.3rc1", ["5.2.1", "5.2rc1"], "5.3rc1"),
            ("5.3", ["5.2.1", "5.2.0", "5.1"], "5.3.0"),
            ("5.2.2", ["5.2.1", "5.2"], "5.2.2"),
            ("2024.1.6", ["2024.01.5"], "2024.01.6"),
            ("2024.1.6", ["v2024.01.5"], "2024.01.6"),
            ("2024.0.1", ["2024.00.0"], "2024.00.1"),
            # a number of two digits does not tell; an older one does
            ("2025.1.0", ["2024.12.5", "2024.09.1"], "2025.01.0"),
            ("2025.1.0", ["2024.12.5", "2024.9.1"], "2025.1.0"),
            ("1!2.3", ["1!02.2"], "1!02.3"),
            ("1.2.0rc2", ["1.2.0-rc.1"], "1.2.0-rc.2"),
            ("1.2.0b1", ["1.2.0-alpha.3"], "1.2.0-beta.1"),
            ("1.2.0b1", ["1.2.0alpha3"], "1.2.0beta1"),
            ("1.2.0b1", ["1.2.0", "1.1.0-a1"], "1.2.0-beta1"),
            ("0.5.11.dev2", ["0.5.10-dev-1"], "0.5.11-dev-2"),
            ("1.2.0a1.dev3", ["1.1.0"], "1.2.0a1.dev3"),
            ("1.2.0.post1", ["1.2.0-rc.1"], "1.2.0.post1"),
            ("1.2.0", [], "1.2.0"),
            ("1.2.0", ["unknown"], "1.2.0"),
        ],
    )
    def test_keeps_the_form_of_the_project(
        self, version: str, examples: list[str], expected: str
    ) -> None:
        assert expected == written_like(Version(version), *examples)

    @given(versions(), st.lists(TEXTS, max_size=3))
    def test_is_always_the_same_version(self, version: Version, examples: list[str]) -> None:
        assert version == Version(written_like(version, *examples))


class TestNumberedLike:
    @pytest.mark.parametrize(
        ("version", "others", "expected"),
        [
            ("1.2.0", ["1.1.1", "1.1"], "1.2"),
            ("2.0.0", ["1.1.1", "1.1"], "2.0"),
            ("1.2.0rc1", ["1.1.1", "1.1"], "1.2rc1"),
            ("1!1.2.0", ["1!1.1.1", "1!1.1"], "1!1.2"),
            ("1.1.2", ["1.1.1", "1.1"], "1.1.2"),
            ("1.2", ["1.1.1", "1.1.0"], "1.2"),
            ("1.2.0", ["1.1.1", "1.1.0", "1.0"], "1.2.0"),
            ("1.2.0", ["1.1.1"], "1.2.0"),
            ("1.2.0", ["1.1.1", "1", "1.1", "1.1.0"], "1.2.0"),  # tags that move along
            ("1.2.0", [], "1.2.0"),
            ("1.2.0.0", ["1.1"], "1.2.0.0"),
        ],
    )
    def test_has_a_third_number_that_is_0_where_others_have_one(
        self, version: str, others: list[str], expected: str
    ) -> None:
        found = numbered_like(
            Version(version), Version("1.1.1"), lambda: [Version(other) for other in others]
        )

        assert expected == str(found)


class TestSemantic:
    @pytest.mark.parametrize(
        ("version", "example", "expected"),
        [
            ("1.3.0", "1.2.0", "1.3.0"),
            ("5.3", "5.2.0", "5.3.0"),
            ("1.3.0rc1", "1.2.0", "1.3.0-rc.1"),
            ("1.3.0a2", "1.2.0-alpha1", "1.3.0-alpha2"),
            ("1.3.0.dev4", "1.2.0", "1.3.0-dev.4"),
            ("1.3.0.post1", "1.3.0", None),
            ("1!1.3.0", "1.3.0", None),
            ("1.2.3.4", "1.2.3", None),
        ],
    )
    def test_is_as_cargo_wants_it(self, version: str, example: str, expected: str | None) -> None:
        assert expected == semantic(Version(version), example)
