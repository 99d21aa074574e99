from __future__ import annotations

from datetime import UTC, datetime

import pytest

from releasio.rules.index.simple import (
    ACTIVE,
    IndexFile,
    Standing,
    belongs_to,
    of_version,
    parse_html,
    parse_json,
    standing_in_html,
    standing_in_json,
)

PAGE = "https://index.example.org/simple/demo/"
SHA = "ab" * 32


class TestJson:
    def test_reads_what_the_index_tells(self) -> None:
        file = {
            "filename": "demo-1.0.tar.gz",
            "url": "../../files/demo-1.0.tar.gz",
            "hashes": {"sha256": SHA.upper()},
            "size": 12,
            "yanked": "broken",
            "upload-time": "2026-01-02T03:04:05Z",
            "provenance": "/integrity/demo/1.0/demo-1.0.tar.gz/provenance",
        }

        assert (
            IndexFile(
                "demo-1.0.tar.gz",
                "https://index.example.org/files/demo-1.0.tar.gz",
                SHA,
                12,
                "broken",
                datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
                "https://index.example.org/integrity/demo/1.0/demo-1.0.tar.gz/provenance",
            ),
        ) == parse_json({"files": [file]}, PAGE)

    @pytest.mark.parametrize(
        "more",
        [
            {},
            {"size": None, "upload-time": "yesterday", "yanked": None},
            {"upload-time": "2026-01-02"},
        ],
    )
    def test_lives_with_the_least(self, more: dict[str, object]) -> None:
        file = {"filename": "demo-1.0.tar.gz", "url": "f", "hashes": {"md5": "0"}, **more}

        assert (IndexFile("demo-1.0.tar.gz", f"{PAGE}f"),) == parse_json({"files": [file]}, PAGE)

    @pytest.mark.parametrize(
        "page", [{}, {"files": "none"}, {"files": ["x"]}, {"files": [{"filename": "x"}]}]
    )
    def test_what_is_no_page_is_an_error(self, page: dict[str, object]) -> None:
        with pytest.raises(ValueError, match="the page"):
            parse_json(page, PAGE)


class TestYanked:
    @pytest.mark.parametrize(
        ("said", "reason"),
        [
            (True, ""),
            ("breaks on 3.12", "breaks on 3.12"),
            (False, None),
            ("", None),  # PEP 691: only what is true counts
            (None, None),
            (1, None),
        ],
    )
    def test_by_json_is_what_counts_as_true(self, said: object, reason: str | None) -> None:
        file = {"filename": "a.tar.gz", "url": "f", "hashes": {}, "yanked": said}

        assert [reason] == [f.yanked for f in parse_json({"files": [file]}, PAGE)]

    @pytest.mark.parametrize(
        ("attribute", "reason"),
        [
            ("", None),
            (" data-yanked", ""),
            (' data-yanked=""', ""),
            (' data-yanked="needs &lt;2"', "needs <2"),
        ],
    )
    def test_by_html_is_what_has_the_attribute(self, attribute: str, reason: str | None) -> None:
        text = f'<a href="a.tar.gz"{attribute}>a.tar.gz</a>'

        assert [reason] == [f.yanked for f in parse_html(text, PAGE)]


class TestStanding:
    @pytest.mark.parametrize(
        ("page", "expected"),
        [
            ({}, ACTIVE),
            ({"project-status": {"status": "active"}}, ACTIVE),
            ({"project-status": {"status": "archived"}}, Standing("archived")),
            (
                {"project-status": {"status": "quarantined", "reason": "malware"}},
                Standing("quarantined", "malware"),
            ),
            ({"project-status": {"status": "archived", "reason": 7}}, Standing("archived")),
            ({"project-status": "archived"}, ACTIVE),
            ({"project-status": None}, ACTIVE),
        ],
    )
    def test_is_read_from_json(self, page: dict[str, object], expected: Standing) -> None:
        assert expected == standing_in_json(page)

    @pytest.mark.parametrize(
        ("head", "expected"),
        [
            ("", ACTIVE),
            ('<meta name="pypi:project-status" content="archived">', Standing("archived")),
            (
                (
                    "<meta name='pypi:project-status' content='quarantined'>\n"
                    "<meta name='pypi:project-status-reason' content='A &amp; B'>"
                ),
                Standing("quarantined", "A & B"),
            ),
        ],
    )
    def test_is_read_from_html(self, head: str, expected: Standing) -> None:
        assert expected == standing_in_html(f"<head>{head}</head>")

    @pytest.mark.parametrize(
        ("status", "expected"),
        [("active", True), ("deprecated", True), ("archived", False), ("quarantined", False)],
    )
    def test_decides_about_uploads(self, status: str, expected: bool) -> None:  # noqa: FBT001
        assert expected == Standing(status).takes_files


class TestProvenance:
    def test_is_read_from_html_too(self) -> None:
        text = '<a href="demo-1.0.tar.gz" data-provenance="https://example.org/p">x</a>'

        assert ["https://example.org/p"] == [f.provenance for f in parse_html(text, PAGE)]

    @pytest.mark.parametrize("value", [None, "", 3])
    def test_may_be_absent(self, value: object) -> None:
        file = {"filename": "a.tar.gz", "url": "f", "hashes": {}, "provenance": value}

        assert [None] == [f.provenance for f in parse_json({"files": [file]}, PAGE)]


class TestHtml:
    def test_reads_links_as_pypiserver_and_pypi_write_them(self) -> None:
        text = f"""<!DOCTYPE html><h1>Links</h1>
            <a href="../../files/demo-1.0.tar.gz#sha256={SHA}" data-yanked="">demo-1.0.tar.gz</a>
            <a href="/files/demo-1.0%2Blocal-py3-none-any.whl?x=1#md5=00">x</a>
            <a name="top">up</a>"""

        assert (
            IndexFile(
                "demo-1.0.tar.gz",
                "https://index.example.org/files/demo-1.0.tar.gz",
                SHA,
                yanked="",
            ),
            IndexFile(
                "demo-1.0+local-py3-none-any.whl",
                "https://index.example.org/files/demo-1.0%2Blocal-py3-none-any.whl?x=1",
            ),
        ) == parse_html(text, PAGE)

    def test_a_base_is_heeded(self) -> None:
        text = '<base href="https://files.example.org/"><a href="demo-1.0.zip">d</a>'

        assert parse_html(text, PAGE)[0].url == "https://files.example.org/demo-1.0.zip"


class TestOfVersion:
    FILES = tuple(
        IndexFile(name, "")
        for name in (
            "Some_Thing-1.0.0.tar.gz",
            "some_thing-1.0-py3-none-any.whl",
            "some_thing-1.0.1.tar.gz",
            "some_thing_else-1.0.tar.gz",
            "some_thing-1.0.egg",
            "some_thing-odd.whl",
        )
    )

    def test_versions_are_compared_as_versions_and_names_normalised(self) -> None:
        found = of_version(self.FILES, "some.thing", "1.0")

        assert [file.name for file in found] == [
            "Some_Thing-1.0.0.tar.gz",
            "some_thing-1.0-py3-none-any.whl",
        ]

    def test_without_a_version_everything_counts(self) -> None:
        assert of_version(self.FILES, "some.thing", None) == self.FILES


@pytest.mark.parametrize(
    "name", ["demo-1.0-1/../../x-py3-none-any.whl", "demo-1.0-1\\..\\x-py3-none-any.whl"]
)
def test_a_name_that_leads_out_of_a_folder_is_of_no_project(name: str) -> None:
    assert belongs_to(name) is None
