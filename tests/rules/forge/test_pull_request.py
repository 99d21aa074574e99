from __future__ import annotations

import pytest

from releasio.rules.forge.pull_request import PullRequest


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://github.com/acme/demo/pull/12", "#12"),
        ("https://codeberg.org/acme/demo/pulls/12", "#12"),
        ("https://gitlab.com/acme/tools/demo/-/merge_requests/12", "!12"),
    ],
)
def test_people_call_it_as_their_forge_does(url: str, name: str) -> None:
    pull = PullRequest(12, "One", "", "topic", "", "main", "open", url)

    assert name == pull.name
