"""What a release is now, decided by the state of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from releasio.config.tables.model import (
    ChangelogConfig,
    Config,
    HooksConfig,
    VersionConfig,
)
from releasio.errors.index.answers import IndexUnreachable
from releasio.errors.project.version import VersionTaken
from releasio.frozen import replace
from releasio.release.standing import AheadTag, Prepared, Unfinished
from releasio.rules.bump.request import Request, read_request
from releasio.rules.running.job import Job
from releasio.rules.running.remote import PublicRefs, PublicTag
from tests.decided import reason, refusal, release, told
from tests.fakes.index import PRIVATE
from tests.known import EARLIER, HEAD, facts
from tests.rules.history import commit

if TYPE_CHECKING:
    from releasio.release.facts import Facts

PULL_REQUEST = Config(mode="pull-request")
FIRST = b"# Changelog\n\n## [0.1.0] - 2026-01-02\n\n- All of it.\n"


class TestDecide:
    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            (facts(), "new v1.2.1"),
            (facts(commits=("feat: a", "fix: b")), "new v1.3.0"),
            (facts(commits=("feat!: a",)), "new v2.0.0"),
            (facts(commits=()), "nothing"),
            (facts(commits=("docs: a",)), "nothing"),
            (facts("0.1.0", last=None), "new v0.1.0"),
            (facts("0.0.0", last=None), "new v0.1.0"),
            (facts("1.3.0"), "prepared v1.3.0"),
            (facts("1.3.0", commits=()), "prepared v1.3.0"),
            (facts("1.3.0rc1"), "prepared v1.3.0rc1"),
            (facts("1.3.0.dev0"), "new v1.3.0"),
            (facts("1.1.0"), "new v1.2.1"),
            (facts(unfinished="v1.2.0"), "resumed v1.2.0 of an earlier commit"),
            (facts("1.3.0", unfinished="v1.2.0"), "resumed v1.2.0 of an earlier commit"),
        ],
        ids=[
            "fix",
            "feature",
            "breaking",
            "no commits since",
            "nothing that counts",
            "no tags, version in the manifest",
            "no tags, no version to speak of",
            "manifest ahead of the tag",
            "ahead, and nothing since",
            "ahead by a pre-release",
            "development version in the manifest",
            "manifest behind the tag",
            "unfinished",
            "unfinished, and the next one prepared",
        ],
    )
    def test_decides_by_state(self, found: Facts, expected: str) -> None:
        assert expected == told(found)

    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            (facts(config=PULL_REQUEST), "nothing"),
            (facts("1.3.0", config=PULL_REQUEST), "prepared v1.3.0"),
            (
                facts(unfinished="v1.2.0", config=PULL_REQUEST),
                "resumed v1.2.0 of an earlier commit",
            ),
            (facts("0.1.0", last=None, config=PULL_REQUEST), "nothing"),
            (
                facts("0.1.0", last=None, config=PULL_REQUEST, files={"CHANGELOG.md": FIRST}),
                "prepared v0.1.0",
            ),
            (facts("0.0.0", last=None, config=PULL_REQUEST), "nothing"),
        ],
        ids=["waits", "merged", "unfinished", "first", "first, merged", "no version to speak of"],
    )
    def test_in_mode_pull_request_nothing_is_raised(self, found: Facts, expected: str) -> None:
        assert expected == told(found)

    @pytest.mark.parametrize(
        ("request_", "expected"),
        [
            (read_request(version="2.0.0"), "new v2.0.0"),
            (read_request(bump="minor"), "new v1.3.0"),
            (read_request(bump="major"), "new v2.0.0"),
            (read_request(prerelease="rc"), "new v1.2.1rc1"),
            (read_request(bump="minor", prerelease="beta"), "new v1.3.0b1"),
            (read_request(dev=True), "new v1.2.1.dev20260102030405"),
        ],
        ids=["version", "minor", "major", "phase", "minor and phase", "dev"],
    )
    def test_the_command_line_has_the_last_word(self, request_: Request, expected: str) -> None:
        assert expected == told(facts(request=request_))
        assert expected == told(facts(request=request_, unfinished="v1.2.0"))

    def test_also_in_mode_pull_request(self) -> None:
        found = facts(request=read_request(bump="minor"), config=PULL_REQUEST)

        assert "new v1.3.0" == told(found)

    def test_a_prepared_version_is_put_aside_for_an_explicit_one(self) -> None:
        assert "new v2.0.0" == told(facts("1.3.0", request=read_request(version="2.0.0")))

    def test_a_version_that_is_taken_is_refused(self) -> None:
        found = facts(request=read_request(version="1.3.0"), tags=("v1.3.0", "v1.2.0"))

        assert isinstance(refusal(found), VersionTaken)
        assert "1.3.0" in str(refusal(found))

    def test_pre_releases_are_numbered_by_the_tags_of_all_branches(self) -> None:
        found = facts(
            request=read_request(prerelease="rc"), tags=("v1.2.1rc2", "v1.2.1rc1", "v1.2.0")
        )

        assert "new v1.2.1rc3" == told(found)

    def test_release_as_in_a_commit(self) -> None:
        assert "new v3.0.0" == told(facts(commits=("chore: jump\n\nRelease-As: 3.0.0",)))

    def test_nothing_has_to_be_edited_for_a_first_release_without_a_changelog(self) -> None:
        found = facts("0.1.0", last=None, config=Config(changelog=ChangelogConfig(enabled=False)))

        assert "prepared v0.1.0" == told(found)
        assert HEAD == release(found).commit

    def test_a_bump_hook_may_edit_what_we_do_not_know(self) -> None:
        config = Config(
            changelog=ChangelogConfig(enabled=False), hooks=HooksConfig(post_bump=("make",))
        )

        assert "new v0.1.0" == told(facts("0.1.0", last=None, config=config))


PR = Job("pull-request", "#12")
ON_TAG = Job("tag", "v0.2.1-test")
LATER = frozenset({commit("feat!: remove everything").id})


def ahead(
    name: str,
    *,
    of_head: bool = True,
    on_branch: bool | None = None,
    unfinished: Unfinished | None = None,
) -> AheadTag:
    """Return a tag on top of HEAD, whose commit was made of it."""
    parents = (HEAD,) if of_head else (EARLIER,)
    return AheadTag(
        name, Version(name[1:]), "c" * 40, parents, "Ada", 1_767_323_045, on_branch, unfinished
    )


class TestCalendarVersions:
    CALENDAR = Config(version=VersionConfig(scheme="calver", calver="YYYY.0M.MICRO"))

    def test_the_tag_is_spelled_as_the_pattern_says(self) -> None:
        found = facts("2025.12.0", "v2025.12.0", config=self.CALENDAR)
        planned = release(found)

        assert "new v2026.01.0" == told(found)
        assert "2026.1.0" == str(planned.version)

    def test_also_of_what_is_prepared(self) -> None:
        found = facts("2026.1.0", "v2025.12.0", config=self.CALENDAR)

        assert "prepared v2026.01.0" == told(found)

    def test_also_where_the_last_tag_was_spelled_otherwise(self) -> None:
        config = Config(version=VersionConfig(scheme="calver"))
        found = facts("2025.12.0", "v2025.12.00", config=config)

        assert "new v2026.1.0" == told(found)


class TestLocalVersions:
    @pytest.mark.parametrize("version", ["1.3.0+acme.1", "1.3.0rc1+acme.1"])
    def test_are_refused_where_the_index_refuses_them(self, version: str) -> None:
        error = refusal(facts(request=read_request(version=version)))

        assert f"{version} is a local version, and pypi refuses those" == error.message
        assert f"Release {version.partition('+')[0]} instead" == error.hint

    @pytest.mark.parametrize(
        "found",
        [
            facts(request=read_request(version="1.3.0+acme.1"), registry=PRIVATE),
            facts(request=read_request(version="1.3.0+acme.1", publish=False)),
        ],
        ids=["an index of one's own", "none at all"],
    )
    def test_are_released_elsewhere(self, found: Facts) -> None:
        assert "new v1.3.0+acme.1" == told(found)

    def test_a_prepared_one_is_refused_too(self) -> None:
        error = refusal(facts("1.3.0+acme.1", prepared=Prepared(HEAD)))

        assert "1.3.0+acme.1 is a local version, and pypi refuses those" == error.message


class TestPrepared:
    """A version is released as of the commit that prepared it."""

    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            (
                facts("1.3.0", prepared=Prepared(EARLIER, LATER, "- it")),
                "prepared v1.3.0 of an earlier commit",
            ),
            (facts("1.3.0", prepared=Prepared(HEAD)), "prepared v1.3.0"),
            (facts("1.3.0", prepared=Prepared(None)), "refused prepared-out-of-sight"),
            (
                facts(
                    "1.3.0",
                    commits=("feat!: remove everything", "chore: next is 1.3.0"),
                    prepared=Prepared(EARLIER, LATER),
                ),
                "refused prepared-too-early",
            ),
            (
                facts(
                    "1.3.0",
                    commits=("feat!: remove everything", "feat: a"),
                    prepared=Prepared(EARLIER, LATER),
                ),
                "prepared v1.3.0 of an earlier commit",
            ),
            (
                facts("0.1.0", last=None, config=PULL_REQUEST, files={"CHANGELOG.md": FIRST}),
                "prepared v0.1.0",
            ),
            (
                facts(
                    "0.1.0",
                    last=None,
                    config=PULL_REQUEST,
                    files={"CHANGELOG.md": FIRST},
                    prepared=Prepared(EARLIER, LATER, "- All of it."),
                ),
                "prepared v0.1.0 of an earlier commit",
            ),
        ],
        ids=[
            "commits came later",
            "none did",
            "the commit is not among those since the last release",
            "all that asks for a release came later",
            "some of it came before",
            "a first release that a pull request prepared",
            "the same, and commits came later",
        ],
    )
    def test_by_the_commit_that_prepared_it(self, found: Facts, expected: str) -> None:
        assert expected == told(found)

    def test_says_what_is_left_for_the_next_release(self) -> None:
        made = release(facts("1.3.0", prepared=Prepared(EARLIER, LATER, "- it")))

        assert (
            "bbbbbbbb prepared it; 1 commit on top belongs to the next release"
            == (made.reasons[-1])
        )
        assert "- it" == made.notes

    def test_a_version_raised_before_its_work_names_the_way_on(self) -> None:
        error = refusal(
            facts(
                "1.3.0",
                commits=("feat!: remove everything", "chore: next is 1.3.0"),
                prepared=Prepared(EARLIER, LATER),
            )
        )

        assert "1.3.0 was prepared by bbbbbbbb, right after v1.2.0; 1 commit came later" == (
            str(error)
        )
        assert "releasio release --version 1.3.0 --execute" in error.hint
        assert error.hint.endswith("tag it first: git tag v1.3.0 bbbbbbbb")

    def test_a_commit_out_of_sight_names_the_way_on(self) -> None:
        error = refusal(facts("1.3.0", prepared=Prepared(None)))

        assert "pyproject.toml says 1.3.0, but no commit since v1.2.0 prepared it" == str(error)
        assert "releasio release --version 1.3.0 --execute" in error.hint

    def test_an_explicit_version_releases_all_of_it(self) -> None:
        request = read_request(version="1.3.0")
        found = facts("1.3.0", prepared=Prepared(EARLIER, LATER), request=request)

        assert "new v1.3.0" == told(found)


class TestTagOfHead:
    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            (facts("0.1.0", "v0.2.0", (), head_tag="v0.2.0"), "refused tag-disagrees"),
            (facts("1.3.0", "v1.2.0", (), head_tag="v1.2.0"), "refused tag-disagrees"),
            (facts("1.2.0", "v1.2.0", (), head_tag="v1.2.0"), "nothing"),
            (facts("1.2.0", "v1.2.0", (), head_tag="v1"), "nothing"),
            (facts("1.2.3", "v1.2.3", (), head_tag="v1.2"), "nothing"),
            (facts("0.5.9", "v0.5.9", branch=None, head_tag="v0.5.10-dev-2025"), "nothing"),
            (facts("0.5.9", "v0.5.9", head_tag="v0.5.10-dev-2025"), "new v0.5.10"),
            (
                facts("0.1.0", "v0.2.0", (), head_tag="v0.2.0", request=read_request(bump="minor")),
                "new v0.3.0",
            ),
        ],
        ids=[
            "it says more than pyproject.toml",
            "it says less",
            "it says the same",
            "a short one beside the full one",
            "a longer short one",
            "a development version that is published",
            "a development version, and a branch is checked out",
            "another version is asked for",
        ],
    )
    def test_must_say_the_version(self, found: Facts, expected: str) -> None:
        assert expected == told(found)

    def test_the_error_has_both_values_and_both_ways_on(self) -> None:
        public = PublicRefs({"v0.2.0": PublicTag(HEAD, HEAD)})
        error = refusal(facts("0.1.0", "v0.2.0", (), head_tag="v0.2.0", public=public))

        assert "HEAD has the tag v0.2.0, but pyproject.toml says 0.1.0 there" == str(error)
        assert "git tag -d v0.2.0; git push --delete origin v0.2.0" in error.hint
        assert "releasio release --version 0.2.0 --execute" in error.hint
        assert "releasio release --version 0.1.0 --execute" in error.hint
        assert 4 == error.exit_code

    def test_one_that_nobody_else_has_is_deleted_here_only(self) -> None:
        error = refusal(facts("0.1.0", "v0.2.0", (), head_tag="v0.2.0", public=PublicRefs()))

        assert "git push" not in error.hint

    def test_a_development_version_says_what_is_known_of_it(self) -> None:
        found = facts("0.5.9", branch=None, head_tag="v0.5.10-dev-2025", public=PublicRefs())
        offline = facts("0.5.9", branch=None, head_tag="v0.5.10-dev-2025")

        assert "HEAD is v0.5.10-dev-2025, and every file of it is where it goes" == reason(found)
        assert reason(offline).endswith("whether it is there is not known")


class TestUnpushed:
    def test_the_tag_of_the_present_version_is_pushed_and_published(self) -> None:
        found = facts("1.3.0", "v1.3.0", unpushed="v1.3.0")

        assert "prepared v1.3.0 of an earlier commit" == told(found)
        assert (
            "v1.3.0 is in this clone only, and not released: it is pushed and published",
        ) == release(found).reasons

    def test_any_other_is_nobody_s(self) -> None:
        error = refusal(facts("1.2.0", "v1.2.1", (), unpushed="v1.2.1", head_tag="v1.2.1"))

        assert (
            "the tag v1.2.1 is in this clone only: origin lacks it, and pyproject.toml says 1.2.0"
            == str(error)
        )
        assert "git tag -d v1.2.1" in error.hint
        assert "git push origin v1.2.1" in error.hint


class TestAhead:
    """Releases that were made on top of HEAD."""

    @pytest.mark.parametrize(
        ("tag", "expected"),
        [
            (ahead("v1.2.1", on_branch=True), "elsewhere v1.2.1"),
            (
                ahead(
                    "v1.2.1",
                    on_branch=True,
                    unfinished=Unfinished("v1.2.1", Version("1.2.1"), EARLIER, {}),
                ),
                "resumed v1.2.1 of an earlier commit",
            ),
            (ahead("v1.2.1", on_branch=True, of_head=False), "behind v1.2.1"),
            (ahead("v1.2.1"), "behind v1.2.1"),
            (ahead("v1.2.1", on_branch=False), "refused version-taken"),
            (ahead("v1.3.0", on_branch=True), "behind v1.3.0"),
            (ahead("v1.3.0", on_branch=False), "new v1.2.1"),
            (ahead("v1.3.0"), "new v1.2.1"),
        ],
        ids=[
            "another run made this very one",
            "another run did, and did not finish",
            "it was made further up",
            "the remote was not asked",
            "of another branch",
            "another version was made of HEAD",
            "another version, of another branch",
            "another version, and the remote was not asked",
        ],
    )
    def test_by_where_it_is(self, tag: AheadTag, expected: str) -> None:
        assert expected == told(facts(ahead=(tag,), tags=(tag.name, "v1.2.0")))


class TestJob:
    @pytest.mark.parametrize(
        ("found", "expected"),
        [
            (facts(branch=None, job=ON_TAG), "refused tag-is-no-version"),
            (facts("0.2.1", "v0.2.0", branch=None, job=ON_TAG), "refused tag-is-no-version"),
            (facts(job=ON_TAG), "new v1.2.1"),
            (facts("1.3.0", branch=None, job=Job("tag", "v1.3.0")), "prepared v1.3.0"),
            (facts(job=PR), "refused started-by-pull-request"),
            (facts(branch=None, job=PR), "refused started-by-pull-request"),
            (facts(unfinished="v1.2.0", job=PR), "refused started-by-pull-request"),
            (
                facts("0.1.0", "v0.2.0", (), head_tag="v0.2.0", job=PR),
                "refused started-by-pull-request",
            ),
            (facts(job=Job("pull-request", "#12", merged_into="main")), "new v1.2.1"),
            (
                facts(branch="topic", job=Job("pull-request", "#12", merged_into="main")),
                "refused started-by-pull-request",
            ),
            (facts(commits=(), job=PR), "nothing"),
        ],
        ids=[
            "a tag that is no version",
            "a tag that is no version, and a prepared one at hand",
            "a tag that is no version, and a branch is checked out",
            "a tag that is one",
            "a pull request",
            "a pull request's merge commit",
            "a pull request does not finish anything",
            "a pull request, whatever else is wrong",
            "a merged pull request",
            "a merged pull request, and something else is checked out",
            "a pull request without anything to release",
        ],
    )
    def test_by_what_started_it(self, found: Facts, expected: str) -> None:
        assert expected == told(found)

    def test_a_tag_that_is_no_version_is_named(self) -> None:
        error = refusal(facts(branch=None, job=ON_TAG))

        assert "this job was started by tag v0.2.1-test, which is no version" == str(error)
        assert "such as v1.2.0" in error.hint
        assert 4 == error.exit_code

    def test_a_pull_request_is_named_and_no_failure(self) -> None:
        error = refusal(facts(job=PR))

        assert "this job was started by pull request #12: it releases nothing" == str(error)
        assert "The job that the merge starts on main releases." == error.hint
        assert 0 == error.exit_code


class TestRefused:
    def test_everything_that_is_wrong_is_said_at_once(self) -> None:
        found = facts(branch="topic", changed=("a.py",))

        assert "refused wrong-branch, dirty-tree" == told(found)

    def test_nothing_is_not_said_where_the_index_did_not_answer(self) -> None:
        """A run would ask it, too, and not end well either."""
        trouble = IndexUnreachable("corp", "it did not answer", tries=5)

        nothing, new = (
            replace(found, packages=(replace(found.package(), trouble=trouble),))
            for found in (facts(commits=()), facts())
        )

        assert "refused index-unreachable" == told(nothing)
        assert "new v1.2.1" == told(new)

    def test_what_would_be_released_is_known_all_the_same(self) -> None:
        assert "v1.2.1" == release(facts(branch="topic")).tag

    def test_a_rule_s_refusal_is_one_too(self) -> None:
        assert "refused version-downgrade" == told(facts(request=read_request(version="1.0.0")))
