from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.config.tables.model import BranchConfig, Config, PublishConfig, VersionConfig
from releasio.errors.project.tag_form import TagOfAnotherForm
from releasio.rules.bump.channel import channel_of, publishes, releases_from, tag_form_of
from releasio.rules.versions.tag_choice import Owner
from releasio.rules.versions.tag_form import TagForm
from tests.known import channels

DEMO = Owner("demo")
CONFIG = Config(
    version=VersionConfig(tag_prefix="v"),
    branches=channels(
        maintenance=BranchConfig(match="[0-9]*.x", tag_prefix="old-"),
        next=BranchConfig(match="next", prerelease=True, tag_prefix=""),
        internal=BranchConfig(match="int/*", publish=False),
        rest=BranchConfig(match="int*"),
    ),
)


class TestChannelOf:
    @pytest.mark.parametrize(
        ("branch", "expected"),
        [
            ("1.x", "[0-9]*.x"),
            ("12.3.x", "[0-9]*.x"),
            ("next", "next"),
            ("int/a", "int/*"),
            ("integration", "int*"),
            ("main", None),
            ("NEXT", None),
            ("nextest", None),
            (None, None),
        ],
    )
    def test_is_the_first_that_matches(self, branch: str | None, expected: str | None) -> None:
        channel = channel_of(CONFIG, branch)

        assert expected == (channel.match if channel else None)


class TestTagFormOf:
    @pytest.mark.parametrize(
        ("tags", "expected"),
        [
            ((), "v"),
            (("v1.0.0",), "v"),
            (("3.1.2", "3.1.3"), ""),
            (("2026.10.20",), ""),
            (("3.1.3", "v4.0.0"), "v"),
            (("nightly", "2024"), "v"),
            (("release-1.0",), "release-"),
        ],
    )
    def test_is_the_repositorys_own_when_nobody_set_one(
        self, tags: tuple[str, ...], expected: str
    ) -> None:
        assert expected == tag_form_of(Config(), "main", tags, DEMO).before

    def test_is_what_somebody_set_whatever_the_tags_are(self) -> None:
        config = Config(version=VersionConfig(tag_prefix="v"))

        assert TagForm("v") == tag_form_of(config, "main", ("3.1.2", "3.1.3"), DEMO)

    @pytest.mark.parametrize(
        ("tags", "folder", "refused"),
        [
            (("1.2.0", "1.1.0"), "", True),
            (("demo-1.2.0",), "", True),
            (("1.1.0",), "", False),
            (("1.2.0", "v1.1.0"), "", False),
            (("core-1.2.0",), "", False),
            (("1.2.0",), "packages/demo", False),
        ],
    )
    def test_is_refused_where_a_tag_of_this_very_version_has_another(
        self, tags: tuple[str, ...], folder: str, *, refused: bool
    ) -> None:
        config = Config(version=VersionConfig(tag_prefix="v"))
        owner = Owner("demo", Version("1.2.0"), folder)

        if not refused:
            assert "v" == tag_form_of(config, "main", tags, owner, lambda: tags).before
            return
        with pytest.raises(TagOfAnotherForm) as caught:
            tag_form_of(config, "main", tags, owner, lambda: tags)

        assert (
            f"{tags[0]} looks like this version, but version.tag_prefix makes tags v{{version}}"
            == caught.value.message
        )
        assert f"git tag v1.2.0 '{tags[0]}^{{}}'" in caught.value.hint

    def test_of_a_channel_comes_first_and_what_has_the_usual_one_is_released_too(self) -> None:
        config = Config(branches=channels(beta=BranchConfig(match="beta", tag_prefix="b")))

        assert TagForm("b", also=("v", "")) == (
            tag_form_of(config, "beta", ("3.1.2", "v4.0.0"), DEMO)
        )

    @pytest.mark.parametrize(
        ("branch", "expected"),
        [("main", "v"), ("int/a", "v"), ("1.x", "old-"), ("next", ""), (None, "v")],
    )
    def test_of_the_branch_or_of_all(self, branch: str | None, expected: str) -> None:
        form = tag_form_of(CONFIG, branch, (), DEMO)

        assert expected == form.before
        assert {"v", "old-", ""} == {form.before, *form.also}


class TestPublishes:
    @pytest.mark.parametrize(
        ("branch", "expected"), [("main", True), ("next", True), ("int/a", False), (None, True)]
    )
    def test_by_branch(self, branch: str | None, *, expected: bool) -> None:
        assert expected is publishes(CONFIG, branch)

    def test_switched_off_for_all(self) -> None:
        config = Config(publish=PublishConfig(enabled=False), branches=CONFIG.branches)

        assert not publishes(config, "next")


class TestReleasesFrom:
    @pytest.mark.parametrize(
        ("branch", "chosen", "expected"),
        [
            ("main", False, True),
            ("master", False, True),
            ("master", True, False),
            ("main", True, True),
            ("next", True, True),
            ("int/a", False, True),
            ("topic", False, False),
        ],
    )
    def test_by_branch(self, branch: str, *, chosen: bool, expected: bool) -> None:
        assert expected is releases_from(CONFIG, branch, is_set=chosen)

    @pytest.mark.parametrize(
        ("branch", "chosen", "expected"),
        [
            ("develop", False, True),
            ("main", False, False),
            ("master", False, False),
            ("next", False, True),
            ("develop", True, False),
            ("main", True, True),
        ],
    )
    def test_where_nobody_set_one_it_is_the_remote_s_own(
        self, branch: str, *, chosen: bool, expected: bool
    ) -> None:
        assert expected is releases_from(CONFIG, branch, is_set=chosen, default="develop")

    def test_a_default_branch_of_another_name(self) -> None:
        config = Config(default_branch="trunk")

        assert releases_from(config, "trunk", is_set=True)
        assert not releases_from(config, "main", is_set=True)
