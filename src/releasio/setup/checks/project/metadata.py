"""Whether indexes take the metadata."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from packaging.licenses import InvalidLicenseExpression, canonicalize_license_expression
from packaging.requirements import InvalidRequirement, Requirement
from packaging.specifiers import InvalidSpecifier, SpecifierSet

from releasio.rules.index.registry import BUILT_IN
from releasio.setup.checks.project.weight import public_weight
from releasio.setup.findings.project.metadata import (
    ClassifierRefused,
    DirectDependency,
    LicenceTwice,
    MetadataInvalid,
    PrivateButPublished,
    PythonNotSaid,
)
from releasio.setup.patches.patch import Edit, Patch, lines_of, respelt
from releasio.setup.situation.metadata import Declared, declared_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.setup.finding import Finding, Severity
    from releasio.setup.situation.situation import Situation

_PRIVATE = "Private ::"
_LICENCE = "License ::"
_POETRY_ADDRESSES = ("git", "url", "path")


def check_metadata(situation: Situation) -> Iterator[Finding]:
    """Yield what is wrong with the metadata as the project's files have it."""
    project = situation.project
    declared = declared_of(project.documents, project.folder)
    if not declared.style:
        return
    yield from _private(situation, declared)
    yield from _invalid(declared)
    yield from _licence_twice(declared)
    if weight := public_weight(situation):
        yield from _classifiers(declared, weight)
        yield from _direct(declared, weight)
        if situation.targets or project.uses_releasio:
            yield from _python(declared)


def _private(situation: Situation, declared: Declared) -> Iterator[Finding]:
    private = [each for each in declared.strings("classifiers") if each.startswith(_PRIVATE)]
    if not private:
        return
    severity: Severity = "warning" if situation.project.others else "error"
    place = declared.path, declared.line_with("classifiers", private[0])
    for upload in situation.uploads:
        if upload.target in BUILT_IN:
            finding = PrivateButPublished(upload.job.key, upload.target, private[0])
            yield finding.at(*place).weighed(severity)


def _classifiers(declared: Declared, weight: Severity) -> Iterator[Finding]:
    from trove_classifiers import classifiers, deprecated_classifiers, sorted_classifiers

    for classifier in declared.strings("classifiers"):
        if classifier in classifiers or classifier.startswith(_PRIVATE):
            continue
        line = declared.line_with("classifiers", classifier)
        if classifier in deprecated_classifiers:
            instead = deprecated_classifiers[classifier]
            words = f"The classifier {classifier!r} has been deprecated."
            nearest = instead[0] if len(instead) == 1 else ""
            patch = respelt(declared.path, declared.text, line, classifier, nearest)
        else:
            words = f"{classifier!r} is not a valid classifier."
            nearest = next(iter(get_close_matches(classifier, sorted_classifiers, 1, 0.8)), "")
            patch = None
        finding = ClassifierRefused(classifier, nearest, words)
        yield finding.at(declared.path, line, patch).weighed(weight)


def _direct(declared: Declared, weight: Severity) -> Iterator[Finding]:
    for key, text in _requirements(declared):
        try:
            url = Requirement(text).url
        except InvalidRequirement:
            continue
        if url:
            line = declared.line_with(key, text)
            yield DirectDependency(text).at(declared.path, line).weighed(weight)
    if declared.style != "poetry":
        return
    dependencies = declared.table.get("dependencies")
    for name, table in dependencies.items() if isinstance(dependencies, dict) else ():
        keys = [key for key in _POETRY_ADDRESSES if isinstance(table, dict) and key in table]
        for key in keys[:1]:
            text = f"{name} = {{{key} = {table[key]!r}}}"
            line = declared.line_with("dependencies", str(table[key]))
            yield DirectDependency(text).at(declared.path, line).weighed(weight)


def _requirements(declared: Declared) -> Iterator[tuple[str, str]]:
    if declared.style == "poetry":
        return
    yield from (("dependencies", text) for text in declared.strings("dependencies"))
    extras = declared.table.get("optional-dependencies")
    for requirements in extras.values() if isinstance(extras, dict) else ():
        for text in requirements if isinstance(requirements, list) else ():
            if isinstance(text, str):
                yield "optional-dependencies", text


def _invalid(declared: Declared) -> Iterator[Finding]:
    """Yield values that the specification does not allow; back ends refuse them all."""
    if declared.style != "pep621":
        return
    for key, text in _requirements(declared):
        try:
            Requirement(text)
        except InvalidRequirement as error:
            problem = str(error).partition("\n")[0]
            finding = MetadataInvalid(key, text, problem, "Write it as pip takes it: name>=1.0.")
            yield finding.at(declared.path, declared.line_with(key, text))
    python = declared.table.get("requires-python")
    if isinstance(python, str):
        try:
            SpecifierSet(python)
        except InvalidSpecifier:
            problem = "it is no version specifier"
            finding = MetadataInvalid("requires-python", python, problem, 'Write it so: ">=3.9".')
            yield finding.at(declared.path, declared.line_of("requires-python"))
    licence = declared.table.get("license")
    if isinstance(licence, str):
        try:
            canonicalize_license_expression(licence)
        except InvalidLicenseExpression as error:
            remedy = "Write an SPDX expression, such as MIT or Apache-2.0."
            finding = MetadataInvalid("license", licence, str(error).rstrip("."), remedy)
            yield finding.at(declared.path, declared.line_of("license"))


def _licence_twice(declared: Declared) -> Iterator[Finding]:
    """Yield licences said twice, where that stops the build for certain."""
    licence = declared.table.get("license")
    if declared.style != "pep621" or declared.backend != "setuptools":
        return
    for classifier in declared.strings("classifiers") if isinstance(licence, str) else ():
        if not classifier.startswith(_LICENCE):
            continue
        line = declared.line_with("classifiers", classifier)
        text = lines_of(declared.text)[line - 1].strip().rstrip(",")
        is_alone = text in {f'"{classifier}"', f"'{classifier}'"}
        patch = Patch((Edit(declared.path, line, line + 1, ()),)) if is_alone else None
        yield LicenceTwice(str(licence), classifier).at(declared.path, line, patch)


def _python(declared: Declared) -> Iterator[Finding]:
    """Yield that no Python is named; Poetry takes one for granted in its dependencies."""
    dynamic = declared.strings("dynamic")
    if declared.style == "pep621" and not {"requires-python"} & {*declared.table, *dynamic}:
        setting = 'requires-python = ">=3.9" in [project]'
        name = str(declared.table["name"])
        yield PythonNotSaid(name, setting).at(declared.path, declared.line_of("name"))
