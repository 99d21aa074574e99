from __future__ import annotations

import pytest

from tests.action.expressions import evaluate, fill
from tests.action.runner import read_outputs

CONTEXTS = {"inputs": {"dry-run": "true", "empty": ""}, "steps": {"a": {"outputs": {"b": "c"}}}}


class TestExpressions:
    @pytest.mark.parametrize(
        ("expression", "expected"),
        [
            ("inputs.dry-run", "true"),
            (" steps.a.outputs.b ", "c"),
            ("steps.never.outputs.b", ""),
            ("inputs.empty || inputs.dry-run", "true"),
            ("inputs.empty || inputs.empty", ""),
        ],
    )
    def test_values(self, expression: str, expected: str) -> None:
        assert expected == evaluate(expression, CONTEXTS)

    @pytest.mark.parametrize("expression", ["inputs", "always()", "inputs.a == 'b'", "'text'"])
    def test_what_it_does_not_know_is_an_error(self, expression: str) -> None:
        with pytest.raises(ValueError, match="not understood"):
            evaluate(expression, CONTEXTS)

    def test_a_context_that_does_not_exist_is_an_error(self) -> None:
        with pytest.raises(KeyError):
            evaluate("secrets.token", CONTEXTS)

    def test_a_value_is_not_expanded_again(self) -> None:
        contexts = {"inputs": {"a": "${{ inputs.b }}", "b": "secret"}}
        expected = "<${{ inputs.b }}>"

        assert expected == fill("<${{ inputs.a }}>", contexts)


class TestOutputs:
    def test_both_forms(self) -> None:
        expected = {"a": "1=2", "b": "x\ny", "c": ""}

        assert expected == read_outputs("a=1=2\nb<<END\nx\ny\nEND\nc=\n")

    def test_anything_else_fails_the_step(self) -> None:
        with pytest.raises(ValueError, match="neither"):
            read_outputs("free text\n")
