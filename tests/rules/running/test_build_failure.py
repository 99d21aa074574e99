"""What a failed build printed, and what is made of it."""

from __future__ import annotations

import pytest

from releasio.rules.running.build_failure import hint, missing_project, no_answer


class TestNoAnswer:
    @pytest.mark.parametrize(
        "line",
        [
            "HTTPConnectionPool(host='x', port=8): Max retries exceeded with url: /x",
            "ERROR: ... (Caused by ResponseError('too many 500 error responses'))",
            "ERROR: HTTP error 503 while getting https://example.org/x.whl",
            "  cause: HTTP status server error (500 Internal Server Error) for url (...)",
            "  cause: Request failed after 3 retries",
            "WARNING: Retrying (...) after connection broken by 'NewConnectionError(...)'",
            "  cause: dns error",
            "error: error sending request for url (https://example.org/simple/hatchling/)",
            "ERROR: ReadTimeoutError: Temporary failure in name resolution",
        ],
    )
    def test_is_what_pip_and_uv_say_of_an_index_in_trouble(self, line: str) -> None:
        assert no_answer(["Collecting demo==1.0", line])

    @pytest.mark.parametrize(
        "line",
        [
            "ERROR: No matching distribution found for demo==9",
            "ERROR: HTTP error 404 while getting https://example.org/x.whl",
            "ERROR: Package 'demo' requires a different Python: 3.11.7 not in '>=9'",
        ],
    )
    def test_is_not_what_they_say_of_the_package(self, line: str) -> None:
        assert not no_answer(["Collecting demo==1.0", line])

    def test_is_not_what_they_say_of_a_full_disk(self) -> None:
        lines = ["error: error sending request", "  cause: No space left on device (os error 28)"]

        assert not no_answer(lines)


class TestHint:
    @pytest.mark.parametrize(
        ("line", "start"),
        [
            (
                "ERROR Source /x does not appear to be a Python project",
                "There is no pyproject.toml",
            ),
            (
                "< ERROR: No matching distribution found for flit_core<4",
                "The index has no flit_core<4:",
            ),
            ("< Because nosuch was not found in the package registry", "The index has no nosuch:"),
            (
                "ERROR Backend 'flit.buildapi' is not available.",
                "[build-system] build-backend names flit.buildapi,",
            ),
            (
                "ModuleNotFoundError: No module named 'numpy'",
                "numpy is not there in an isolated build",
            ),
            ("Backend operation failed: OSError(28, 'No space left on device')", "Make space on"),
            ("ERROR: [Errno 28] No space left on", "Make space on the disk of temporary files"),
            ("  cause: There is not enough space on the disk. (os error 112)", "Make space on"),
            ("Killed", "To see it without releasio"),
        ],
    )
    def test_names_what_to_change(self, line: str, start: str) -> None:
        assert hint([line], build_system=True).startswith(start)

    def test_says_when_setuptools_was_only_assumed(self) -> None:
        assert (
            "pyproject.toml has no [build-system] table, so setuptools was used. Add the table "
            "with the backend you build with."
        ) == hint(["error: Multiple top-level packages discovered"], build_system=False)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["ERROR: No matching distribution found for flit_core<4"], "flit_core<4"),
        (["  cause: Because nosuch was not found", "in the package registry"], "nosuch"),
        (["error: dns error"], ""),
    ],
)
def test_a_project_that_is_on_no_index_is_named(lines: list[str], expected: str) -> None:
    assert expected == missing_project(lines)
