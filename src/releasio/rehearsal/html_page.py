"""The pages of the forge as one file that a browser shows, without any server."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from releasio.rehearsal.pages import ReleasePage

if TYPE_CHECKING:
    from collections.abc import Iterable

    from releasio.rehearsal.pages import PullRequestPage

# whatever a commit brought into the text: nothing is run, and nobody is asked for a picture
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = """\
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 56rem; padding: 0 1rem; }
article { border: 1px solid #8886; border-radius: 6px; margin: 2rem 0; padding: 0 1.5rem 1rem; }
pre, code { background: #8882; border-radius: 4px; font: 0.875em ui-monospace, monospace; }
pre { overflow: auto; padding: 0.75rem; white-space: pre-wrap; }
table { border-collapse: collapse; }
td, th { border: 1px solid #8886; padding: 0.25rem 0.75rem; }
.facts { opacity: 0.7; }"""


def html_page(title: str, pages: Iterable[ReleasePage | PullRequestPage]) -> str:
    """
    Return a document of HTML that shows *pages*.

    All text is data: Markdown is rendered as the package index does it, which lets no script,
    style or form through, and everything else is escaped.
    """
    articles = "\n".join(_article(page) for page in pages)
    return f"""\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="viewport" content="width=device-width">
<title>{escape(title)}</title>
<style>
{_STYLE}
</style>
</head>
<body>
<p class="facts">{escape(title)}: a rehearsal. Nothing of this is on a forge.</p>
{articles}
</body>
</html>
"""


def _article(page: ReleasePage | PullRequestPage) -> str:
    files = page.files if isinstance(page, ReleasePage) else ()
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{size:,} bytes</td></tr>" for name, size in files
    )
    assets = f"<h2>Assets</h2>\n<table>{rows}</table>\n" if rows else ""
    return f"""\
<article>
<h1>{escape(page.title)}</h1>
<p class="facts">{escape(page.facts)}</p>
{_rendered(page.body)}
{assets}</article>"""


def _rendered(body: str) -> str:
    """Return *body* as HTML that can do nothing; as it is where nothing here renders it."""
    from readme_renderer import markdown  # 200 ms

    return markdown.render(body, variant="GFM") or f"<pre>{escape(body)}</pre>"
