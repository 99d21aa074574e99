"""What a signature discloses."""

from __future__ import annotations

import pytest

from releasio.rules.identity.disclosure import disclosed


@pytest.mark.parametrize("name", ["repository_visibility", "project_visibility"])
@pytest.mark.parametrize("visibility", ["private", "internal"])
def test_a_repository_that_is_not_public_is_named_in_a_public_log(
    name: str, visibility: str
) -> None:
    assert (
        f"the repository is {visibility}, and its name and workflow go into a public log for "
        "good; publish.attestations = false signs nothing"
    ) == disclosed({name: visibility})


@pytest.mark.parametrize("claims", [{}, {"repository_visibility": "public"}])
def test_nothing_new_is_told_of_others(claims: dict[str, object]) -> None:
    assert "" == disclosed(claims)
