"""The small GitHub Actions does what GitHub does, or refuses."""

from __future__ import annotations

import pytest

from tests.setup.recipes.expressions import evaluate, fill

CONTEXTS = {"github": {"ref_name": "v1.0.dev3", "event": {"release": {"prerelease": False}}}}


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("${{ !github.event.release.prerelease }}", True),
        ("contains(github.ref_name, '.DEV')", True),
        ("!(contains(github.ref_name, '-dev-') || contains(github.ref_name, '.dev'))", False),
        ("github.ref_name == 'v1' && github.nothing", False),
        ("github.nothing.at.all || 'else'", "else"),
        ("github.ref_name != 'v1'", True),
    ],
)
def test_expressions_are_evaluated(expression: str, expected: object) -> None:
    assert expected == evaluate(expression, CONTEXTS)


@pytest.mark.parametrize("expression", ["1 < 2", "toJSON(github)", "github.ref_name 'x'"])
def test_what_it_does_not_know_is_an_error(expression: str) -> None:
    with pytest.raises((ValueError, KeyError), match=r"not understood|toJSON"):
        evaluate(expression, CONTEXTS)


def test_values_in_texts_are_as_github_writes_them() -> None:
    assert "v1.0.dev3 false " == fill(
        "${{ github.ref_name }} ${{ github.event.release.prerelease == 'x' }} ${{ github.none }}",
        CONTEXTS,
    )
