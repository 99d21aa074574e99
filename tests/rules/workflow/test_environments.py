"""In which environments jobs run, and what their names mean."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.environments.of_job import environments_of
from releasio.rules.workflow.environments.slips import meant
from releasio.rules.workflow.rights.calls import find_calls
from releasio.rules.workflow.workflow import parse_workflow

TEXT = """
on:
  workflow_dispatch:
    inputs:
      where: {options: [pypi, testpypi]}
      free: {}
  workflow_call:
    inputs:
      called: {default: pypi}
      open: {}
jobs:
  a:
    strategy:
      matrix:
        listed: [pypi, testpypi]
        computed: ["${{ inputs.where }}"]
        include: [{row: one}, {row: two}]
    environment: ENVIRONMENT
"""
CALLER = """
on: push
jobs:
  first: {uses: ./.github/workflows/a.yml, with: {called: testpypi}}
  second: {uses: ./.github/workflows/a.yml}
"""


@pytest.mark.parametrize(
    ("environment", "names"),
    [
        ("", ()),
        ("pypi", ("pypi",)),
        ("{name: pypi, url: x}", ("pypi",)),
        ("${{ matrix.listed }}", ("pypi", "testpypi")),
        ("${{ matrix.row }}", ("one", "two")),
        ("${{ matrix.computed }}", None),
        ("${{ matrix.unknown }}", None),
        ("${{ inputs.where }}", ("pypi", "testpypi")),
        ("${{ github.event.inputs.where }}", ("pypi", "testpypi")),
        ("${{ inputs.called }}", ("testpypi", "pypi")),
        ("${{ inputs.free }}", None),
        ("${{ inputs.open }}", None),
        ("${{ github.ref == 'x' && 'pypi' || 'testpypi' }}", ("pypi", "testpypi")),
        ("${{ github.ref == 'x' && 'pypi' || '' }}", ("pypi",)),
        ("${{ vars.ENVIRONMENT }}", None),
        ("release-${{ matrix.row }}", None),
    ],
)
def test_an_environment_is_told_as_far_as_files_tell(
    environment: str, names: tuple[str, ...] | None
) -> None:
    workflow = parse_workflow(".github/workflows/a.yml", TEXT.replace("ENVIRONMENT", environment))
    caller = parse_workflow(".github/workflows/b.yml", CALLER)

    assert names == environments_of(workflow, workflow.jobs["a"], find_calls([workflow, caller]))


@pytest.mark.parametrize(
    ("name", "others", "other"),
    [
        ("pipy", [], "pypi"),
        ("pypl", [], "pypi"),
        ("ppypi", [], "pypi"),
        ("testpyp", [], "testpypi"),
        ("relase", [], "release"),
        ("indxe", ["index"], "index"),
        ("Pypi", [], None),
        ("releases", [], None),
        ("released", [], None),
        ("pypi2", [], None),
        ("pypi-1", ["pypi-2"], None),
        ("test_pypi", ["testpypi"], None),
        ("pypi_test", ["pypi-test"], None),
        ("prod", ["prof"], "prof"),
        ("eu", ["us"], None),
        ("upload", ["index"], None),
    ],
)
def test_a_slip_of_the_pen_is_one_letter(name: str, others: list[str], other: str | None) -> None:
    assert other == meant(name, others)
