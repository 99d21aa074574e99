from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from releasio.text.plaintext import command_property, command_value, inert, printable

ZERO_WIDTH = "\u200b"


class TestPrintable:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("fix: plain, with ümlauts and 日本語", "fix: plain, with ümlauts and 日本語"),
            ("two\nlines\tand a tab", "two\nlines\tand a tab"),
            ("\x1b[31mred\x1b[0m", "red"),
            ("\x1b[2J\x1b[Hgone", "gone"),
            ("\x1b]0;title\x07text", "text"),
            ("\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\", "click"),
            ("\x1bcreset", "?creset"),
            ("over\rwritten", "over?written"),
            ("back\bspace", "back?space"),
            ("bell\x07", "bell?"),
            ("\x9b31mred", "?31mred"),
            ("nul\0", "nul?"),
            ("evil\u202etxt.exe", "evil\\u202etxt.exe"),
            ("\u2066isolated\u2069", "\\u2066isolated\\u2069"),
        ],
        ids=repr,
    )
    def test_what_is_left(self, text: str, expected: str) -> None:
        assert expected == printable(text)

    @given(st.text())
    def test_no_control_character_is_left(self, text: str) -> None:
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", printable(text))


class TestInert:
    @pytest.mark.parametrize(
        "text",
        [
            "::set-output name=version::9.9.9",
            "  ::add-mask::e",
            "\t::stop-commands::x",
            "\u3000::error::wide space",
            "first\n::set-output name=version::9.9.9",
            "first\n   ::endgroup::",
            "##[error]old style",
            "in the middle ##[set-env name=PATH]x",
            "###[group]",
            "##[##[error]",
        ],
        ids=repr,
    )
    def test_the_runner_sees_no_command(self, text: str) -> None:
        shown = inert(text)

        assert not any(line.strip().startswith("::") for line in shown.split("\n"))
        assert "##[" not in shown
        assert text == shown.replace(ZERO_WIDTH, "")

    @pytest.mark.parametrize(
        "text",
        ["fix: std::vector", "a :: b", "# [link](x)", "## [1.2.0] - 2026-01-02", "C++ a::b::c"],
    )
    def test_ordinary_text_stays_as_it_is(self, text: str) -> None:
        assert text == inert(text)

    @given(st.text(st.sampled_from(" \t\n:#[\r\u2028a"), max_size=12))
    def test_whatever_is_made_of_its_letters(self, text: str) -> None:
        shown = inert(printable(text))

        assert "##[" not in shown
        assert not any(line.strip().startswith("::") for line in re.split("[\r\n]", shown))


class TestWorkflowCommands:
    def test_a_message_keeps_to_its_line(self) -> None:
        assert "50%25 done%0D%0A::error::x" == command_value("50% done\r\n::error::x")

    def test_a_property_keeps_to_itself(self) -> None:
        assert "a%3Ab%2Cline=1%0A100%25" == command_property("a:b,line=1\n100%")
