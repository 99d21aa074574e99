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
from releasio.rules.forge.pull_request import PullRequest
from releasio.rules.forge.release import Asset, ForgeRelease, ReleaseText
from releasio.rules.forge.release_text import with_mark

SITE = "http://127.0.0.1:1234"
NOTES = "## What's Changed\n\n- Greet politely ([#7](http://127.0.0.1:1234/acme/demo/pull/7))\n"


def release(**changes: object) -> ForgeRelease:
    values: dict[str, object] = {
        "id": "1",
        "tag": "v0.2.0",
        "title": "demo v0.2.0",
        "body": NOTES,
        "draft": False,
        "prerelease": False,
        "immutable": False,
        "url": "",
    }
    return ForgeRelease(**{**values, **changes})  # type: ignore[arg-type]  # what a test says


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
        page = release_page(release(title="", body=""), site=SITE, shown_as=SITE)

        assert "# v0.2.0\n\ntag v0.2.0\n" == page.markdown

    def test_has_its_files_in_order(self) -> None:
        assets = tuple(Asset(name, 5, None, name, "") for name in ("b.whl", "a.tar.gz"))
        page = release_page(release(assets=assets), site=SITE, shown_as=SITE)

        assert (("a.tar.gz", 5), ("b.whl", 5)) == page.files

    def test_shows_no_hidden_mark(self) -> None:
        marked = with_mark(ReleaseText("v0.2.0", "demo v0.2.0", "- x"))
        page = release_page(release(body=marked.body), site=SITE, shown_as=SITE)

        assert "- x" == page.body


class TestPullRequest:
    def test_is_markdown_with_all_that_is_asked_for(self) -> None:
        pull = PullRequest(
            number=3,
            title="chore(release): prepare v0.2.0",
            body=f"See {SITE}/acme/demo",
            head="releasio/release",
            head_commit="",
            base="main",
            state="open",
            url="",
            labels=("release", "bot"),
            draft=True,
        )
        page = pull_request_page(pull, site=SITE, shown_as="https://github.example")

        assert (
            "# chore(release): prepare v0.2.0\n\n"
            "releasio/release into main; draft; labels release, bot\n\n"
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
        request = PullRequestPage(text, text, text, text, False, (text,))  # noqa: FBT003 -- as they stand there
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
