"""What an editor leaves, before it becomes notes that nobody can take back."""

from __future__ import annotations

import pytest

from releasio.errors.project.manifest import NotUtf8
from releasio.release.changelog.edited import edited_text


class TestEditedText:
    def test_is_taken_as_it_is(self) -> None:
        assert "- Café\r\n\n- b" == edited_text("\n- Café\r\n\n- b\n\n".encode(), "notes.md")

    def test_loses_the_mark_that_an_editor_puts_in_front(self) -> None:
        assert "- a" == edited_text(b"\xef\xbb\xbf- a\n", "notes.md")

    @pytest.mark.parametrize(
        ("content", "line"),
        [
            (b"one\n\xff\xfe\x00", 2),
            ("one".encode("utf-16"), 1),
            ("one\n".encode("utf-16-le"), 1),
            (b"one\ntwo\0", 2),
        ],
    )
    def test_in_another_encoding_is_refused(self, content: bytes, line: int) -> None:
        with pytest.raises(NotUtf8) as refusal:
            edited_text(content, "notes.md")

        assert "notes.md is not encoded in UTF-8" == str(refusal.value)
        assert "Save it as UTF-8" == refusal.value.hint
        assert line == refusal.value.line

    @pytest.mark.parametrize(
        ("text", "path"),
        [
            (" \n\t\n", "notes.md"),
            ("\ufeff\n", "notes.md"),
            ("<!-- call it off -->\n", "notes.md"),
            (".. call it off\n", "notes.rst"),
            ("// call it off\n", "notes.adoc"),
        ],
    )
    def test_that_nobody_would_see_is_empty(self, text: str, path: str) -> None:
        assert "" == edited_text(text.encode(), path)
