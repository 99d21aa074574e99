"""Whether the files are there that the metadata names, and render."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.setup.checks.project.weight import at_most, public_weight
from releasio.setup.findings.project.files import (
    LicenceFileMissing,
    ReadmeMissing,
    ReadmeNotRendered,
    ReadmeTypeUnknown,
)
from releasio.setup.patches.patch import Edit, Patch, lines_of
from releasio.setup.situation.metadata import Declared, declared_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding, Severity
    from releasio.setup.situation.situation import Situation

_MARKDOWN, _RST = "text/markdown", "text/x-rst"
_TYPES = {".md": _MARKDOWN, ".markdown": _MARKDOWN, ".rst": _RST}
_STRICT = frozenset({"hatchling", "flit_core", "uv_build"})  # they stop without the file
_LICENCE_BEGINNINGS = ("licen", "copying")


def check_files(situation: Situation) -> Iterator[Finding]:
    """Yield what is wrong with the README and the licence files."""
    project = situation.project
    declared = declared_of(project.documents, project.folder)
    yield from _licences(situation, declared)
    readme = declared.readme
    if not readme.path or project.path(readme.path).startswith(("../", "/")):
        return  # what is outside of the repository is not looked at
    if project.documents.get(project.path(readme.path)) is None:
        yield _missing(situation, declared)
        return
    suffix = f".{readme.path.rpartition('.')[2].lower()}" if "." in readme.path else ""
    kind = readme.content_type or _TYPES.get(suffix, "")
    if not kind and declared.style == "pep621":
        yield _unknown(declared)
    elif declared.style != "poetry":
        yield from _not_rendered(situation, declared, kind)


def _missing(situation: Situation, declared: Declared) -> Finding:
    """Return that the README is not there; a workflow may put it there before it builds."""
    readme = declared.readme
    is_strict = declared.backend in _STRICT
    is_made = any(readme.path in workflow.text for workflow in situation.workflows)
    consequence = "The build stops for it." if is_strict else "The page on the index stays empty."
    severity: Severity = "error" if is_strict and not is_made else "warning"
    return ReadmeMissing(readme.path, consequence).at(declared.path, readme.line).weighed(severity)


def _unknown(declared: Declared) -> Finding:
    readme = declared.readme
    line = f'readme = {{file = "{readme.path}", content-type = "text/plain"}}'
    text = lines_of(declared.text)[readme.line - 1]
    is_plain = text.partition("=")[2].strip() in {f'"{readme.path}"', f"'{readme.path}'"}
    edit = Edit(declared.path, readme.line, readme.line + 1, (line,))
    consequence = "Build back ends stop for it: they know .md and .rst alone."
    finding = ReadmeTypeUnknown(readme.path, consequence, f"Say it: {line}")
    return finding.at(declared.path, readme.line, Patch((edit,)) if is_plain else None)


def _not_rendered(situation: Situation, declared: Declared, kind: str) -> Iterator[Finding]:
    from releasio.world.build.description import description_problems

    readme, weight = declared.readme, public_weight(situation)
    text = situation.project.text(readme.path)
    if declared.style == "setup.cfg":
        kind = readme.content_type
    if text is None or weight is None or kind.partition(";")[0] not in {"", _RST}:
        return
    problems = description_problems(text, kind or None)
    if not problems:
        return
    is_markdown = _TYPES.get(f".{readme.path.rpartition('.')[2].lower()}") == _MARKDOWN
    patch = _markdown_patch(declared) if is_markdown else None
    remedy = "Mend the text: python -m docutils --strict shows the same."
    if is_markdown:
        remedy = f"Say that it is Markdown: {_markdown_line(declared)}"
    at_line = readme.line if is_markdown else 1
    path = declared.path if is_markdown else situation.project.path(readme.path)
    finding = ReadmeNotRendered(readme.path, problems[0].partition(";")[0], remedy)
    yield finding.at(path, at_line, patch).weighed(at_most("error", weight))


def _markdown_line(declared: Declared) -> str:
    if declared.style == "setup.cfg":
        return f"long_description_content_type = {_MARKDOWN}"
    return f'readme = "{declared.readme.path}"'


def _markdown_patch(declared: Declared) -> Patch | None:
    readme = declared.readme
    line, new_line = readme.line, _markdown_line(declared)
    if declared.style == "setup.cfg" and not readme.content_type:
        return Patch((Edit(declared.path, line + 1, line + 1, (new_line,)),))
    text = lines_of(declared.text)[line - 1]
    if declared.style == "pep621" and text.rstrip().endswith("}"):
        return Patch((Edit(declared.path, line, line + 1, (new_line,)),))
    return None


def _licences(situation: Situation, declared: Declared) -> Iterator[Finding]:
    project = situation.project
    candidates = [name for name in project.names if name.lower().startswith(_LICENCE_BEGINNINGS)]
    candidate = candidates[0] if len(candidates) == 1 else ""
    for pattern in project.unmatched:
        key = "license-files" if pattern in declared.strings("license-files") else "license"
        line = declared.line_with(key, pattern)
        text = lines_of(declared.text)[line - 1]
        edit = Edit(declared.path, line, line + 1, (text.replace(pattern, candidate),))
        is_plain = text.count(f'"{pattern}"') + text.count(f"'{pattern}'") == 1
        patch = Patch((edit,)) if candidate and is_plain else None
        yield LicenceFileMissing(key, pattern, candidate).at(declared.path, line, patch)
