"""What values must be besides their type."""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

from releasio.config.reading.forge_flaws import FORGE_FLAWS
from releasio.config.reading.mistakes import dotted, shown
from releasio.config.reading.version_flaws import VERSION_FLAWS
from releasio.config.setting import WEEK
from releasio.errors.config import (
    BadPattern,
    BadTagPrefix,
    CredentialInSettings,
    PathOutside,
    TokenInSettings,
    WrongSetting,
)
from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from releasio.config.reading.kinds import Value
    from releasio.config.reading.locate import Path
    from releasio.config.reading.mistakes import Findings
    from releasio.config.setting import Setting
    from releasio.errors.config import ConfigError

# git check-ref-format
_NOT_IN_A_REF = pattern(r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/.]|/\.|\.lock(?:/|$)|.[/.]$")

# what an index's token looks like
_TOKEN = pattern(r"pypi-[\w-]{16,}")


def passes(value: Value, path: Path, setting: Setting, findings: Findings) -> bool:
    """Tell whether *value* is what `setting.check` asks for; complain when not."""
    key = dotted(path)
    mistake: ConfigError | None = None
    facts = findings.source.facts
    match setting.check:
        case "regex" if problem := _pattern_problem(value):
            mistake = BadPattern(key, found=shown(value), problem=problem, **facts(path))
        case "url" | "interface" if "@" in value or "?" in value:
            mistake = CredentialInSettings(key, **facts(path))
        case "tag" if _NOT_IN_A_REF.search(_tag_like(value)):
            mistake = BadTagPrefix(key, found=shown(value), **facts(path))
        case "path" | "template" if _leads_out(value, setting.check):
            mistake = PathOutside(key, found=shown(value), **facts(path))
        case "word" if _TOKEN.search(value):
            mistake = TokenInSettings(key, **facts(path))
        case check if expected := _lacking(check, value):
            mistake = WrongSetting(
                key, found=shown(value), expected=expected, hint="", **facts(path)
            )
    if mistake:
        findings.mistakes.append(mistake)
    return mistake is None


def _lacking(check: str, value: Value) -> str:
    """Return what *value* must be and is not; empty when it is."""
    match check:
        case "positive" | "seconds" | "patience":
            return _beyond(value, check)
        case "branch" if not value or _NOT_IN_A_REF.search(value):
            return "the name of a branch"
        case "user" if not value.strip() or ":" in value or not value.isprintable():
            return "a user name, without a colon"
        case "word" if not value.strip() or "\0" in value:
            return "a word"
        case "audience":
            return _not_an_own_audience(value)
    flaw_of = VERSION_FLAWS.get(check) or FORGE_FLAWS.get(check)
    return flaw_of(value) if flaw_of else ""


def _not_an_own_audience(value: str) -> str:
    from releasio.rules.identity.audience import taker

    if not value.strip() or not value.isprintable():
        return "a word"
    return "an audience that only this index has" if taker(value) else ""


def _beyond(value: float, check: str) -> str:
    if value > WEEK and check != "positive":
        return f"at most {WEEK}, a week in seconds"
    if check == "patience":
        return "0 or more" if value < 0 else ""
    return "more than 0" if value <= 0 else ""


def _tag_like(text: str) -> str:
    """Return the name of a tag that a prefix or template leads to."""
    example = text.replace("{name}", "name")
    return example.replace("{version}", "1") if "{version}" in example else f"{example}1"


def _leads_out(path: str, check: str) -> bool:
    """Tell whether *path*, read as on any system, is not that of a file below here."""
    if check == "template":
        from releasio.rules.notes.templates.source import is_inline

        if not path or is_inline(path):
            return False
    parts = path.replace("\\", "/").split("/")
    return not {"", "..", ".git"}.isdisjoint(parts) or ":" in parts[0] or "\0" in path


def _pattern_problem(pattern: str) -> str:
    from releasio.rules.running.own_pattern import problem_of

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Python's plans for odd patterns are not our user's
        return problem_of(pattern)
