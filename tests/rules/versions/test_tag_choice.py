from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.errors.project.tag_form import TagFormsMixed
from releasio.rules.versions.tag_choice import Owner, highest_version, learnt_form, why_form
from releasio.rules.versions.tag_form import TagForm

OLD = ("v0.0.8", *(f"1.2.{patch}" for patch in range(12)))


def owner(version: str = "1.2.0", name: str = "demo", folder: str = "") -> Owner:
    return Owner(name, Version(version), folder)


def before(
    *tags: str, version: str = "1.2.0", folder: str = "", here: tuple[str, ...] | None = None
) -> str:
    """Return what stands before the version where nothing is left in doubt."""
    reached = tags if here is None else here
    return learnt_form(tags, owner(version, folder=folder), reachable=lambda: reached).before


class TestShared:
    @pytest.mark.parametrize(
        "form",
        [
            *("", "v", "V", "release-", "release/", "releases/v", "rel-", "version-", "demo-"),
            *("demo-v", "demo/v", "demo/", "demo==", "demo@", "demo_", "Demo-", "release-demo-"),
        ],
    )
    def test_a_form_that_all_version_tags_share_is_used(self, form: str) -> None:
        tags = (f"{form}1.1.0", f"{form}1.2.0", "latest", "deployed-2024")

        assert form == before(*tags)

    def test_underscores_may_stand_for_points(self) -> None:
        tags = ("rel_2_0_41", "rel_2_0_40", "review_1_2")
        form = learnt_form(tags, owner("2.0.42"))

        assert ("rel_", ["rel_2_0_41", "rel_2_0_40"]) == (form.before, form.newest(tags))

    @pytest.mark.parametrize("name", ["my-pkg", "My_Pkg", "my.pkg"])
    def test_names_are_the_same_in_any_spelling(self, name: str) -> None:
        form = learnt_form(("my_pkg-1.2.0",), owner(name=name))

        assert "my_pkg-" == form.before

    @pytest.mark.parametrize(
        "tags",
        [
            (),
            ("core-1.0.0", "core-1.1.0"),
            ("demo-core-1.0.0",),
            ("demos-1.0.0", "mydemo-1.0.0"),
            ("nightly", "2024", "release-2024", "v1.2.x", "nightly-20240101"),
        ],
    )
    def test_what_is_of_another_package_or_no_version_never_counts(
        self, tags: tuple[str, ...]
    ) -> None:
        form = learnt_form(tags, owner())

        assert ("v", []) == (form.before, form.newest(tags))

    def test_one_that_looks_like_the_present_version_is_named(self) -> None:
        form = learnt_form(("core-1.2.0", "core-1.1.0"), owner("1.2.0"))

        assert (
            "core-1.2.0 looks like this version and does not count: it names another package "
            "(version.tag_prefix)" == why_form(form, ())
        )
        assert why_form(learnt_form(("core-1.2.0", "core-11.3.0"), owner("1.3.0")), ()) is None

    def test_a_moving_tag_alone_is_a_version(self) -> None:
        assert "V" == before("V1")


class TestMixed:
    def test_the_highest_release_tells_and_the_others_count(self) -> None:
        """One ancient tag of another form made 1.2.11 be released once more."""
        form = learnt_form(OLD, owner("1.2.11"), reachable=lambda: OLD)

        assert ("", ("v",)) == (form.before, form.also)
        assert ["1.2.11", "v0.0.8"] == [form.newest(OLD)[0], form.newest(OLD)[-1]]

    def test_only_what_head_descends_from_tells(self) -> None:
        assert "v" == before("v1.2.0", "2.0.0", here=("v1.2.0",))

    def test_where_head_descends_from_none_all_do(self) -> None:
        assert "" == before("v1.2.0", "2.0.0", version="2.0.0", here=())

    def test_a_moving_tag_does_not_hide_the_release_it_moves_along_with(self) -> None:
        assert "" == before("v2", "v2.0", "2.0.0", version="2.0.0")

    def test_two_forms_of_one_version_stop_the_release_and_the_setting_is_named(self) -> None:
        with pytest.raises(TagFormsMixed) as caught:
            before("v1.2.0", "release-1.2.0")

        assert {"v1.2.0", "release-1.2.0"} <= set(caught.value.message.replace(",", "").split())
        assert 'version.tag_prefix = "release-"' in caught.value.hint
        assert 'version.tag_prefix = "{name}-v{version}"' in caught.value.hint

    def test_a_form_above_what_the_manifest_says_is_in_doubt(self) -> None:
        """The tags of something else, such as of the documentation, are no releases."""
        with pytest.raises(TagFormsMixed) as caught:
            before("v1.1.0", "v1.2.0", "2024.10.1")

        assert (
            "tags are named in several ways: 2024.10.1, v1.2.0, and pyproject.toml says 1.2.0"
            == caught.value.message
        )

    def test_a_placeholder_in_the_manifest_says_nothing(self) -> None:
        assert "" == before("v0.0.0", "1.2.0", version="0.0.0")

    def test_nothing_is_refused_where_nothing_is_decided(self) -> None:
        form = learnt_form(("v1.2.0", "1.2.0"), owner())

        assert {"v1.2.0", "1.2.0"} == set(form.newest(["v1.2.0", "1.2.0", "core-3.0"]))


class TestInAFolder:
    TAGS = ("v2.0.0", "demo-v0.3.0", "core-v1.0.0")

    def test_tags_with_the_name_count_and_those_without_may_be_another_package_s(self) -> None:
        form = learnt_form(self.TAGS, owner("0.3.0", folder="packages/demo"))

        assert ("demo-v", ()) == (form.before, form.also)

    def test_tags_without_a_name_count_where_there_are_no_others(self) -> None:
        assert "v" == before("v2.0.0", version="2.0.0", folder="packages/demo")

    def test_it_is_in_doubt_where_the_manifest_says_neither(self) -> None:
        with pytest.raises(TagFormsMixed):
            before(*self.TAGS, version="0.4.0", folder="packages/demo")


class TestWhyForm:
    def test_names_a_tag_and_the_setting(self) -> None:
        form = learnt_form(OLD, owner("1.2.11"))

        assert "tags are named {version}, as 1.2.11 is (version.tag_prefix)" == (
            why_form(form, form.newest(OLD))
        )

    @pytest.mark.parametrize("form", [TagForm("demo-"), TagForm("v", learnt=True)])
    def test_says_nothing_of_what_is_set_or_usual(self, form: TagForm) -> None:
        assert why_form(form, [form.name("1.2.0")]) is None


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ([], ""),
        (["v0.9.0", "v0.10.0", "latest"], "0.10.0"),
        (["1.2.11", "v0.0.8"], "1.2.11"),
        (["demo-v1.2.0", "demo/v1.3.0", "release-1.1"], "1.3.0"),
        (["v1.2.3-test", "nightly-20250101", "v1"], ""),
    ],
)
def test_the_highest_version_of_tags_is_found_in_whatever_form(
    tags: list[str], expected: str
) -> None:
    assert expected == highest_version(tags)
