"""What the forge says of the environments that jobs publish in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.index.registry import PYPI
from releasio.rules.workflow.environments.slips import meant
from releasio.rules.workflow.events.filter_pattern import takes
from releasio.rules.workflow.events.start import BRANCH, TAG, starts_of_job
from releasio.setup.checks.environments import publishing_jobs
from releasio.setup.findings import environment_rules as findings

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.rules.workflow.environments.rules import EnvironmentRules, RefKind
    from releasio.rules.workflow.events.start import Start
    from releasio.setup.checks.environments import Publishing
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

_EVERYTHING = frozenset({"*", "**", "**/*", "*/**"})
_BY_HAND = frozenset({"workflow_dispatch", "repository_dispatch"})
_SPECIAL = frozenset("*?+[!")
_VERSION_TAG = re.compile(r"[vV]?\d+(?:\.\d+)+.*")


def check_environment_rules(situation: Situation) -> Iterator[Finding]:
    """Yield what environments keep out that should get in, and let in what should not."""
    surroundings, place = situation.surroundings, situation.place
    if surroundings is None or surroundings.environments is None or place is None:
        return
    page = f"{place.page}/settings/environments"
    jobs = publishing_jobs(situation)
    for each in jobs:
        for name in each.names or ():
            rules = surroundings.environment(name)
            if rules is None:
                if meant(name, [known.name for known in surroundings.environments]) is None:
                    yield findings.EnvironmentNotThere(each.job.key, name, page).at(
                        each.workflow.path, each.line
                    )
                continue
            for finding in _of_environment(situation, each, rules, page):
                yield finding.at(each.workflow.path, each.line)
    yield from _other_tags(situation, jobs, page)


def _of_environment(
    situation: Situation, each: Publishing, rules: EnvironmentRules, page: str
) -> Iterator[Finding]:
    if len(each.names or ()) == 1:
        yield from _refused(situation, each, rules, page)
    for pattern in rules.patterns or ():
        if pattern.text in _EVERYTHING and each.target == PYPI.name:
            yield findings.EnvironmentTakesEveryRef(rules.name, pattern.kind, pattern.text, page)
    if each.target == PYPI.name and not rules.has_reviewers:
        has_rules = rules.protected_only or rules.patterns is not None
        suffix = "" if has_rules else ", and takes every branch and tag"
        yield findings.ReviewersMissing(rules.name, each.job.key, suffix, page)
    reasons = [
        *(["wants a review"] if rules.has_reviewers else []),
        *([f"waits {rules.wait} minutes"] if rules.wait else []),
    ]
    if reasons:
        yield findings.EnvironmentMakesWait(each.job.key, rules.name, tuple(reasons), page)


def _refused(
    situation: Situation, each: Publishing, rules: EnvironmentRules, page: str
) -> Iterator[Finding]:
    starts = list(starts_of_job(each.workflow, each.job, situation.workflows))
    usual = [start for start in starts if start.event not in _BY_HAND] or starts
    refused: list[tuple[RefKind, str]] = []
    for start in usual:
        refs = _refs(situation, start)
        if not refs or any(rules.takes(kind, ref) is not False for kind, ref in refs):
            return
        refused += refs
    if refused:
        kind, ref = refused[0]
        accepted_refs = (
            "protected branches only"
            if rules.protected_only
            else ", ".join(f"{each.kind} {each.text}" for each in rules.patterns or ())
        )
        words = "tags" if kind == "tag" else "branches"
        yield findings.EnvironmentRefusesRef(
            rules.name, accepted_refs, each.job.key, words, ref, page
        )


def _refs(situation: Situation, start: Start) -> list[tuple[RefKind, str]]:
    """Return refs that a run of *start* can be of; none: nobody knows."""
    if start.trigger is None:
        return []
    if start.ref == TAG:
        patterns = start.trigger.patterns("tags") if start.event == "push" else None
        tags = [tag for tag in situation.git.tags if _VERSION_TAG.fullmatch(tag)]
        if patterns:
            tags = [tag for tag in situation.git.tags if takes(patterns, tag)]
            tags = tags or [_example(text) for text in patterns if not text.startswith("!")]
        return [("tag", tag) for tag in tags]
    if start.ref == BRANCH:
        patterns = start.trigger.patterns("branches") if start.event == "push" else None
        plain = [text for text in patterns or () if not _SPECIAL & set(text)]
        if patterns and len(plain) < len(patterns):
            return []
        names = plain or ([situation.git.default_branch] if situation.git.default_branch else [])
        return [("branch", name) for name in names]
    return []


def _example(pattern: str) -> str:
    """Return a name that *pattern* describes, as people who write such patterns mean it."""
    text = re.sub(r"\[([^\]-])[^\]]*\][+*?]?", r"\1", pattern)
    return re.sub(r"\*+", "1", text.replace("+", "").replace("?", ""))


def _other_tags(situation: Situation, jobs: Sequence[Publishing], page: str) -> Iterator[Finding]:
    surroundings = situation.surroundings
    if surroundings is None:
        return
    by_target: dict[str, list[tuple[Publishing, EnvironmentRules]]] = {}
    for each in jobs:
        for name in each.names or ():
            rules = surroundings.environment(name)
            if rules is not None and rules.patterns is not None:
                by_target.setdefault(each.target, []).append((each, rules))
    for _, other in by_target.get("testpypi", []):
        for each, rules in by_target.get(PYPI.name, []):
            if rules.name.lower() == other.name.lower():
                continue
            tags = [pattern.text for pattern in other.patterns or () if pattern.kind == "tag"]
            for pattern in rules.patterns or ():
                covered = [text for text in tags if pattern.matches("tag", _example(text))]
                if covered and pattern.text not in _EVERYTHING:
                    yield findings.EnvironmentTakesOtherTags(
                        rules.name, pattern.text, covered[0], "testpypi", page
                    ).at(each.workflow.path, each.line)
