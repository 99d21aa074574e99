from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.config.tables.model import BranchConfig, CommitsConfig, Config, VersionConfig
from releasio.errors.base import ReleasioError
from releasio.errors.project.version import (
    PostOfNothing,
    UnknownLevel,
    VersionDowngrade,
    VersionTaken,
)
from releasio.errors.request import OptionsContradict
from releasio.rules.bump.choice import VersionChoice, choose_version
from releasio.rules.bump.request import Request, read_request
from releasio.rules.bump.target import initial_version
from releasio.rules.commits.reading import read_changes
from releasio.rules.versions.version import Level
from tests.rules.history import commit

MOMENT = datetime(2025, 8, 20, 12, 34, 56, tzinfo=UTC)

BUMP = "; to release all the same: --bump patch"


def next_(  # every fact of a decision has a default that tests can replace
    current: str,
    *messages: str,
    last: str | None = "",
    asked: Request | None = None,
    config: Config | None = None,
    channel: BranchConfig | None = None,
    taken: str = "",
) -> VersionChoice:
    config = config or Config()
    last = current if last == "" else last
    return choose_version(
        current=Version(current),
        last=Version(last) if last else None,
        reading=read_changes([commit(one) for one in messages], config.commits),
        config=config,
        channel=channel,
        request=asked or Request(),
        existing=lambda: {Version(one) for one in taken.split()},
        moment=MOMENT,
    )


def reasons(decision: VersionChoice) -> list[str]:
    return [str(one) for one in decision.reasons]


class TestCommitsRaiseTheVersion:
    @pytest.mark.parametrize(
        ("current", "messages", "expected"),
        [
            ("1.2.3", ["fix: a"], "1.2.4"),
            ("1.2.3", ["perf: a", "docs: b"], "1.2.4"),
            ("1.2.3", ["fix: a", "feat: b"], "1.3.0"),
            ("1.2.3", ["fix!: a", "feat: b"], "2.0.0"),
            ("1.2.3", ["docs: a\n\nBREAKING CHANGE: gone"], "2.0.0"),
            ("1.2.3", ['Revert "feat: released"'], "1.2.4"),
            ("0.4.2", ["feat: a"], "0.5.0"),
            ("0.4.2", ["feat!: a"], "0.5.0"),
            ("1.1.0rc1", ["fix: a"], "1.1.0"),
            ("1.1.0rc1", ["feat!: a"], "2.0.0"),
            ("2026.1.5", ["fix: a"], "2026.1.6"),
        ],
    )
    def test_to_the_highest_level(self, current: str, messages: list[str], expected: str) -> None:
        assert expected == str(next_(current, *messages).version)

    @pytest.mark.parametrize(
        ("messages", "summary"),
        [
            ([], "no commits since 1.2.3"),
            (
                ["docs: a"],
                "the one commit since 1.2.3 does not raise the version" + BUMP,
            ),
            (
                ["docs: a", "wip"],
                "none of the 2 commits since 1.2.3 raises the version" + BUMP,
            ),
        ],
    )
    def test_or_not_at_all(self, messages: list[str], summary: str) -> None:
        decision = next_("1.2.3", *messages)

        assert decision.version is None
        assert summary == decision.summary

    @pytest.mark.parametrize(
        ("message", "asked", "expected"),
        [
            ("feat: a", Request(), "1.2"),
            ("feat!: a", Request(), "2.0"),
            ("fix: a", Request(), "1.1.2"),
            ("fix: a", read_request(bump="minor"), "1.2"),
            ("feat: a", read_request(prerelease="rc"), "1.2rc1"),
            ("feat: a", read_request(version="1.2.0"), "1.2.0"),
        ],
    )
    def test_without_a_third_number_that_is_0_where_the_project_writes_none(
        self, message: str, asked: Request, expected: str
    ) -> None:
        assert expected == str(next_("1.1.1", message, asked=asked, taken="1.0 1.1 1.1.1").version)

    @pytest.mark.parametrize("asked", [Request(), read_request(bump="minor")])
    def test_with_a_third_number_that_is_0_where_the_files_have_it_and_tags_do_not(
        self, asked: Request
    ) -> None:
        found = next_("1.0.0", "feat: a", last="1.0", asked=asked, taken="0.9 1.0").version

        assert "1.1.0" == str(found)

    def test_as_configured(self) -> None:
        commits = CommitsConfig(types_major=("api",), types_minor=(), types_patch=("Docs",))

        assert "2.0.0" == str(next_("1.2.3", "api: a", config=Config(commits=commits)).version)
        assert "1.2.4" == str(next_("1.2.3", "docs: a", config=Config(commits=commits)).version)
        assert next_("1.2.3", "feat: a", config=Config(commits=commits)).version is None

    @given(st.lists(st.sampled_from(["fix: a", "feat: b", "feat!: c", "docs: d"])))
    def test_never_from_0_x_to_1_0_0(self, messages: list[str]) -> None:
        """P5"""
        version = next_("0.9.9", *messages).version

        assert version is None or version.major == 0


class TestReasons:
    def test_name_commit_rule_and_setting(self) -> None:
        decision = next_("1.2.3", "feat(api): add a thing", "fix: repair it")

        id_ = commit("feat(api): add a thing").id[:8]
        assert [
            f"{id_} feat(api): add a thing: feat raises the minor number (commits.types_minor)"
        ] == reasons(decision)
        assert "1.2.3 -> 1.3.0" == decision.summary
        assert Level.MINOR == decision.level

    def test_name_the_rule_for_0_x(self) -> None:
        decision = next_("0.4.2", "feat!: drop it")

        subject = f"{commit('feat!: drop it').id[:8]} feat!: drop it"
        assert [
            f"{subject}: a breaking change raises the major number",
            "before 1.0.0 breaking changes raise the minor number (version.zero)",
        ] == reasons(decision)
        assert Level.MINOR == decision.level

    @pytest.mark.parametrize(
        ("zero", "rule", "version"),
        [
            ("minor", "before 1.0.0 features raise the minor number", "0.5.0"),
            (
                "lower",
                "before 1.0.0 each level counts one step lower: the patch number is raised",
                "0.4.3",
            ),
        ],
    )
    def test_name_the_setting_that_chooses_the_rule(
        self, zero: str, rule: str, version: str
    ) -> None:
        decision = next_("0.4.2", "feat: add it", config=Config(version=VersionConfig(zero=zero)))

        assert f"{rule} (version.zero)" == reasons(decision)[-1]
        assert Version(version) == decision.version

    def test_name_no_rule_where_none_is_needed(self) -> None:
        assert 1 == len(reasons(next_("0.4.2", "fix: it")))

    def test_say_that_a_calendar_version_is_counted_like_any_other(self) -> None:
        said = (
            "2026.10.20 looks like a date, but is counted up; the calendar says it by "
            'version.scheme = "calver", version.calver = "YYYY.MM.DD"'
        )

        assert said in reasons(next_("2026.10.20", "feat: a"))
        assert said not in reasons(next_("26.10.20", "feat: a"))

    def test_say_that_a_pattern_alone_does_nothing(self) -> None:
        config = Config(version=VersionConfig(calver="YYYY.MM.MICRO"))

        assert 'without version.scheme = "calver" this pattern has no effect (version.calver)' in (
            reasons(next_("1.2.0", "fix: a", config=config))
        )

    def test_say_that_a_pre_release_becomes_final(self) -> None:
        assert "1.1.0rc1 comes before 1.1.0, which is not final yet" in reasons(
            next_("1.1.0rc1", "fix: a")
        )

    def test_stay_short(self) -> None:
        decision = next_("1.0.0", *(f"fix: {number}" for number in range(50)))

        assert 11 == len(decision.reasons)
        assert "40 more commits raise the patch number" == str(decision.reasons[-1])

    def test_say_when_the_manifest_lags_behind(self) -> None:
        decision = next_("1.0.0", "fix: a", last="1.1.0")

        assert "1.1.1" == str(decision.version)
        assert "the manifest says 1.0.0, but 1.1.0 is released: counted from there" == str(
            decision.reasons[0]
        )


class TestOptions:
    @pytest.mark.parametrize(
        ("current", "asked", "expected"),
        [
            ("1.2.3", read_request(version="2.5"), "2.5"),
            ("0.4.2", read_request(version="1.0.0"), "1.0.0"),
            ("0.4.2", read_request(bump="major"), "1.0.0"),
            ("0.4.2", read_request(bump="minor"), "0.5.0"),
            ("1.2.0rc1", read_request(bump="patch"), "1.2.0"),
            ("1.2.3", read_request(prerelease="alpha"), "1.3.0a1"),
            ("1.2.3", read_request(bump="major", prerelease="rc"), "2.0.0rc1"),
            ("1.3.0a1", read_request(prerelease="a"), "1.3.0a2"),
            ("1.3.0a1", read_request(prerelease="rc"), "1.3.0rc1"),
            ("1.3.0rc1", Request(), "1.3.0"),
            ("1.2.3", read_request(prerelease="dev"), "1.3.0.dev1"),
            ("1.2.3", read_request(dev=True), "1.3.0.dev20250820123456"),
            ("1.3.0a1", read_request(dev=True), "1.3.0a2.dev20250820123456"),
            ("1.2.3", read_request(bump="major", dev=True), "2.0.0.dev20250820123456"),
            ("1.3.0.dev20250101000000", Request(), "1.3.0"),
        ],
    )
    def test_decide_over_the_commits(self, current: str, asked: Request, expected: str) -> None:
        assert expected == str(next_(current, "feat: a", asked=asked).version)

    @pytest.mark.parametrize(
        ("current", "asked", "expected"),
        [
            ("0.5.9", read_request(dev=True), "0.5.10.dev20250820123456"),
            ("1.3.0a2", read_request(prerelease="rc"), "1.3.0rc1"),
            ("1.3.0a2", read_request(prerelease="a"), "None"),
            ("1.3.0", read_request(prerelease="a"), "None"),
            ("1.3.0rc1", read_request(bump="patch"), "1.3.0"),
            ("1.3.0", read_request(bump="post"), "1.3.0.post1"),
            ("1.3.0.post1", read_request(bump="post"), "1.3.0.post2"),
        ],
    )
    def test_need_no_commits_when_they_say_enough(
        self, current: str, asked: Request, expected: str
    ) -> None:
        assert expected == str(next_(current, asked=asked).version)

    @pytest.mark.parametrize(
        ("asked", "error", "message", "hint"),
        [
            (
                {"version": "1.2.2"},
                VersionDowngrade,
                "1.2.2 (--version) is lower than 1.2.3, the last release",
                "Choose a version above 1.2.3",
            ),
            (
                {"bump": "post", "dev": True},
                OptionsContradict,
                "--bump and --dev cannot be used together",
                "Use --version and --bump post alone",
            ),
            (
                {"version": "2.0", "bump": "major"},
                OptionsContradict,
                "--version and --bump cannot be used together",
                "Use --version and --bump post alone",
            ),
            (
                {"prerelease": "a", "dev": True},
                OptionsContradict,
                "--prerelease and --dev cannot be used together",
                "--bump goes with --prerelease or --dev",
            ),
            (
                {"bump": "big"},
                UnknownLevel,
                "'big' is no number of a version",
                "Use one of patch, minor, major, post",
            ),
        ],
    )
    def test_that_cannot_be_are_refused(
        self, asked: dict[str, Any], error: type[ReleasioError], message: str, hint: str
    ) -> None:
        """V19: 2.x takes a lower version without a word."""
        with pytest.raises(error) as caught:
            next_("1.2.3", "feat: a", asked=read_request(**asked), taken="1.2.3 1.4.0")

        assert message == caught.value.message
        assert hint in caught.value.hint

    def test_a_post_release_is_to_have_the_same_code(self) -> None:
        request = read_request(bump="post")
        same, other = (next_("1.2.3", message, asked=request) for message in ("docs: a", "feat: a"))

        assert "post" == same.bump
        assert ["a post-release of 1.2.3 is made (--bump post)"] == reasons(same)
        assert [
            "a post-release has the same code, and commits here raise the minor number"
        ] == reasons(other)[1:]

    @pytest.mark.parametrize(
        ("last", "state"),
        [(None, "nothing was released"), ("1.2.3rc1", "the last release is 1.2.3rc1")],
    )
    def test_a_post_release_follows_a_final_one(self, last: str | None, state: str) -> None:
        with pytest.raises(PostOfNothing) as caught:
            next_("1.2.3rc1", last=last, asked=read_request(bump="post"))

        assert f"a post-release follows a final release, and {state}" == caught.value.message
        assert "Release a final version first" in caught.value.hint

    @pytest.mark.parametrize(
        ("current", "last", "messages", "asked", "version"),
        [
            ("0.4.0a1", None, ["feat: a"], read_request(version="0.0.1"), "0.0.1 (--version)"),
            ("1.3.0.dev0", "1.2.0", [], read_request(bump="post"), "1.2.0.post1 (--bump post)"),
            ("1.3.0.dev0", "1.2.0", ["fix: a\n\nRelease-As: 1.2.1"], None, "1.2.1 (Release-As:)"),
        ],
    )
    def test_a_version_below_the_manifest_is_a_downgrade_too(
        self,
        current: str,
        last: str | None,
        messages: list[str],
        asked: Request | None,
        version: str,
    ) -> None:
        with pytest.raises(VersionDowngrade) as caught:
            next_(current, *messages, last=last, asked=asked)

        assert f"{version} is lower than {current}, what pyproject.toml says" == (
            caught.value.message
        )

    @pytest.mark.parametrize(
        ("asked", "taken", "expected"),
        [
            (Request(), "1.2.4", True),
            (read_request(version="1.4.0"), "1.4.0", True),
            (read_request(version="1.2.3.0"), "", True),
            (Request(), "1.2.5", False),
        ],
        ids=["by another branch", "and asked for", "by the last release", "another one is"],
    )
    def test_a_version_that_exists_already_is_known(
        self,
        asked: Request,
        taken: str,
        expected: bool,  # noqa: FBT001 -- a column of the table
    ) -> None:
        assert expected is next_("1.2.3", "fix: a", asked=asked, taken=taken).is_taken

    def test_there_is_no_pre_release_of_what_is_released(self) -> None:
        with pytest.raises(VersionTaken):
            next_("1.2.3", "feat: a", asked=read_request(prerelease="a"), taken="1.3.0")

    def test_a_release_as_footer_counts_like_an_option(self) -> None:
        decision = next_("0.4.2", "feat: a", "chore: go\n\nRelease-As: 1.0.0")

        assert "1.0.0" == str(decision.version)
        assert reasons(decision)[0].endswith("chore: go: names the version (Release-As:)")

    def test_a_release_as_footer_may_become_a_pre_release(self) -> None:
        decision = next_(
            "0.4.2", "chore: go\n\nRelease-As: 1.0.0", asked=read_request(prerelease="rc")
        )

        assert "1.0.0rc1" == str(decision.version)

    def test_a_release_as_footer_cannot_go_back(self) -> None:
        with pytest.raises(VersionDowngrade) as caught:
            next_("1.2.3", "chore: go\n\nRelease-As: 1.0.0")

        assert caught.value.message == "1.0.0 (Release-As:) is lower than 1.2.3, the last release"


class TestChannels:
    def test_make_pre_releases(self) -> None:
        """V9, V10: in 2.x a channel without a token silently gives a stable version."""
        channel = BranchConfig(match="next", prerelease=True)
        decision = next_("1.2.3", "feat: a", channel=channel)

        assert "1.3.0a1" == str(decision.version)
        assert "a pre-release of phase a is made (branches: next)" == str(decision.reasons[-1])

    def test_count_on_by_themselves(self) -> None:
        channel = BranchConfig(match="beta", prerelease=True, prerelease_token="beta")
        decision = next_("1.3.0b1", "fix: a", channel=channel, taken="1.3.0b1 1.3.0b2")

        assert "1.3.0b3" == str(decision.version)

    def test_give_way_to_options(self) -> None:
        channel = BranchConfig(match="beta", prerelease=True, prerelease_token="beta")
        decision = next_("1.2.3", "fix: a", channel=channel, asked=read_request(prerelease="rc"))

        assert "1.2.4rc1" == str(decision.version)

    def test_a_setting_makes_every_release_one(self) -> None:
        config = Config(version=VersionConfig(pre_release="alpha"))
        decision = next_("1.2.3", "fix: a", config=config)

        assert "1.2.4a1" == str(decision.version)
        assert "a pre-release of phase a is made (version.pre_release)" == str(decision.reasons[-1])


class TestManifestAhead:
    def test_a_prepared_version_is_released_as_it_is(self) -> None:
        decision = next_("1.3.0", "feat!: a", last="1.2.0")

        assert "1.3.0" == str(decision.version)
        assert "1.3.0, as the manifest says" == decision.summary

    @pytest.mark.parametrize(
        ("current", "message", "expected"),
        [
            ("3.0.0.dev0", "fix: a", "3.0.0"),
            ("2.5.0.dev0", "feat: a", "2.5.0"),
            ("2.5.0.dev0", "feat!: a", "3.0.0"),
            ("2.5.0.dev0", "docs: a", "None"),
            ("2.5.0a2.dev0", "feat: a", "2.5.0a2"),
            ("2.5.0a2.dev0", "feat!: a", "3.0.0"),
            ("2.5.dev0", "fix: a", "2.5"),
            ("2.4.1.post1.dev0", "fix: a", "2.4.2"),
        ],
    )
    def test_a_development_version_is_a_plan_not_a_release(
        self, current: str, message: str, expected: str
    ) -> None:
        assert expected == str(next_(current, message, last="2.4.1").version)


class TestInitialVersion:
    @pytest.mark.parametrize(
        ("manifest", "initial", "expected"),
        [
            ("0.0.0", "0.1.0", "0.1.0"),
            ("0.0", "1.0.0", "1.0.0"),
            ("0.0.0.dev0", "0.1.0", "0.1.0"),
            ("0.3.0", "0.1.0", "0.3.0"),
            ("0.0.1", "0.1.0", "0.0.1"),
            ("0.3.0", "1.0.0", "1.0.0"),
            ("1.5.0", "1.0.0", "1.5.0"),
            ("1.0.0a1", "0.1.0", "1.0.0a1"),
            ("1.0.0.dev0", "0.1.0", "1.0.0"),
            ("1.0.0a1.dev0", "0.1.0", "1.0.0a1"),
            ("1.0.0+acme.1", "0.1.0", "1.0.0+acme.1"),
        ],
    )
    def test_is_the_manifests_unless_that_is_a_placeholder(
        self, manifest: str, initial: str, expected: str
    ) -> None:
        version, _ = initial_version(Version(manifest), VersionConfig(initial_version=initial))

        assert expected == str(version)

    def test_needs_no_particular_commits(self) -> None:
        decision = next_("0.3.0", "docs: a", last=None)

        assert "0.3.0" == str(decision.version)
        assert ["no tag is a version, so 0.3.0 is the first release"] == reasons(decision)

    def test_may_be_a_pre_release(self) -> None:
        decision = next_("0.3.0", "feat: a", last=None, asked=read_request(prerelease="a"))

        assert "0.3.0a1" == str(decision.version)


@given(
    st.sampled_from(["0.4.2", "1.2.0", "1.3.0a1", "1.3.0rc2", "2.0.0.dev1", "2026.1"]),
    st.lists(st.sampled_from(["fix: a", "feat: b", "feat!: c", "docs: d"]), min_size=1),
    st.sampled_from([None, "a", "b", "rc"]),
)
def test_releases_go_up_until_nothing_is_left(
    start: str, messages: list[str], phase: str | None
) -> None:
    """Release, then ask again without new commits: there is nothing to do."""
    try:
        first = next_(start, *messages, asked=read_request(prerelease=phase))
    except ReleasioError:
        return
    if first.version is None:
        return

    assert first.version > Version(start)
    assert next_(str(first.version)).version is None
