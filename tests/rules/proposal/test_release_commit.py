from __future__ import annotations

import pytest
from packaging.version import Version

from releasio.rules.proposal.release_commit import trailer_of, version_prepared_by

OURS = "chore(release): prepare v1.2.0\n\nRelease-Version: 1.2.0"
CASES = [
    pytest.param([OURS], id="rebased, or merged by fast-forward"),
    pytest.param(["Merge pull request #4 from acme/releasio/release", OURS], id="merged"),
    pytest.param([f"chore(release): prepare demo v1.2.0 (#4)\n\n{OURS}"], id="squashed"),
    pytest.param([f"Better words (#4)\n\n* {OURS}\n\n* fix a typo"], id="squashed, with a list"),
    pytest.param(["Better words (#4)\n\nRelease-Version: 1.2.0\n-->"], id="by the description"),
    pytest.param(["Better words\r\n\r\nRelease-Version: 1.2.0\r\n"], id="with other line ends"),
    pytest.param(["chore(release): prepare demo v1.2.0 (#4)"], id="squashed to its title"),
    pytest.param(["Merge branch x", "chore(release): prepare v1.2.0"], id="by the subject alone"),
    pytest.param(["chore(release): prepare demo v1.2.0 (!4)"], id="squashed by GitLab"),
]


@pytest.mark.parametrize("messages", CASES)
def test_the_version_of_a_merged_pull_request_is_read(messages: list[str]) -> None:
    assert Version("1.2.0") == version_prepared_by(messages)


@pytest.mark.parametrize(
    "message",
    [
        "fix: a mistake",
        'Revert "chore(release): prepare v1.2.0"\n\nThis reverts commit abc.',
        "docs: say what\n\n    Release-Version: 1.2.0",
        "fix: x\n\nRelease-Version: next",
        "",
    ],
)
def test_other_commits_prepare_nothing(message: str) -> None:
    assert version_prepared_by([message]) is None


def test_of_several_trailers_the_last_counts() -> None:
    message = "Release (#4)\n\nRelease-Version: 1.2.0\n\nRelease-Version: 2.0.0"

    assert Version("2.0.0") == version_prepared_by([message])


def test_the_trailer_is_read_as_it_is_written() -> None:
    assert Version("1.2.0") == version_prepared_by([trailer_of(Version("1.2.0"))])
