"""What an answer to a question means."""

from __future__ import annotations

import pytest

from releasio.rules.distribution.verdict import published_before, read_verdict

EXTENSION = "Invalid file extension: Use .tar.gz, .whl or .zip extension."
GITHUB = {"repository": "acme/demo", "job_workflow_ref": "acme/demo/.github/workflows/r.yml@x"}
THEIRS = {"kind": "GitHub", "repository": "acme/demo", "workflow": "r.yml"}


@pytest.mark.parametrize(
    ("status", "sentence", "outcome"),
    [
        (400, EXTENSION, "no-objection"),
        (403, EXTENSION, "unknown"),
        (400, f"A page of a proxy that says: {EXTENSION}", "unknown"),
        (200, "OK", "stored"),
        (202, EXTENSION, "stored"),
        (204, "", "stored"),
        (403, "Invalid API Token: token is expired", "objection"),
        (403, "The user 'ada' isn't allowed to upload to project 'demo'.", "objection"),
        (403, "Forbidden", "unknown"),
        (401, "Invalid API Token: token is expired", "unknown"),
        (400, "'dog' is invalid for 'version'.", "objection"),
        (400, "Bad Request", "unknown"),
        (409, "The name 'demo' conflicts with an existing project.", "objection"),
        (409, "Conflict", "unknown"),
        (429, "Too many new projects created", "objection"),
        (429, "Too Many Requests", "unknown"),
        (301, "Moved Permanently", "unknown"),
        (500, "Internal Server Error", "unknown"),
        (503, "Read-only mode: Uploads are temporarily disabled.", "unknown"),
    ],
)
def test_only_what_is_known_for_sure_is_an_answer(status: int, sentence: str, outcome: str) -> None:
    assert outcome == read_verdict(status, sentence).outcome


def document(**publisher: object) -> object:
    return {"attestation_bundles": [{"publisher": {**THEIRS, **publisher}, "attestations": [{}]}]}


@pytest.mark.parametrize(
    ("provenance", "claims", "before"),
    [
        (document(), GITHUB, True),
        (document(environment=None), GITHUB, True),
        (document(environment="pypi"), {**GITHUB, "environment": "PyPI"}, True),
        (document(environment="pypi"), GITHUB, False),
        (document(), {**GITHUB, "environment": "pypi"}, False),
        (document(workflow="other.yml"), GITHUB, False),
        (document(repository="acme/other"), GITHUB, False),
        (document(kind="Unheard"), GITHUB, False),
        (document(), {}, False),
        ({"attestation_bundles": []}, GITHUB, False),
        ({"attestation_bundles": [{}]}, GITHUB, False),
        (None, GITHUB, False),
    ],
)
def test_a_publisher_is_known_by_all_that_the_index_knows_it_by(
    provenance: object, claims: dict[str, object], *, before: bool
) -> None:
    assert before == published_before(provenance, claims)
