from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.errors.project.version import (
    InvalidVersion,
    LocalVersion,
    PrereleaseGoesBack,
    UnknownPhase,
)
from releasio.rules.versions.version import (
    Level,
    counted_dev_version,
    dev_version,
    next_version,
    own_level,
    parse_phase,
    parse_public_version,
    parse_version,
    post_release_of,
    prerelease_of,
    raise_number,
    same_version,
)

if TYPE_CHECKING:
    from collections.abc import Collection

NONE, PATCH, MINOR, MAJOR = Level
RAISING = st.sampled_from([PATCH, MINOR, MAJOR])
NUMBERS = st.lists(st.integers(0, 30), min_size=1, max_size=5)


def prerelease_after(
    current: Version, level: Level, phase: str, taken: Collection[Version] = ()
) -> Version:
    """Return the pre-release that follows a release of *level*, as `--prerelease` asks for it."""
    return prerelease_of(next_version(current, max(level, PATCH)), current, phase, taken)


@st.composite
def versions(draw: st.DrawFn, major: st.SearchStrategy[int] | None = None) -> Version:
    """Any public version of PEP 440."""
    epoch = draw(st.sampled_from(["", "", "1!"]))
    release = draw(NUMBERS)
    if major is not None:
        release[0] = draw(major)
    numbers = ".".join(map(str, release))
    pre = draw(st.sampled_from(["", "", "a1", "b2", "rc3"]))
    post = draw(st.sampled_from(["", "", ".post2"]))
    dev = draw(st.sampled_from(["", "", ".dev4"]))
    return Version(f"{epoch}{numbers}{pre}{post}{dev}")


class TestNextVersion:
    @pytest.mark.parametrize(
        ("current", "level", "expected"),
        [
            ("1.2.3", PATCH, "1.2.4"),
            ("1.2.3", MINOR, "1.3.0"),
            ("1.2.3", MAJOR, "2.0.0"),
            ("1.2.3", NONE, "1.2.3"),
            # before 1.0.0 features and breaking changes raise the minor number
            ("0.4.2", PATCH, "0.4.3"),
            ("0.4.2", MINOR, "0.5.0"),
            ("0.4.2", MAJOR, "0.5.0"),
            ("0.0.3", MAJOR, "0.1.0"),
            ("0.99.99", MAJOR, "0.100.0"),
            # any number of numbers
            ("1.0", PATCH, "1.0.1"),
            ("1.0", MINOR, "1.1"),
            ("1.0", MAJOR, "2.0"),
            ("3", PATCH, "3.0.1"),
            ("3", MAJOR, "4"),
            ("1.2.3.4", PATCH, "1.2.4.0"),
            ("2026.1.5", PATCH, "2026.1.6"),
            ("2026.01.5", MINOR, "2026.2.0"),
            ("1!2.3.4", MINOR, "1!2.4.0"),
            # a pre-release becomes final when its numbers already say it
            ("1.1.0rc1", PATCH, "1.1.0"),
            ("1.1.0rc1", MINOR, "1.1.0"),
            ("1.1.0rc1", MAJOR, "2.0.0"),
            ("1.1.1a1", MINOR, "1.2.0"),
            ("2.0.0b3", MAJOR, "2.0.0"),
            ("1.0.0rc1", PATCH, "1.0.0"),
            ("0.5.0a1", MAJOR, "0.5.0"),
            ("0.5.1a1", MAJOR, "0.6.0"),
            ("0.4.0a1", MINOR, "0.4.0"),
            ("3.0.0.dev0", PATCH, "3.0.0"),
            ("1.2.0rc1.post1", PATCH, "1.2.0"),
            # what follows a release is no pre-release of it
            ("1.0.post1", PATCH, "1.0.1"),
            ("1.0.0.post1.dev2", PATCH, "1.0.1"),
            ("1.0.0+g12ab", PATCH, "1.0.1"),
        ],
    )
    def test_follows_the_level(self, current: str, level: Level, expected: str) -> None:
        assert expected == str(next_version(Version(current), level))

    @given(versions(), RAISING)
    def test_is_always_greater_and_always_final(self, current: Version, level: Level) -> None:
        following = next_version(current, level)

        assert following > current
        assert not following.is_prerelease

    @pytest.mark.parametrize(
        ("current", "level", "expected"),
        [
            ("0.4.2", PATCH, "0.4.3"),
            ("0.4.2", MINOR, "0.4.3"),
            ("0.4.2", MAJOR, "0.5.0"),
            ("0.4.0a1", MINOR, "0.4.0"),
            ("1.2.3", MINOR, "1.3.0"),
        ],
    )
    def test_may_count_each_level_one_step_lower_before_1_0(
        self, current: str, level: Level, expected: str
    ) -> None:
        assert expected == str(next_version(Version(current), level, "lower"))

    @given(versions(major=st.just(0)), RAISING, st.sampled_from(["minor", "lower"]))
    def test_never_leaves_0_x_by_itself(self, current: Version, level: Level, zero: str) -> None:
        """P5: 1.0.0 is a decision, not a side effect of a commit."""
        assert next_version(current, level, zero).major == 0

    @given(versions(), RAISING)
    def test_keeps_the_epoch_and_never_drops_numbers(self, current: Version, level: Level) -> None:
        following = next_version(current, level)

        assert following.epoch == current.epoch
        assert len(following.release) >= len(current.release)

    @given(versions())
    def test_higher_levels_lead_no_lower(self, current: Version) -> None:
        patch, minor, major = (next_version(current, one) for one in (PATCH, MINOR, MAJOR))

        assert patch <= minor <= major

    @given(versions())
    def test_no_level_changes_nothing(self, current: Version) -> None:
        assert current == next_version(current, NONE)

    @given(versions(), RAISING)
    def test_a_pre_release_of_the_result_leads_back_to_it(
        self, current: Version, level: Level
    ) -> None:
        following = next_version(current, level)
        candidate = prerelease_after(current, level, "rc")

        assert following == raise_number(candidate, PATCH)
        assert following == next_version(candidate, PATCH)


class TestRaiseNumber:
    @pytest.mark.parametrize(
        ("current", "level", "expected"),
        [("0.4.2", MAJOR, "1.0.0"), ("0.4.2", MINOR, "0.5.0"), ("0.5.0rc1", MINOR, "0.5.0")],
    )
    def test_takes_the_word_literally(self, current: str, level: Level, expected: str) -> None:
        assert expected == str(raise_number(Version(current), level))

    @given(NUMBERS)
    def test_own_level_is_what_led_there(self, numbers: list[int]) -> None:
        version = Version(".".join(map(str, numbers)))
        assume(any(version.release))

        assert version == raise_number(Version(f"{version}rc1"), own_level(version))


class TestNextPrerelease:
    @pytest.mark.parametrize(
        ("current", "level", "phase", "taken", "expected"),
        [
            # the road of one minor release
            ("1.1.0", MINOR, "a", "", "1.2.0a1"),
            ("1.2.0a1", MINOR, "a", "1.2.0a1", "1.2.0a2"),
            ("1.2.0a2", PATCH, "a", "1.2.0a1 1.2.0a2", "1.2.0a3"),
            ("1.2.0a2", MINOR, "b", "1.2.0a1 1.2.0a2", "1.2.0b1"),
            ("1.2.0b1", PATCH, "rc", "", "1.2.0rc1"),
            ("1.2.0rc1", PATCH, "rc", "", "1.2.0rc2"),
            # the base rises when a change is bigger than it
            ("1.2.0rc1", MAJOR, "a", "", "2.0.0a1"),
            ("1.1.1a1", MINOR, "a", "1.1.1a1", "1.2.0a1"),
            # before 1.0.0 breaking changes raise the minor number
            ("0.4.0a1", MINOR, "a", "0.4.0a1", "0.4.0a2"),
            ("0.4.0", MAJOR, "b", "", "0.5.0b1"),
            # numbers that others took are not taken again
            ("1.1.0", MINOR, "rc", "1.2.0rc1 1.2.0rc4 1.3.0rc9 1.2.0a7", "1.2.0rc5"),
            ("1.1", MINOR, "a", "1.2.0a1", "1.2a2"),
            # development versions, counted
            ("1.1.0", MINOR, "dev", "", "1.2.0.dev1"),
            ("1.2.0.dev1", MINOR, "dev", "1.2.0.dev1", "1.2.0.dev2"),
            ("1.2.0.dev2", PATCH, "a", "1.2.0.dev1", "1.2.0a1"),
            ("1.2.0a1", PATCH, "dev", "1.2.0a1", "1.2.0a2.dev1"),
            ("1.2.0a2.dev1", PATCH, "dev", "", "1.2.0a2.dev2"),
            ("1.2.0a2.dev2", PATCH, "a", "1.2.0a1 1.2.0a2.dev1", "1.2.0a2"),
            # nothing changed, but a pre-release was asked for
            ("1.1.0", NONE, "a", "", "1.1.1a1"),
            ("1.2.0a1", NONE, "rc", "", "1.2.0rc1"),
            ("1!1.1.0", MINOR, "a", "", "1!1.2.0a1"),
            ("1.2.0rc3.post2.dev4", PATCH, "rc", "", "1.2.0rc4"),
        ],
    )
    def test_numbers_itself(
        self, current: str, level: Level, phase: str, taken: str, expected: str
    ) -> None:
        """P27: the table that the documentation shows."""
        others = [Version(one) for one in taken.split()]

        assert expected == str(prerelease_after(Version(current), level, phase, others))

    def test_does_not_go_back_to_an_earlier_phase(self) -> None:
        with pytest.raises(PrereleaseGoesBack) as caught:
            prerelease_after(Version("1.2.0rc1"), PATCH, "a")

        assert caught.value.message == (
            "a pre-release of phase a would be 1.2.0a1, which comes before 1.2.0rc1"
        )
        assert "--prerelease" in caught.value.hint

    @given(versions(), RAISING, st.sampled_from(["a", "b", "rc", "dev"]), st.lists(versions()))
    def test_is_greater_and_free(
        self, current: Version, level: Level, phase: str, taken: list[Version]
    ) -> None:
        try:
            candidate = prerelease_after(current, level, phase, taken)
        except PrereleaseGoesBack:
            assert current.is_prerelease
            return

        assert candidate > current
        assert candidate not in taken
        assert candidate.is_prerelease

    @given(versions(), st.sampled_from(["a", "b", "rc", "dev"]), st.integers(1, 4))
    def test_counts_on(self, current: Version, phase: str, times: int) -> None:
        assume(not current.is_prerelease)
        taken: list[Version] = []
        for _ in range(times):
            current = prerelease_after(current, PATCH, phase, taken)
            taken.append(current)

        assert sorted(set(taken)) == taken
        assert str(taken[-1]).endswith(f"{phase}{times}")


class TestPostReleaseOf:
    @pytest.mark.parametrize(
        ("last", "released", "expected"),
        [
            ("1.2.0", "", "1.2.0.post1"),
            ("1.2.0.post1", "", "1.2.0.post2"),
            ("1.2.0", "1.2.0.post1 1.2.0.post4 1.3.0.post9 1.2.0rc1", "1.2.0.post5"),
            ("1.2", "1.2.0.post1", "1.2.post2"),
            ("1!2.0", "", "1!2.0.post1"),
        ],
    )
    def test_counts_on(self, last: str, released: str, expected: str) -> None:
        pool = [Version(one) for one in released.split()]

        assert expected == str(post_release_of(Version(last), pool))

    @given(versions(), st.lists(versions()))
    def test_is_above_the_last_and_free(self, last: Version, released: list[Version]) -> None:
        assume(not last.is_prerelease)
        following = post_release_of(last, released)

        assert following > last
        assert following not in released


class TestDevVersion:
    @pytest.mark.parametrize(
        ("following", "expected"),
        [
            ("0.5.10", "0.5.10.dev20250820123456"),
            ("1.2.0a2", "1.2.0a2.dev20250820123456"),
            ("3.0.0.dev0", "3.0.0.dev20250820123456"),
        ],
    )
    def test_carries_the_time_in_utc(self, following: str, expected: str) -> None:
        moment = datetime(2025, 8, 20, 14, 34, 56, tzinfo=timezone(timedelta(hours=2)))

        assert expected == str(dev_version(Version(following), moment))

    @given(versions(), RAISING)
    def test_comes_after_what_is_released(self, current: Version, level: Level) -> None:
        assume(not current.is_prerelease)
        moment = datetime(2025, 8, 20, tzinfo=UTC)

        assert current < dev_version(next_version(current, level), moment)


class TestCountedDevVersion:
    @pytest.mark.parametrize(
        ("following", "last", "commits", "released", "expected"),
        [
            ("1.3.0", "1.2.0", 7, "", "1.3.0.dev7"),
            ("1.3.0", "1.3.0.dev7", 2, "1.3.0.dev7", "1.3.0.dev9"),
            ("2.0.0", "1.3.0.dev7", 1, "1.3.0.dev7", "2.0.0.dev8"),
            ("1.3.0a2", "1.3.0a1", 3, "", "1.3.0a2.dev3"),
            ("1.0.0", None, 12, "", "1.0.0.dev12"),
            ("1.3.0", "1.2.0", 2, "1.3.0.dev2 1.3.0.dev3", "1.3.0.dev4"),
        ],
    )
    def test_carries_the_number_of_commits(
        self, following: str, last: str | None, commits: int, released: str, expected: str
    ) -> None:
        version = counted_dev_version(
            Version(following),
            Version(last) if last else None,
            commits,
            [Version(one) for one in released.split()],
        )

        assert expected == str(version)

    @given(versions(), st.lists(st.tuples(RAISING, st.integers(1, 9)), min_size=1, max_size=6))
    def test_rises_with_every_release(
        self, current: Version, steps: list[tuple[Level, int]]
    ) -> None:
        """Development builds of one line, whatever their commits ask for, only ever go up."""
        assume(not current.is_prerelease)
        last, target = current, current
        for level, commits in steps:
            target = next_version(target if target.is_prerelease else last, level)
            version = counted_dev_version(target, last, commits)

            assert version > last
            last = target = version


class TestParseVersion:
    @pytest.mark.parametrize(
        "text", ["1.0", "2026.01.5", "1.0.post1", "1.0.dev5", "1!2.0", "v1.2.0-rc.1", "1.2.0a1"]
    )
    def test_reads_all_of_pep_440(self, text: str) -> None:
        """V20: 2.x knew three numbers and nothing else."""
        assert Version(text) == parse_version(text)

    def test_says_what_a_version_looks_like(self) -> None:
        with pytest.raises(InvalidVersion) as caught:
            parse_version("1.x")

        assert caught.value.message == "'1.x' is not a version"
        assert "PEP 440" in caught.value.hint

    def test_more_digits_than_python_reads_are_no_version(self) -> None:
        with pytest.raises(InvalidVersion):
            parse_version(f"1.{'9' * 5000}")

    def test_refuses_local_versions_where_an_index_would(self) -> None:
        """P39: the upload of 1.0+g12ab fails only after the tag is public."""
        with pytest.raises(LocalVersion) as caught:
            parse_public_version("1.0+g12ab")

        assert caught.value.message == (
            "1.0+g12ab is a local version, and a public index refuses those"
        )
        assert caught.value.hint == "Release 1.0 instead"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("2024.01.5", True), ("v2024.1.5", True), ("2024.1.6", False), ("unknown", False)],
)
def test_the_same_version_is_so_by_pep_440(text: str, *, expected: bool) -> None:
    assert expected is same_version(text, "2024.1.5")


class TestParsePhase:
    @pytest.mark.parametrize(
        ("word", "phase"),
        [("a", "a"), ("alpha", "a"), ("Beta", "b"), ("rc", "rc"), ("dev", "dev"), ("rc1", "rc")],
    )
    def test_knows_the_words(self, word: str, phase: str) -> None:
        assert phase == parse_phase(word)

    def test_names_the_words_it_knows(self) -> None:
        with pytest.raises(UnknownPhase) as caught:
            parse_phase("nightly")

        assert caught.value.message == "'nightly' is not a phase of pre-releases"
        assert caught.value.hint == "Use one of a, alpha, b, beta, rc, dev"
