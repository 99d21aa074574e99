"""A line of releases, one after the other: whatever is asked for, versions only ever go up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from packaging.version import Version

from releasio.config.tables.model import BranchConfig, Config, VersionConfig
from releasio.errors.base import ReleasioError
from releasio.rules.bump.after_release import development_after
from releasio.rules.bump.choice import VersionChoice, choose_version
from releasio.rules.bump.request import Request, read_request
from releasio.rules.commits.reading import read_changes
from releasio.rules.versions.tag_form import TagForm
from releasio.rules.versions.version_range import VersionRange
from tests.rules.history import commit

MESSAGES = st.lists(st.sampled_from(["fix: a", "feat: b", "feat!: c", "docs: d"]), max_size=3)
OPTIONS: list[dict[str, Any]] = [
    {},
    {},
    {},
    {"prerelease": "a"},
    {"prerelease": "b"},
    {"prerelease": "rc"},
    {"prerelease": "dev"},
    {"dev": True},
    {"bump": "patch"},
    {"bump": "minor"},
    {"bump": "major"},
    {"bump": "post"},
    {"bump": "minor", "prerelease": "rc"},
    {"bump": "minor", "dev": True},
]
SETTINGS: list[dict[str, Any]] = [
    {},
    {"zero": "lower"},
    {"after_release": "dev"},
    {"after_release": "dev-patch"},
    {"dev": "commits"},
    {"pre_release": "rc"},
    {"scheme": "calver"},
    {"scheme": "calver", "calver": "YY.MINOR.MICRO", "after_release": "dev"},
    {"scheme": "calver", "calver": "YYYY.0M.0D.MICRO", "dev": "commits"},
    {"scheme": "calver", "calver": "YYYY.MINOR", "after_release": "dev"},
]
STARTS = ["0.4.2", "0.0.0", "1.0", "1.2.0", "1.2.3.4", "1.3.0a1", "1!2.0", "2.0.0.dev0", "3"]
STEPS = st.lists(
    st.tuples(MESSAGES, st.sampled_from(OPTIONS), st.integers(0, 45)), min_size=1, max_size=8
)


@dataclass
class Line:
    """A project on one branch: what its files say and what it has released."""

    config: Config
    current: Version
    released: list[Version] = field(default_factory=list)
    messages: list[str] = field(default_factory=list)
    moment: datetime = datetime(2025, 11, 20, 12, 0, tzinfo=UTC)

    @property
    def last(self) -> Version | None:
        return self.released[-1] if self.released else None

    def proposal(self, request: Request, channel: BranchConfig | None = None) -> VersionChoice:
        return choose_version(
            current=self.current,
            last=self.last,
            reading=read_changes([commit(m) for m in self.messages], self.config.commits),
            config=self.config,
            channel=channel,
            request=request,
            existing=lambda: frozenset(self.released),
            moment=self.moment,
        )

    def release(self, version: Version) -> None:
        self.released.append(version)
        self.current = development_after(version, self.config.version) or version
        self.messages = []


@given(st.sampled_from(STARTS), st.sampled_from(SETTINGS), STEPS)
def test_versions_of_a_line_rise(
    start: str, settings: dict[str, Any], steps: list[tuple[list[str], dict[str, Any], int]]
) -> None:
    line = Line(Config(version=VersionConfig(**settings)), Version(start))
    for messages, options, days in steps:
        line.moment += timedelta(days=days, seconds=1)
        line.messages += messages
        try:
            version = line.proposal(read_request(**options)).version
        except ReleasioError:
            continue
        if version is None:
            continue

        assert line.last is None or version > line.last
        assert version not in line.released
        line.release(version)


@given(st.sampled_from(STARTS), st.sampled_from(SETTINGS), STEPS)
def test_nothing_follows_a_release_without_commits(
    start: str, settings: dict[str, Any], steps: list[tuple[list[str], dict[str, Any], int]]
) -> None:
    """Running again is running once; and asking twice gets the same answer."""
    line = Line(Config(version=VersionConfig(**settings)), Version(start))
    for messages, options, days in steps:
        line.moment += timedelta(days=days, seconds=1)
        line.messages += messages
        request = read_request(**options)
        try:
            choice = line.proposal(request)
        except ReleasioError:
            continue

        assert choice == line.proposal(request)
        if choice.version is not None:
            line.release(choice.version)

            assert line.proposal(Request()).version is None


@given(st.sampled_from(["1.x", "1.2.x", "1!1.x"]), MESSAGES, st.sampled_from(["a", "rc", None]))
def test_commits_never_leave_a_range_that_keeps_them(
    text: str, messages: list[str], phase: str | None
) -> None:
    version_range = VersionRange.of_setting(text)
    epoch = "1!" if "!" in text else ""
    line = Line(Config(), Version(f"{epoch}1.2.3"), [Version(f"{epoch}1.2.3")], messages)
    channel = BranchConfig(match="*", range=text, beyond_range="patch")
    version = line.proposal(read_request(prerelease=phase), channel).version

    assert version_range is not None
    assert version is None or version in version_range or "feat!: c" in messages


@given(
    st.sampled_from(STARTS),
    st.sampled_from(SETTINGS),
    STEPS,
    st.sampled_from([TagForm(), TagForm(""), TagForm("demo-v"), TagForm("release/", "-final")]),
    st.sampled_from([(), ("1.2.0-rc.1",), ("2025.01.0",), ("1.2.0.dev-3", "0.1.0-beta1")]),
)
def test_the_tag_of_a_version_names_it(
    start: str,
    settings: dict[str, Any],
    steps: list[tuple[list[str], dict[str, Any], int]],
    form: TagForm,
    examples: tuple[str, ...],
) -> None:
    line = Line(Config(version=VersionConfig(**settings)), Version(start))
    form = form.like([f"{form.before}{example}{form.after}" for example in examples])
    for messages, options, days in steps:
        line.moment += timedelta(days=days, seconds=1)
        line.messages += messages
        try:
            version = line.proposal(read_request(**options)).version
        except ReleasioError:
            continue
        if version is not None:
            line.release(version)

            assert version == form.version(form.name(version))
    names = [form.name(version) for version in line.released]

    assert names[::-1] == form.newest(names)


@pytest.mark.parametrize("settings", SETTINGS, ids=str)
def test_a_year_of_weekly_releases(settings: dict[str, Any]) -> None:
    line = Line(Config(version=VersionConfig(**settings)), Version("0.0.0"))
    for week in range(52):
        line.moment += timedelta(days=7)
        line.messages = ["feat: b"] if week % 3 else ["fix: a"]
        version = line.proposal(Request()).version
        assert version is not None
        line.release(version)

    assert sorted(set(line.released)) == line.released
