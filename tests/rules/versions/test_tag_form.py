from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.errors.request import UnknownRelease
from releasio.rules.versions.tag_form import TagForm
from tests.rules.versions.test_version import versions


class TestNames:
    @pytest.mark.parametrize(
        ("tag", "prefix", "expected"),
        [
            ("v1.2.3", "v", "1.2.3"),
            ("v0.5.10-dev-20250820", "v", "0.5.10.dev20250820"),
            ("v1.1.0-rc.1", "v", "1.1.0rc1"),
            ("1.2", "", "1.2"),
            ("v1.2", "", "1.2"),
            ("core-v2.0", "core-", "2.0"),
            ("v2026.01.5", "v", "2026.1.5"),
            ("rel_2_0_41", "rel_", "2.0.41"),
            ("rel_2_1_0b3", "rel_", "2.1.0b3"),
            ("v1_2", "v", "1.2"),
        ],
    )
    def test_all_spellings_of_a_version_count(self, tag: str, prefix: str, expected: str) -> None:
        assert Version(expected) == TagForm(prefix).version(tag)

    @pytest.mark.parametrize("tag", ["vendor-9", "1.2.3", "v", "version-1", "v1.2.x", "latest"])
    def test_other_tags_do_not(self, tag: str) -> None:
        assert TagForm().version(tag) is None

    def test_underscores_alone_are_no_version(self) -> None:
        assert TagForm("").version("2026_01_05") is None

    @pytest.mark.parametrize(
        ("version", "expected"),
        [("2.0.42", "rel_2_0_42"), ("2.1.0rc1", "rel_2_1_0rc1"), ("2.1.dev3", "rel_2.1.0.dev3")],
    )
    def test_underscores_stay_where_they_can_be_read_again(
        self, version: str, expected: str
    ) -> None:
        form = TagForm("rel_").like(["rel_2_0_41", "rel_2_0_0"])

        assert expected == form.name(Version(version))
        assert Version(version) == form.version(expected)

    def test_are_ordered_as_versions(self) -> None:
        """V11: by name `v1.1.0rc1` beats `v1.1.0`, and `vendor-9` beats both."""
        tags = ["v1.1.0rc1", "vendor-9", "v1.1.0", "v1.10.0", "v1.9", "v1!0.1", "v1.10.0.post1"]

        expected = ["v1!0.1", "v1.10.0.post1", "v1.10.0", "v1.9", "v1.1.0", "v1.1.0rc1"]
        assert expected == TagForm().newest(tags)

    def test_a_moving_tag_stands_behind_the_release(self) -> None:
        assert TagForm().newest(["v2", "v2.0.0"]) == ["v2.0.0", "v2"]

    @given(st.lists(versions()))
    def test_the_fast_order_is_the_order_of_versions(self, some: list[Version]) -> None:
        ordered = TagForm().newest([f"v{one}" for one in some])

        assert sorted(some, reverse=True) == [Version(tag) for tag in ordered]

    @given(versions())
    def test_a_name_leads_back_to_its_version(self, version: Version) -> None:
        form = TagForm("release/")

        assert version == form.version(form.name(version))

    def test_more_digits_than_python_reads_are_no_version(self) -> None:
        assert TagForm().version(f"v{'9' * 5000}") is None


class TestOfSetting:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("v", "v1.2.0"),
            ("", "1.2.0"),
            ("{name}-", "demo-1.2.0"),
            ("{name}@{version}", "demo@1.2.0"),
            ("release/{version}-py", "release/1.2.0-py"),
        ],
    )
    def test_is_a_prefix_or_a_template(self, text: str, expected: str) -> None:
        form = TagForm.of_setting(text, "demo")

        assert expected == form.name(Version("1.2.0"))
        assert Version("1.2.0") == form.version(expected)

    def test_what_stands_behind_the_version_is_looked_for_too(self) -> None:
        form = TagForm.of_setting("{version}-py", "demo")

        assert form.version("1.2.0") is None
        assert ["1.2.0-py", "1.1-py"] == form.newest(["1.1-py", "1.2.0", "1.2.0-py"])


class TestAlso:
    FORM = TagForm("", also=("demo-v", "v"))

    def test_names_of_other_forms_count(self) -> None:
        tags = ["v0.0.8", "1.2.11", "demo-v1.3rc1", "latest", "1.2.2"]

        assert ["demo-v1.3rc1", "1.2.11", "1.2.2", "v0.0.8"] == self.FORM.newest(tags)

    def test_of_equal_versions_the_form_of_new_tags_comes_first(self) -> None:
        assert ["1.2.0", "demo-v1.2.0"] == self.FORM.newest(["demo-v1.2.0", "1.2.0"])

    def test_no_new_tag_is_named_so(self) -> None:
        assert "1.2.12" == self.FORM.name(Version("1.2.12"))


class TestFind:
    @pytest.mark.parametrize("wanted", ["demo-1.2.0", "1.2.0", "1.2"])
    def test_takes_tags_and_versions(self, wanted: str) -> None:
        assert "demo-1.2.0" == TagForm("demo-").find(wanted, ["demo-1.3.0", "demo-1.2.0"])

    def test_says_how_tags_are_looked_for(self) -> None:
        with pytest.raises(UnknownRelease) as caught:
            TagForm("demo-").find("1.4", ["demo-1.3.0"])

        assert "no tag names version 1.4" == caught.value.message
        assert "Tags are looked for as demo-{version}. Fetch them: git fetch --tags" == (
            caught.value.hint
        )
