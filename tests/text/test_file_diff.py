from __future__ import annotations

from releasio.text.file_diff import file_diff


def lines(count: int, **changed: str) -> bytes:
    """Return *count* numbered lines; those named `_N` are others."""
    return "".join(f"{changed.get(f'_{n}', f'line {n}')}\n" for n in range(1, count + 1)).encode()


class TestFileDiff:
    def test_shows_a_change_with_three_lines_around_it(self) -> None:
        expected = [
            "--- a/a.txt",
            "+++ b/a.txt",
            "@@ -47,7 +47,7 @@",
            " line 47",
            " line 48",
            " line 49",
            "-line 50",
            "+new",
            " line 51",
            " line 52",
            " line 53",
        ]

        assert expected == list(file_diff("a.txt", lines(100), lines(100, _50="new")))

    def test_two_changes_far_apart_are_two_hunks(self) -> None:
        diff = list(file_diff("a.txt", lines(100), lines(100, _20="new", _80="new")))

        assert ["@@ -17,7 +17,7 @@", "@@ -77,7 +77,7 @@"] == [x for x in diff if x[0] == "@"]

    def test_a_new_file_has_no_old_side(self) -> None:
        expected = ["--- /dev/null", "+++ b/docs/a.txt", "@@ -0,0 +1,2 @@", "+line 1", "+line 2"]

        assert expected == list(file_diff("docs/a.txt", None, lines(2)))

    def test_lines_at_the_end_stand_where_they_are(self) -> None:
        expected = ["@@ -8,3 +8,4 @@", " line 8", " line 9", " line 10", "+line 11"]

        assert expected == list(file_diff("a.txt", lines(10), lines(11)))[2:]

    def test_a_line_without_an_end_and_one_of_windows_are_lines(self) -> None:
        expected = ["@@ -1,2 +1,2 @@", " one", "-two", "+three"]

        assert expected == list(file_diff("a.txt", b"one\r\ntwo", b"one\r\nthree"))[2:]

    def test_what_is_no_text_is_shown_as_far_as_it_is(self) -> None:
        assert ["-\ufffd", "+b"] == list(file_diff("a.txt", b"\xff\n", b"b\n"))[3:]

    def test_more_than_anybody_reads_is_not_compared(self) -> None:
        expected = ["--- a/a.txt", "+++ b/a.txt", "(too long to compare: lines 1 to 30000)"]

        assert expected == list(file_diff("a.txt", b"x\n" * 30_000, b"y\n" * 30_000))
