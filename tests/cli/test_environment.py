"""What the environment holds that cannot be used."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cli.program import Program


class TestProxy:
    @pytest.mark.parametrize("words", [("check",), ("release", "--execute"), ("release",)])
    def test_that_is_none_is_named_without_its_password(
        self, laptop: Program, words: tuple[str, ...]
    ) -> None:
        run = laptop(*words, HTTPS_PROXY="http://ada:hunter22@proxy.example:port")

        assert 2 == run.code
        assert "error: HTTPS_PROXY names no usable proxy: it is not an address\n" in run.err
        assert "Traceback" not in run.err
        assert "hunter22" not in run.out + run.err
