"""What a job builds, tests and installs."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.deeds import find_deeds
from releasio.rules.workflow.workflow import parse_workflow


def kinds(step: str) -> list[str]:
    """Return the kinds of what a job with one *step* runs."""
    workflow = parse_workflow("w.yml", f"jobs:\n  a:\n    steps:\n      - {step}\n")
    return [deed.kind for deed in find_deeds(workflow.jobs["a"], {})]


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        ("python -m build", ["builds"]),
        ("python3 -m build --sdist", ["builds"]),
        ("pyproject-build .", ["builds"]),
        ("pipx run build==1.3.0", ["builds"]),
        ("uv build", ["builds"]),
        ("uv run -m build", []),
        ("hatch build -t wheel", ["builds"]),
        ("poetry publish --build", ["builds"]),
        ("pdm publish --no-build", []),
        ("flit publish", ["builds"]),
        ("python setup.py sdist bdist_wheel", ["builds"]),
        ("pip wheel .", ["builds"]),
        ("uv publish", []),
        ("twine upload dist/*", []),
        ("pytest -q", ["tests"]),
        ("python -m pytest", ["tests"]),
        ("python -m unittest discover", ["tests"]),
        ("make test", ["tests"]),
        ("make dist", []),
        ("hatch test", ["tests"]),
        ("coverage run -m pytest", ["tests"]),
        ("pip install build twine", ["installs"]),
        ("python -m pip install --upgrade pip", ["installs"]),
        ("pip install -e .", ["installs"]),
        ("pip install '.[dev]'", ["installs"]),
        ("pipx install poetry", ["installs"]),
        ("pip install twine==6.1.0", []),
        ("pip install -r requirements.txt", []),
        ("pip install --require-hashes -r requirements.txt x", []),
        ("pip install ./dist/demo.whl", []),
        ("pip install pytest-build", ["installs"]),
        ("apt-get install build-essential", []),
        ("uv sync --locked", []),
        ("echo pytest", []),
    ],
)
def test_a_command_is_what_it_does(command: str, expected: list[str]) -> None:
    assert expected == kinds(f"run: {command}")


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("uses: pypa/cibuildwheel@v3.3.0", ["builds"]),
        ("uses: PyO3/maturin-action@v1", ["builds"]),
        ("{uses: PyO3/maturin-action@v1, with: {command: upload}}", []),
        ("uses: actions/checkout@v6", []),
    ],
)
def test_some_actions_build(step: str, expected: list[str]) -> None:
    assert expected == kinds(step)


def test_each_stands_where_it_is_written() -> None:
    text = "jobs:\n  a:\n    steps:\n      - run: |\n          set -e\n          uv build\n"
    workflow = parse_workflow("w.yml", text)

    deeds = find_deeds(workflow.jobs["a"], {})

    assert [("uv build", 6)] == [(deed.words, deed.line) for deed in deeds]
