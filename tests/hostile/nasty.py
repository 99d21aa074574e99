"""Sixty subjects of commits that would do something, if anybody let them."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import cmarkgfm
from cmarkgfm.cmark import Options

ADDRESS = "https://example.org/a_b?c=d"  # the one that may be a link: it says where it leads
SHA = "a1b2c3d4e5f60718293a4b5c6d7e8f9012345678"
# behind `fix: `; what is None is made of bytes that no message should have
NASTY: dict[str, str] = {
    "name": "thank @ada for it",
    "everybody": "@all @here @everyone look",
    "team": "ask @org/team, and @org/team/sub",
    "name in brackets": "(@ada) [@bo] 'cc @cy'",
    "mail": "reach ada@example.org or <bo@example.org>",
    "entity for an @": "&#64;ada &commat;bo &#x40;cy",
    "issue": "close #12, fix #13 and #14",
    "keyword": "fixes #1, closes: #2, resolves org/repo#3",
    "other tracker": "org/repo#15 and repo#16",
    "GH": "GH-17 and gh-18",
    "merge request": "!19 and group/sub!20",
    "work item": "AB#21",
    "commit": f"revert {SHA} and a1b2c3d",
    "commit of another": f"org/repo@{SHA[:9]} ada@{SHA[:8]}",
    "issue by its address": "https://github.com/org/repo/issues/22 is fixed",
    "pull by its address": "fixes https://github.com/org/repo/pull/23",
    "commit by its address": f"https://gitlab.com/o/r/-/commit/{SHA}",
    "address": f"see {ADDRESS} now",
    "address with markup": "see https://example.org/*a*[b]`c`",
    "address with a name": "https:///@ada https://user@example.org/ https://x`@ada",
    "other schemes": "ftp://example.org/a HTTP://EXAMPLE.ORG mailto:ada@example.org",
    "www": "www.example.org is gone, WWW.EXAMPLE.ORG too",
    "javascript": "[x](javascript:alert(1)) javascript:alert(1)",
    "link": "[click](https://evil.example) me",
    "link by reference": "[click][1] [1]: https://evil.example",
    "image": "![pixel](https://evil.example/pixel.png)",
    "autolink": "<https://evil.example/pixel.png>",
    "footnote": "see [^1] [^1]: note",
    "task": "[x] done [ ] not done",
    "emphasis": "*a* **b** _c_ __d__ ***e*** ~~f~~ ~g~",
    "code that does not end": "use `a, ``b and ```c",
    "heading": "# heading",
    "quotation": "> [!WARNING] alarm",
    "list": "- item",
    "number": "1. item",
    "rule": "---",
    "rule of stars": "* * *",
    "underline": "===",
    "table": "| a | b | --- | --- |",
    "fence": "~~~sh",
    "fence of ticks": "```sh",
    "formula": "$a$ and $`b`$ and $$c$$ of ${HOME}",
    "backslashes": "C:\\[x] \\@ada \\#12 \\\\",
    "script": "<script>alert(1)</script>",
    "element": "<img src=x onerror=alert(1)> <details><summary>x",
    "comment": "<!-- hidden --> --> <![CDATA[x]]> <?php ?>",
    "entities": "&lt;b&gt; &amp;lt; &nbsp;",
    "colour": "red \x1b[31mtext\x1b[0m",
    "title of a terminal": "\x1b]0;owned\x07 and \x1b]8;;https://evil.example\x1b\\link",
    "cursor": "a\rb\x08c\x0bd\x0ce\x9b2J",
    "command": "::error file=x::owned",
    "old command": "##[add-mask]x and ##[set-output name=x]y",
    "line ends that are none": "a\u2028::set-output name=x::y\u2029b\x85c",
    "right to left": "\u202ededdah \u2066x\u2069 \u200f\u05d0\u05d1",
    "emoji": "\U0001f389 ship \U0001f469\u200d\U0001f4bb :tada:",
    "hidden": "a\u200bb\ufeffc\U000e0041d",
    "long": "x" * 10_000,
    "template of Jinja": "{{ secrets.TOKEN }} {% raw %} {# x #}",
    "template of Python": "{} {0} {description} %s %(x)s {scope!r}",
    "template of a shell": "${{ github.token }} $(id) `id` ${HOME}",
}

_SILENT = {"code", "pre"}
_OURS = {"h1", "h2", "h3", "ul", "ol", "li", "p", "strong"}
# what forges make links and notices of, in what is no code and no link
_LIVE = re.compile(
    r"(?<![\w`])@\w|[\w.+-]@[\w-]+\.\w|[#!]\d|\b[Gg][Hh]-\d|https?://|ftp://|\bwww\."
    rf"|\b(?:{SHA[:7]}[0-9a-f]*)",
    re.IGNORECASE,
)


class Rendered(HTMLParser):
    """What a page shows: its text, what does something in it, and its links."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.text: list[str] = []
        self.live: list[str] = []
        self.links: list[str] = []  # that say something else than where they lead
        self._page: str | None = None
        self._open: list[str] = []
        html = cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if tag == "a":
            self._page = dict(attrs).get("href")
        elif tag not in _OURS | _SILENT:
            self.live.append(f"<{tag}>")

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        if "a" in self._open and data != self._page:
            self.links.append(f"{data} -> {self._page}")
        if not {*self._open} & {*_SILENT, "a"}:
            self.live += _LIVE.findall(data)

    def handle_comment(self, data: str) -> None:
        self.live.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.live.append(f"<!{decl}>")

    def handle_pi(self, data: str) -> None:
        self.live.append(f"<?{data}>")

    def unknown_decl(self, data: str) -> None:
        self.live.append(f"<![{data}]>")
