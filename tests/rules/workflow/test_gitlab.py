"""Pipelines of GitLab CI: which jobs upload, as whom."""

from __future__ import annotations

import pytest

from releasio.rules.identity.job_identity import gitlab_identities
from releasio.rules.identity.publisher_form import form_of, form_values
from releasio.rules.workflow.gitlab.pipeline import local_includes, pipeline_jobs
from releasio.rules.workflow.gitlab.uploads import PipelineUpload, pipeline_uploads
from releasio.rules.workflow.node import parse_yaml

TEMPLATE = """
variables: {TWINE_REPOSITORY: testpypi}
default:
  before_script: [pip install twine]
.above:
  environment: {name: pypi}
  id_tokens:
    PYPI_ID_TOKEN: {aud: pypi}
.steps:
  script: [python -m build, twine upload dist/*]
"""


def uploads(text: str, template: str = "") -> tuple[PipelineUpload, ...]:
    files = {"template.yml": parse_yaml(template, "template.yml")} if template else {}
    files[".gitlab-ci.yml"] = parse_yaml(text, ".gitlab-ci.yml")
    return pipeline_uploads(pipeline_jobs(files))


@pytest.mark.parametrize(
    ("job", "expected"),
    [
        ("script: twine upload dist/*", [("twine", "pypi", False)]),
        (
            "script: [twine check dist/*, twine upload -r testpypi a]",
            [("twine", "testpypi", False)],
        ),
        ("script: uv publish --token $TOKEN", [("uv", "pypi", True)]),
        ("script: [export TWINE_PASSWORD=$A, twine upload a]", [("twine", "pypi", True)]),
        ("script: TWINE_PASSWORD=$A twine upload a", [("twine", "pypi", True)]),
        ("{variables: {TWINE_PASSWORD: $A}, script: twine upload a}", [("twine", "pypi", True)]),
        (
            "{variables: {TWINE_PASSWORD: {value: a}}, script: twine upload a}",
            [("twine", "pypi", True)],
        ),
        ("script: twine upload --repository-url $CI_API_V4_URL/pypi a", [("twine", "", False)]),
        (
            "{id_tokens: {TESTPYPI_ID_TOKEN: {aud: testpypi}}, script: releasio publish -x}",
            [("releasio", "testpypi", False)],
        ),
        ("script: make publish", []),
    ],
)
def test_uploads_are_read_from_scripts(job: str, expected: list[tuple[str, str, bool]]) -> None:
    text = f"a: {job}" if job.startswith("{") else f"a:\n  {job}"

    assert expected == [
        (upload.tool, upload.target, upload.has_password) for upload in uploads(text)
    ]


def test_what_a_job_extends_and_the_defaults_are_its_own() -> None:
    (upload,) = uploads("publish: {extends: [.above, .steps]}", TEMPLATE)

    job = upload.job
    assert ("testpypi", "pypi") == (upload.target, job.environment and job.environment.text)
    assert ["PYPI_ID_TOKEN"] == [token.variable for token in job.tokens]
    assert ["pip install twine", "python -m build", "twine upload dist/*"] == [
        part.text for part in job.script
    ]


def test_what_a_job_says_itself_counts_before_what_it_extends() -> None:
    text = """
publish:
  extends: .above
  environment: release
  variables: {TWINE_REPOSITORY: pypi}
  before_script: []
  id_tokens: {OTHER: {aud: [a, b]}}
  script: [!reference [.steps, script]]
"""
    (upload,) = uploads(text, TEMPLATE)

    job = upload.job
    assert ("pypi", "release") == (upload.target, job.environment and job.environment.text)
    assert {"PYPI_ID_TOKEN": "pypi", "OTHER": ""} == {
        token.variable: token.audience for token in job.tokens
    }
    assert upload.is_trusted


def test_templates_that_extend_each_other_end() -> None:
    assert 1 == len(
        uploads(".a: {extends: .b}\n.b: {extends: .a}\nc: {extends: .a, script: uv publish}")
    )


def test_the_form_names_the_file_that_gitlab_begins_with() -> None:
    found = uploads(
        "publish: {extends: [.above, .steps], variables: {TWINE_REPOSITORY: pypi}}", TEMPLATE
    )
    (identity,) = gitlab_identities(found, "acme/tools/demo", "gitlab.com")

    form = form_of(identity.claims)

    assert form is not None
    assert {
        "Namespace": "acme/tools",
        "Project name": "demo",
        "Top-level pipeline file path": ".gitlab-ci.yml",
        "Environment name": "pypi",
    } == dict(form_values(form))


@pytest.mark.parametrize(
    ("include", "paths"),
    [
        ("/ci/a.yml", ("ci/a.yml",)),
        ("[ci/a.yml, https://example.com/b.yml]", ("ci/a.yml",)),
        ("[{local: /a.yml}, {project: x, file: y}, {template: z}]", ("a.yml",)),
        ("{local: a.yml}", ("a.yml",)),
    ],
)
def test_only_files_of_the_project_are_included(include: str, paths: tuple[str, ...]) -> None:
    assert paths == local_includes(parse_yaml(f"include: {include}", ""))


def test_a_file_without_includes_has_none() -> None:
    assert () == local_includes(parse_yaml("a: b", ""))
