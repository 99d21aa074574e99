from __future__ import annotations

import pytest

from releasio.rules.credentials.secret import Secret
from releasio.rules.identity.claims import read_claims, table
from releasio.rules.identity.publisher import (
    Publisher,
    called_workflow,
    pending_link,
    publisher_of,
    workflow_file,
)
from releasio.rules.identity.publisher_form import comparison, form_of, form_values, publisher_link
from releasio.rules.index.registry import PYPI, TESTPYPI, Registry
from tests.fakes.tokens import CLAIMS, jwt

OTHER = Registry("internal", "https://pkg.example.org/up/", None)


class TestClaims:
    def test_reads_the_payload(self) -> None:
        assert read_claims(Secret(jwt(CLAIMS))) == CLAIMS

    @pytest.mark.parametrize("text", ["", "a.b", "a.b.c", "a.W10.c", "..", "a.ä.c", "a.eyI.c"])
    def test_what_is_no_jwt_has_no_claims(self, text: str) -> None:
        assert read_claims(Secret(text)) == {}

    def test_a_table_has_aligned_columns_and_no_trailing_blanks(self) -> None:
        assert table(("a", "b"), [("one", ""), ("", "two")]) == "  a    b\n  one\n       two"


class TestPublisher:
    def test_is_read_from_the_claims(self) -> None:
        assert Publisher("acme", "widgets", "release.yml", "release") == publisher_of(CLAIMS)

    def test_without_environment(self) -> None:
        claims = {name: value for name, value in CLAIMS.items() if name != "environment"}

        assert Publisher("acme", "widgets", "release.yml", "") == publisher_of(claims)

    def test_only_github_jobs_have_one(self) -> None:
        assert publisher_of({"iss": "https://gitlab.example", "project_path": "a/b"}) is None

    @pytest.mark.parametrize(
        ("reference", "expected"),
        [
            ("o/r/.github/workflows/release.yml@refs/heads/main", "release.yml"),
            ("o/r/.github/workflows/release.yaml@refs/tags/v1@2", "release.yaml"),
            ("o/r/elsewhere/release.yml@main", ""),
            ("", ""),
        ],
    )
    def test_the_workflow_is_the_files_name(self, reference: str, expected: str) -> None:
        assert expected == workflow_file(reference)

    def test_the_form_for_a_pending_publisher_has_the_projects_name_first(self) -> None:
        values = form_values(form_of({**CLAIMS, "environment": ""}), "demo")

        assert values == (
            ("PyPI Project Name", "demo"),
            ("Owner", "acme"),
            ("Repository name", "widgets"),
            ("Workflow name", "release.yml"),
            ("Environment name", "(leave it empty)"),
        )


class TestLinks:
    def test_the_form_is_filled_in(self) -> None:
        assert (
            f"{TESTPYPI.site}/manage/project/some-thing/settings/publishing/?provider=github"
            "&owner=acme&repository=widgets&workflow_filename=release.yml&environment=release"
            == publisher_link(TESTPYPI, "Some_Thing", CLAIMS)
        )

    def test_values_are_escaped(self) -> None:
        link = publisher_link(PYPI, "demo", {**CLAIMS, "environment": "a&b c"})

        assert link is not None
        assert link.endswith("&environment=a%26b+c")

    def test_the_page_for_new_projects(self) -> None:
        assert f"{PYPI.site}/manage/account/publishing/" == pending_link(PYPI)

    def test_other_indexes_have_no_pages_we_know(self) -> None:
        assert publisher_link(OTHER, "demo", CLAIMS) is None
        assert pending_link(OTHER) is None


class TestComparison:
    def test_puts_the_form_beside_the_claims(self) -> None:
        assert comparison(CLAIMS).splitlines()[:3] == [
            "  field             the publisher must be  this job's identity says",
            "  Owner             acme                   repository_owner = acme",
            "  Repository name   widgets                repository = acme/widgets",
        ]

    def test_other_issuers_show_who_they_are(self) -> None:
        assert (
            comparison({"iss": "https://issuer.example", "sub": "job-1"})
            == "  claim  the identity says\n  iss    https://issuer.example\n  sub    job-1"
        )

    def test_no_claims_no_table(self) -> None:
        assert comparison({}) == ""

    def test_a_called_workflow_is_noticed(self) -> None:
        called = "acme/shared/.github/workflows/publish.yml@v1"

        assert (CLAIMS["workflow_ref"], called) == called_workflow(
            {**CLAIMS, "job_workflow_ref": called}
        )
        assert called_workflow(CLAIMS) is None
