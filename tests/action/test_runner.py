from __future__ import annotations

import pytest

from tests.action.runner import read_outputs


class TestOutputs:
    def test_both_forms(self) -> None:
        expected = {"a": "1=2", "b": "x\ny", "c": ""}

        assert expected == read_outputs("a=1=2\nb<<END\nx\ny\nEND\nc=\n")

    def test_anything_else_fails_the_step(self) -> None:
        with pytest.raises(ValueError, match="neither"):
            read_outputs("free text\n")
