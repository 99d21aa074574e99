from __future__ import annotations

import pytest

from releasio.standins.publishing.github_publishers import identity, match, owner_id
from releasio.standins.publishing.publishers import NoPublisher
from releasio.standins.store import Publisher

PATH = "Octo/Demo/.github/workflows/release.yml"
CLAIMS = {
    "repository": "Octo/Demo",
    "repository_owner": "Octo",
    "repository_owner_id": owner_id("Octo"),
    "job_workflow_ref": f"{PATH}@refs/heads/main",
    "ref": "refs/heads/main",
    "sha": "5" * 40,
    "event_name": "push",
    "jti": "1",
}


def publisher(environment: str | None = None, workflow: str = "release.yml") -> Publisher:
    return Publisher(identity=identity("Octo/Demo", workflow, environment), projects=["demo"])


def reason(claims: dict[str, str], *known: Publisher) -> str:
    with pytest.raises(NoPublisher) as caught:
        match(claims, known or (publisher(),))
    return str(caught.value)


class TestGitHubClaims:
    """The table of section 1.4 of the registry contract."""

    def test_find_their_publisher(self) -> None:
        one = publisher()

        assert one is match(CLAIMS, [publisher(workflow="other.yml"), one])

    @pytest.mark.parametrize("claim", sorted(CLAIMS))
    def test_are_all_needed(self, claim: str) -> None:
        rest = {name: value for name, value in CLAIMS.items() if name != claim}

        assert f"Missing claim '{claim}'" == reason(rest)

    @pytest.mark.parametrize(
        "changes",
        [
            {"repository": "octo/Demo"},
            {"repository": "Octo/demo"},
            {"repository_owner_id": "7"},
            {"job_workflow_ref": f"{PATH.replace('release', 'Release')}@refs/heads/main"},
        ],
    )
    def test_are_looked_up_to_the_letter(self, changes: dict[str, str]) -> None:
        assert "Publisher with matching claims was not found" == reason(CLAIMS | changes)

    def test_must_name_the_owner_twice(self) -> None:
        found = reason(CLAIMS | {"repository_owner": "octo"})

        assert "Check failed for required claim 'repository_owner'" == found

    @pytest.mark.parametrize("ref", ["refs/heads/main", "5" * 40])
    def test_may_name_the_workflow_at_ref_or_commit(self, ref: str) -> None:
        one = publisher()

        assert one is match(CLAIMS | {"job_workflow_ref": f"{PATH}@{ref}"}, [one])

    def test_may_not_name_it_at_another_ref(self) -> None:
        found = reason(CLAIMS | {"job_workflow_ref": f"{PATH}@refs/heads/other"})

        assert (
            "The job_workflow_ref claim does not match, expecting one of "
            f"['{PATH}@refs/heads/main', '{PATH}@{'5' * 40}'], got '{PATH}@refs/heads/other'"
        ) == found

    def test_without_a_workflow_file_are_no_use(self) -> None:
        found = reason(CLAIMS | {"job_workflow_ref": "nothing"})

        assert "Could not job extract workflow filename from OIDC claims" == found

    def test_need_ref_or_commit(self) -> None:
        assert "The ref and sha claims are empty" == reason(CLAIMS | {"ref": "", "sha": ""})

    def test_of_foreign_code_are_refused(self) -> None:
        assert (
            "Publishing from a workflow invoked via 'pull_request_target' is not supported."
        ) == reason(CLAIMS | {"event_name": "pull_request_target"})

    def test_may_have_any_subject(self) -> None:
        one = publisher()

        assert one is match(CLAIMS | {"sub": "customised"}, [one])


class TestEnvironment:
    def test_of_the_token_is_free_where_the_publisher_names_none(self) -> None:
        one = publisher()

        assert one is match(CLAIMS | {"environment": "pypi"}, [one])

    def test_is_compared_without_case(self) -> None:
        one = publisher("PyPI")

        assert one is match(CLAIMS | {"environment": "pYpI"}, [one])

    @pytest.mark.parametrize("said", [{}, {"environment": "other"}])
    def test_must_be_the_publishers_where_it_names_one(self, said: dict[str, str]) -> None:
        found = reason(CLAIMS | said, publisher("pypi"))

        assert "Publisher with matching claims was not found" == found

    def test_that_matches_comes_before_none(self) -> None:
        anywhere, careful = publisher(), publisher("pypi")

        assert careful is match(CLAIMS | {"environment": "pypi"}, [anywhere, careful])


class TestReusableWorkflow:
    def test_of_the_same_repository_works_under_its_own_name(self) -> None:
        called = publisher(workflow="called.yml")
        claims = CLAIMS | {
            "job_workflow_ref": PATH.replace("release", "called") + "@refs/heads/main"
        }

        assert called is match(claims, [called])
        assert "Publisher with matching claims was not found" == reason(claims, publisher())

    def test_of_another_repository_never_works(self) -> None:
        other = "Tools/Flows/.github/workflows/release.yml@refs/heads/main"

        assert "expecting one of" in reason(CLAIMS | {"job_workflow_ref": other})
