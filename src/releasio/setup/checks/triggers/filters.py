"""Filters that do not let through what they are meant for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.versions.tag_form import TagForm
from releasio.rules.workflow.events.condition import holds
from releasio.rules.workflow.events.filter_pattern import FilterPattern, takes
from releasio.rules.workflow.events.start import BRANCH, TAG, conditions_of, starts_of_job
from releasio.setup.checks.triggers.publish_job import publish_jobs
from releasio.setup.findings.triggers import filters as findings
from releasio.setup.patches.entries import insert_entry
from releasio.setup.patches.values import with_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.workflow import Trigger, Workflow
    from releasio.setup.checks.triggers.publish_job import PublishJob
    from releasio.setup.finding import Finding
    from releasio.setup.situation.situation import Situation

_KINDS = {"tags": "refs/tags/", "branches": "refs/heads/"}
_FILTERS = ("tags", "branches", "paths")
_USUAL_BRANCHES = frozenset({"main", "master"})
_VERSION_TAG = re.compile(r"[vV]?\d+(?:\.\d+)+.*")
# what a project may add to the tags it has: pre-releases, and those for development
_SUFFIXES = ("", "rc1", "a1", "b1", ".dev1", ".post1", "-rc.1", "-rc1", "-dev-1", "-beta.1", ".1")
_OWN_HEADS = frozenset({"", "v", "V", "release-", "release/", "ver"})
_SKIPS = ("skip-existing", "skip_existing", "check-url", "semantic-release", "release-please")


def check_filters(situation: Situation) -> Iterator[Finding]:
    """Yield the filters of publishing workflows that do not do what they say."""
    for publishing in publish_jobs(situation):
        trigger = publishing.workflow.triggers.get("push")
        if trigger is None:
            continue
        malformed = list(_malformed(publishing.workflow, trigger))
        yield from malformed
        if malformed:
            continue
        starts = starts_of_job(publishing.workflow, publishing.job, situation.workflows)
        refs = {start.ref for start in starts if start.trigger is trigger}
        if TAG in refs:
            yield from _tags(situation, publishing, trigger)
        if BRANCH in refs:
            yield from _branches(situation, publishing, trigger)
        if BRANCH in refs and TAG in refs:
            yield from _both(publishing, trigger)


def _malformed(workflow: Workflow, trigger: Trigger) -> Iterator[Finding]:
    path = workflow.path
    for name in _FILTERS:
        entry, other = trigger.node.entry(name), trigger.node.entry(f"{name}-ignore")
        if entry and other:
            finding = findings.FiltersExcludeEachOther(trigger.event, name, other.key)
            yield finding.at(path, other.line)
        node = trigger.node.get(name)
        patterns = [FilterPattern(text) for text in trigger.patterns(name) or ()]
        if node and patterns and all(pattern.is_negative for pattern in patterns):
            yield findings.FilterOnlyTakesBack(name).at(path, node.line)
    for name, prefix in _KINDS.items():
        node = trigger.node.get(name)
        for item in (node.items or (node,)) if node else ():
            pattern = FilterPattern(item.text)
            if sign := pattern.regex_sign:
                kind = name.removesuffix("es" if name == "branches" else "s")
                yield findings.TagPatternIsRegex(item.text, sign, kind).at(path, item.line)
            elif pattern.body.startswith("refs/"):
                plain = pattern.body.removeprefix(prefix)
                patch = with_value(path, workflow.text, item, f'"{plain}"')
                yield findings.FilterHasRef(item.text, name, prefix, plain).at(
                    path, item.line, patch
                )


def _tags(situation: Situation, publishing: PublishJob, trigger: Trigger) -> Iterator[Finding]:
    node = trigger.node.get("tags")
    patterns = trigger.patterns("tags")
    tags = _version_tags(situation)
    if node is None or not patterns or not tags:
        return
    positive = [FilterPattern(text) for text in patterns if not text.startswith("!")]
    if not all(re.split(r"\d", each.prefix)[0] in _OWN_HEADS for each in positive):
        return  # a package of several, or a channel
    likely = [*tags, *(tags[0] + suffix for suffix in _SUFFIXES)]
    has_number = any(re.search(r"\d", pattern.prefix) for pattern in positive)
    if has_number or any(takes(patterns, tag) for tag in likely):
        return
    own = situation.project.uses_releasio
    whose = "the newest one is called" if situation.git.tags else "the next one is called"
    finding = findings.TagPatternNeverMatches(publishing.workflow.file, patterns, whose, tags[0])
    yield finding.weighed("error" if own else "warning").at(publishing.workflow.path, node.line)


def _version_tags(situation: Situation) -> list[str]:
    """Return the tags that are versions, the newest first; without any the one to come."""
    if situation.git.tags:
        tags = [tag for tag in situation.git.tags if _VERSION_TAG.fullmatch(tag)]
        return TagForm("v", also=("", "V")).newest(tags)
    project = situation.project
    if not project.uses_releasio or project.manifest is None or situation.git.is_shallow:
        return []
    form = TagForm.of_setting(project.config.version.tag_prefix, project.name)
    return [form.name(project.manifest.version)]


def _branches(situation: Situation, publishing: PublishJob, trigger: Trigger) -> Iterator[Finding]:
    patterns, node = trigger.patterns("branches"), trigger.node.get("branches")
    branch = situation.git.default_branch
    if not patterns or node is None or not set(patterns) <= _USUAL_BRANCHES:
        return
    if branch in _USUAL_BRANCHES and branch not in patterns:
        finding = findings.BranchNeverMatches(publishing.workflow.file, patterns, branch)
        patch = with_value(publishing.workflow.path, publishing.workflow.text, node, f"[{branch}]")
        yield finding.at(publishing.workflow.path, node.line, patch)


def _both(publishing: PublishJob, trigger: Trigger) -> Iterator[Finding]:
    branches, node = trigger.patterns("branches"), trigger.node.get("branches")
    if node is None or not branches or any(word in publishing.workflow.text for word in _SKIPS):
        return
    for upload in publishing.uploads:
        conditions = (
            *conditions_of(publishing.workflow, publishing.job),
            upload.step.condition,
        )
        is_sure = all(holds(each, "push", BRANCH) for each in conditions)
        if is_sure and upload.target == "pypi" and upload.tool != "releasio":
            finding = findings.TagsOrBranches(publishing.job.key, branches)
            patch = None
            if not publishing.job.condition:
                line = "if: startsWith(github.ref, 'refs/tags/')"
                patch = insert_entry(
                    publishing.workflow, publishing.job.node, (line,), before="runs-on"
                )
            yield finding.at(publishing.workflow.path, node.line, patch)
            return
