"""Which steps upload, where to, and with which credential."""

from __future__ import annotations

import textwrap

import pytest

from releasio.rules.index.registry import PYPI, TESTPYPI
from releasio.rules.workflow.publishing import Upload, find_uploads, secret_names
from releasio.rules.workflow.workflow import parse_action, parse_workflow


def uploads(steps: str, *, env: str = "", action: str = "") -> tuple[Upload, ...]:
    """Return what a job of these *steps* uploads."""
    text = (
        f"on: push\n{env}jobs:\n  publish:\n    runs-on: ubuntu-latest\n    steps:\n"
        f"{textwrap.indent(textwrap.dedent(steps).strip(), '      ')}\n"
    )
    workflow = parse_workflow(".github/workflows/release.yml", text)
    actions = {}
    if action:
        parsed = parse_action(".github/actions/up/action.yml", textwrap.dedent(action))
        actions[parsed.folder] = parsed
    return find_uploads([workflow], actions)


ACTION = "- uses: pypa/gh-action-pypi-publish@v1\n"
TEST = TESTPYPI.upload
OTHER = "https://x.example/up/"
GIVEN = f"- uses: ./.github/actions/up\n  with: {{url: '{PYPI.upload}'}}"


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        (ACTION, ("gh-action-pypi-publish", "pypi", True)),
        (f"{ACTION}  with: {{repository-url: '{TEST}'}}", (None, "testpypi", True)),
        (f"{ACTION}  with: {{repository_url: '{TEST}'}}", (None, "testpypi", True)),
        (f"{ACTION}  with: {{password: '${{{{ secrets.A }}}}'}}", (None, "pypi", False)),
        (f"{ACTION}  with: {{repository-url: '${{{{ matrix.url }}}}'}}", (None, "", True)),
        (f"{ACTION}  with: {{repository-url: '{OTHER}'}}", (None, OTHER, True)),
        ("- uses: PyPA/gh-action-pypi-publish@v1", (None, "pypi", True)),
        ("- run: uv publish", ("uv", "pypi", True)),
        ("- run: uv publish --index testpypi", ("uv", "testpypi", True)),
        (f"- run: uv publish --publish-url {TEST}", ("uv", "testpypi", True)),
        ("- run: uv publish --token ${{ secrets.A }}", ("uv", "pypi", False)),
        ("- run: uv publish\n  env: {UV_PUBLISH_TOKEN: '${{ secrets.A }}'}", ("uv", "pypi", False)),
        ("- run: twine upload dist/*", ("twine", "pypi", True)),
        ("- run: python -m twine upload -r testpypi dist/*", ("twine", "testpypi", True)),
        ("- run: poetry publish --build", ("poetry", "pypi", False)),
        ("- run: hatch publish -r test", ("hatch", "testpypi", False)),
        ("- run: pdm publish", ("pdm", "pypi", True)),
        ("- run: flit publish", ("flit", "pypi", False)),
        ("- uses: PyO3/maturin-action@v1\n  with: {command: upload}", ("maturin", "pypi", True)),
        ("- run: releasio release --execute", ("releasio", "pypi", True)),
        ("- run: releasio publish -x --registry testpypi", ("releasio", "testpypi", True)),
        ("- uses: acme/releasio/action@v3\n  with: {command: release}", ("releasio", "pypi", True)),
        ("- run: |\n    twine check dist/*\n    twine upload dist/*\n", ("twine", "pypi", True)),
    ],
)  # fmt: skip
def test_the_step_says_where_to_and_with_what(
    steps: str, expected: tuple[str | None, str, bool]
) -> None:
    (upload,) = uploads(steps)
    tool, target, is_trusted = expected

    assert tool in {None, upload.tool}
    assert (target, is_trusted) == (upload.target, upload.is_trusted)


@pytest.mark.parametrize(
    "steps",
    [
        "- run: uv build",
        "- run: echo uv publish",
        "- run: twine check dist/*",
        "- run: poetry publish --dry-run",
        "- run: releasio release --dry-run",
        "- run: releasio release",
        "- run: hatch publish --help",
        "- uses: PyO3/maturin-action@v1\n  with: {command: build}",
        "- uses: acme/releasio/action@v3\n  with: {command: check}",
        "- uses: acme/releasio/action@v3\n  with: {command: release, dry-run: 'true'}",
        "- uses: acme/releasio/action@v3\n  with: {command: release, stage: prepare}",
        "- uses: acme/releasio/action@v3\n  with: {command: build}",
        "- run: releasio release --stage build --execute",
        "- run: releasio release --stage=prepare --execute",
        "- uses: acme/releasio/action@v3\n  with: {command: release, skip-publish: 'true'}",
        "- uses: pypa/cibuildwheel@v3",
        "- uses: ./.github/actions/missing",
    ],
)
def test_what_only_builds_or_looks_uploads_nothing(steps: str) -> None:
    assert () == uploads(steps)


@pytest.mark.parametrize(
    ("run", "env", "expected"),
    [
        ("tox -e release", "TWINE_PASSWORD: '${{ secrets.A }}'", [("twine", "pypi", 7)]),
        ("make up", "UV_PUBLISH_TOKEN: '${{ secrets.A }}'", [("uv", "pypi", 7)]),
        (
            "nox -s up",
            f"TWINE_REPOSITORY_URL: '{TEST}', TWINE_PASSWORD: '${{{{ secrets.A }}}}'",
            [("twine", "testpypi", 7)],
        ),
        ("make up", "POETRY_PYPI_TOKEN_TESTPYPI: '${{ secrets.A }}'", [("poetry", "testpypi", 7)]),
        (
            "pip install twine && make up",
            "TWINE_PASSWORD: '${{ secrets.A }}'",
            [("twine", "pypi", 7)],
        ),
        ("tox -e release", "TWINE_PASSWORD: ''", []),
        ("tox -e release", "TWINE_USERNAME: __token__", []),
        ("twine check dist/*", "TWINE_PASSWORD: '${{ secrets.A }}'", []),
        ("releasio check", "RELEASIO_TOKEN: '${{ secrets.A }}'", []),
    ],
)
def test_a_program_of_the_project_that_gets_a_token_uploads(
    run: str, env: str, expected: list[tuple[str, str, int]]
) -> None:
    found = uploads(f"- run: {run}\n  env: {{{env}}}")

    assert expected == [(upload.tool, upload.target, upload.line) for upload in found]
    assert not any(upload.takes_identity for upload in found)


def test_a_token_that_is_left_over_beside_an_upload_is_no_second_one() -> None:
    (upload,) = uploads("- run: uv publish\n  env: {TWINE_PASSWORD: '${{ secrets.A }}'}")

    assert "uv" == upload.tool


def test_a_variable_of_the_workflow_counts_for_its_jobs() -> None:
    (upload,) = uploads(
        "- run: twine upload dist/*", env="env:\n  TWINE_PASSWORD: ${{ secrets.TOKEN }}\n"
    )

    assert not upload.is_trusted
    assert ("TOKEN",) == secret_names(upload.password)
    assert 3 == (upload.password.line if upload.password else 0)


def test_an_action_of_the_repository_is_looked_into_with_what_it_is_given() -> None:
    action = f"""
        inputs:
          url:
            default: {TEST}
        runs:
          using: composite
          steps:
            - uses: pypa/gh-action-pypi-publish@v1
              with:
                repository-url: ${{{{ inputs.url }}}}
    """

    given = uploads(GIVEN, action=action)
    default = uploads("- uses: ./.github/actions/up", action=action)

    assert ["pypi"] == [upload.target for upload in given]
    assert ["testpypi"] == [upload.target for upload in default]
    assert [".github/actions/up/action.yml"] == [upload.path for upload in given]


def test_an_action_that_uses_itself_ends() -> None:
    action = "runs:\n  using: composite\n  steps:\n    - uses: ./.github/actions/up\n"

    assert () == uploads("- uses: ./.github/actions/up", action=action)


def test_the_line_is_that_of_the_command() -> None:
    (upload,) = uploads("- run: |\n    twine check dist/*\n\n    twine upload dist/*\n")

    assert 9 == upload.line


def test_a_password_in_a_script_is_found_on_its_line() -> None:
    (upload,) = uploads("- run: |\n    twine check dist/*\n    twine upload -p x dist/*\n")

    password = upload.password

    assert password is not None
    assert upload.line == password.line
