"""The reference page of all settings, in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from releasio.config.pages.effective import Row
from releasio.config.pages.schema import plain
from releasio.config.reading import kinds
from releasio.config.setting import REQUIRED
from releasio.config.tables.model import Config

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.config.reading.kinds import Key
    from releasio.config.setting import Setting, Table

TOP = """\
# Settings

Everything has a default: a project without any settings can be released.

## Where settings come from

From the first of these files, which counts alone:

1. `.releasio.toml` in the project's directory,
2. `releasio.toml` there,
3. the table `[tool.releasio]` of `pyproject.toml` there,
4. the same upwards to the root of the repository, except `releasio.toml`; of several
   `pyproject.toml` only the nearest.

In `.releasio.toml` and `releasio.toml` the keys stand at the top level; in `pyproject.toml` they
stand below `tool.releasio`, so `[publish]` is `[tool.releasio.publish]` there.

Then from the environment: `RELEASIO_`, the table and the key, as in `RELEASIO_PUBLISH_REGISTRY` or
`RELEASIO_MODE`. Switches are `true` or `false`; lists are separated by commas or written as JSON;
tables are JSON. An empty variable counts as not set. `RELEASIO_TOKEN`, `RELEASIO_TOKEN_*`,
`RELEASIO_OIDC_TOKEN` and `RELEASIO_SIGSTORE_ID_TOKEN` are credentials and not settings.

Then from options of the command line.

`releasio config` shows the value of every setting and where it comes from; `releasio config schema`
prints a JSON Schema for editors.
"""


def settings_page() -> str:
    """Return the page, in Markdown, ending in a newline."""
    return "\n".join([TOP, *_section(Config, ())])


def _section(table: type[Table], path: tuple[str, ...], later: str = "") -> Iterator[str]:
    """Yield the blocks about *table*, then those about the tables in it."""
    yield f"## {_heading(path)}\n\n{_not_yet(_sentence(table), later)}\n"
    inner: list[tuple[type[Table], tuple[str, ...], str]] = []
    keys = []
    for name, kind in kinds.kinds(table).items():
        setting = table.settings[name]
        setting_path = path if setting.rest else (*path, name)
        content, step = kinds.contents(kind)
        if step != ("",) and kinds.is_table(content):
            inner.append((content, (*setting_path, *step), setting.later))
            if setting.rest or step != ("[]",):
                continue
        keys.append(kinds.Key(setting_path, setting, kind))
    yield from (_entry(key) for key in keys)
    for content, place, reason in inner:
        yield from _section(content, place, reason)


def _heading(path: tuple[str, ...]) -> str:
    if not path:
        return "Top level"
    name = ".".join(path).replace("*", "NAME")
    return f"`[[{name.removesuffix('.[]')}]]`" if path[-1] == "[]" else f"`[{name}]`"


def _sentence(table: type[Table]) -> str:
    return " ".join((table.__doc__ or "").split())


def _entry(key: Key) -> str:
    facts = f"{_type(key.kind, key.setting)}; {_default(key.setting)}."
    return f"### `{key.name}`\n\n{_about(key.setting)}\n\n{facts}\n"


def _about(setting: Setting) -> str:
    if setting.dead:
        return f"**No effect:** {setting.dead}."
    return _not_yet(setting.doc, setting.later)


def _not_yet(doc: str, later: str) -> str:
    return f"{doc} **Not yet:** {later}." if later else doc


def _type(kind: Any, setting: Setting) -> str:  # noqa: ANN401 -- a type form
    words = kinds.words(kind)
    if setting.check == "regex":
        words = words.replace("a string", "a regular expression").replace(
            "strings", "regular expressions"
        )
    if words[0].isalpha():
        return f"{words[0].upper()}{words[1:]}"
    return f"One of {words}" if " or " in words else f"Only {words}"


def _default(setting: Setting) -> str:
    if setting.default is REQUIRED:
        return "required"
    if setting.default is None:
        return "not set by default"
    return f"default `{Row('', plain(setting.default), '').text}`"
