"""What a rehearsal shows of the forge, as Markdown and as a file for a browser."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest

from releasio.rehearsal.html_page import html_page
from releasio.rehearsal.pages import (
    PullRequestPage,
    ReleasePage,
    pull_request_page,
    release_page,
)
from releasio.standins.forge.github.state import Asset, Pull, Release

SITE = "http://127.0.0.1:1234"
NOTES = "## What's Changed\n\n- Greet politely ([#7](http://127.0.0.1:1234/acme/demo/pull/7))\n"
MOMENT = "2026-11-29T12:00:00Z"


def release(**changes: object) -> Release:
    values: dict[str, object] = {
        "id": 1,
        "tag": "v0.2.0",
        "target": "main",
        "name": "demo v0.2.0",
        "body": NOTES,
        "draft": False,
        "prerelease": False,
        "author": "ada",
        "created_at": MOMENT,
        "untagged": "untagged-1",
    }
    return Release(**{**values, **changes})  # type: ignore[arg-type]  # what a test says


def pull(**changes: object) -> Pull:
    values: dict[str, object] = {
        "number": 3,
        "id": 3,
        "title": "chore(release): prepare v0.2.0",
        "body": f"See {SITE}/acme/demo",
        "head": "releasio/release",
        "base": "main",
        "user": "ada",
        "draft": False,
        "created_at": MOMENT,
        "updated_at": MOMENT,
    }
    return Pull(**{**values, **changes})  # type: ignore[arg-type]  # what a test says


class TestRelease:
    def test_has_the_address_that_the_real_forge_has(self) -> None:
        page = release_page(release(), site=SITE, shown_as="https://github.example")

        assert "([#7](https://github.example/acme/demo/pull/7))" in page.body

    @pytest.mark.parametrize(
        ("changes", "facts"),
        [
            ({}, "tag v0.2.0"),
            ({"draft": True}, "tag v0.2.0, draft"),
            ({"prerelease": True}, "tag v0.2.0, pre-release"),
        ],
    )
    def test_says_as_what_it_is_shown(self, changes: dict[str, object], facts: str) -> None:
        assert facts == release_page(release(**changes), site=SITE, shown_as=SITE).facts

    def test_is_markdown_with_its_files(self) -> None:
        page = ReleasePage("demo v0.2.0", "v0.2.0", "- x\n", False, False, (("a.whl", 1234),))  # noqa: FBT003 -- as they stand there

        assert (
            "# demo v0.2.0\n\ntag v0.2.0\n\n- x\n\nAssets:\n\n- a.whl (1,234 bytes)\n"
        ) == page.markdown

    def test_without_name_and_text_is_one_all_the_same(self) -> None:
        page = release_page(release(name=None, body=None), site=SITE, shown_as=SITE)

        assert "# v0.2.0\n\ntag v0.2.0\n" == page.markdown

    def test_counts_the_bytes_of_its_files(self) -> None:
        asset = Asset(
            id=1,
            name="b.whl",
            label="",
            content_type="",
            data=b"12345",
            state="uploaded",
            digest="",
            uploader="ada",
            created_at=MOMENT,
        )
        page = release_page(release(assets=[asset]), site=SITE, shown_as=SITE)

        assert (("b.whl", 5),) == page.files


class TestPullRequest:
    def test_is_markdown_with_all_that_is_asked_for(self) -> None:
        page = pull_request_page(
            pull(draft=True, labels=["release"], reviewers=["bob"], assignees=["eve"]),
            site=SITE,
            shown_as="https://github.example",
        )

        assert (
            "# chore(release): prepare v0.2.0\n\n"
            "releasio/release into main; draft; labels release; for bob, eve\n\n"
            "See https://github.example/acme/demo\n"
        ) == page.markdown


class Tags(HTMLParser):
    """Collects elements and attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}


class TestHtml:
    NASTY = (
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "</article></body><form action=x><button>x</button></form>",
        '"><svg onload=alert(1)>',
        "<style>body { display: none }</style>",
        "<iframe src=//x.invalid></iframe>",
        "[x](javascript:alert(1))",
        "<base href=//x.invalid>",
        "<meta http-equiv=refresh content=0>",
    )

    @pytest.mark.parametrize("text", NASTY)
    def test_takes_all_text_for_data(self, text: str) -> None:
        page = ReleasePage(text, text, text, draft=False, prerelease=False, files=((text, 1),))
        request = PullRequestPage(text, text, text, text, False, (text,), (text,))  # noqa: FBT003 -- as they stand there
        before, after = Tags(), Tags()
        before.feed(html_page("x", []))
        after.feed(html_page(text, [page, request]))
        harmless = {"article", "h1", "h2", "table", "tr", "td", "img", "a", "p", "tbody", "svg"}

        assert not {"script", "form", "button", "svg", "iframe", "base"} & after.names
        assert after.names - before.names <= harmless
        assert not {name for name in after.attributes if name.startswith("on")}
        assert "javascript:" not in "".join(
            re.findall(r'href="[^"]*"', html_page(text, [page, request]))
        )

    def test_lets_nothing_be_loaded(self) -> None:
        policy = "default-src 'none'; style-src 'unsafe-inline'"

        assert f'http-equiv="Content-Security-Policy" content="{policy}"' in html_page("x", [])

    def test_renders_markdown(self) -> None:
        page = release_page(release(), site=SITE, shown_as=SITE)
        text = html_page("demo 0.2.0", [page])

        assert "<title>demo 0.2.0</title>" in text
        assert "<h1>demo v0.2.0</h1>" in text
        assert re.search(r"<li>Greet politely \(<a href=", text)
        assert "a rehearsal. Nothing of this is on a forge." in text
