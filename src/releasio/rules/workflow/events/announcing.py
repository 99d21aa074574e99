"""Which steps push tags or create releases, and whether GitHub starts anything for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen, replace
from releasio.rules.workflow.own_token import TOKEN_VARIABLES, is_own_token, leaves_own_token
from releasio.rules.workflow.publishing import is_releasio
from releasio.rules.workflow.rights.action_rights import ACTIONS, BOTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.rights.action_rights import Kind, Use
    from releasio.rules.workflow.script import Command
    from releasio.rules.workflow.workflow import Job, Step, Workflow

# what a script does that pushes with another credential than the one of actions/checkout
_OTHER_CREDENTIAL = re.compile(
    r"remote (?:set-url|add)|insteadOf|extraheader|git credential|ssh-add|GIT_SSH|x-access-token"
    r"|gh auth setup-git|netrc",
    re.IGNORECASE,
)


_RELEASE_PLEASE = frozenset(
    {"googleapis/release-please-action", "google-github-actions/release-please-action"}
)


@frozen
class Announcement:
    """
    A step that makes a tag or a release with the workflow's own token.

    Events of that token start no workflow, `workflow_dispatch` and `repository_dispatch` aside.

    Attributes:
        tool: What does it.
        makes: What it makes.
        workflow: The file.
        job: The job.
        line: Where it stands.
        name: What the tag is called, as far as it is written: `v`, `nightly`; empty: not known.
        is_certain: Whether it surely does, each time its step runs.

    Source: https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/trigger-a-workflow#triggering-a-workflow-from-a-workflow
    """

    tool: str
    makes: tuple[Kind, ...]
    workflow: Workflow
    job: Job
    line: int
    name: str = ""
    is_certain: bool = True


def find_announcements(workflow: Workflow) -> Iterator[Announcement]:
    """Yield what makes tags or releases in *workflow* with its own token, and surely with that."""
    knows_others = any(not _pushes_by_default(workflow, job) for job in _pushing(workflow))
    for job in workflow.jobs.values():
        for step in job.steps:
            for announcement in _of_step(workflow, job, step):
                if "release" in announcement.makes and knows_others:
                    # somebody else's token may have pushed the tag before
                    yield replace(announcement, makes=("release",))
                else:
                    yield announcement


def _pushing(workflow: Workflow) -> list[Job]:
    """Return the jobs of *workflow* that push something as git does, or may."""
    return [job for job in workflow.jobs.values() if any("git push" in s.run for s in job.steps)]


def _of_step(workflow: Workflow, job: Job, step: Step) -> Iterator[Announcement]:
    line = step.line_of("uses")
    if step.action in _RELEASE_PLEASE:
        is_skipped = step.input_text("skip-github-release") == "true"
        if _is_default(step.input("token")) and not is_skipped:
            # in its manifest one can ask for drafts
            certain = step.input("release-type") is not None
            yield Announcement("release-please", BOTH, workflow, job, line, "", certain)
    elif (action := ACTIONS.get(step.action)) and action.makes:
        if _makes_it(action, step) and _takes_default(action, workflow, job, step):
            tool = step.action.partition("/")[2]
            name = _beginning(step.input_text(action.tag_input))
            yield Announcement(tool, action.makes, workflow, job, line, name)
    elif is_releasio(step):
        yield from _of_releasio(workflow, job, step, line)
    else:
        yield from _of_script(workflow, job, step)


def _of_releasio(workflow: Workflow, job: Job, step: Step, line: int) -> Iterator[Announcement]:
    """Yield a release by our Action that leaves publishing to somebody else."""
    releases = step.input_text("command") == "release"
    leaves = step.input_text("skip-publish") == "true"
    acts = step.input_text("dry-run", "false") == "false"
    is_own = _is_default(step.input("github-token")) and _pushes_by_default(workflow, job)
    if releases and leaves and acts and is_own:
        yield Announcement("releasio", BOTH, workflow, job, line)


def _makes_it(action: Use, step: Step) -> bool:
    for name, value in action.quiet.items():
        node = step.input(name)
        if node is not None and (node.text == value or "${{" in node.text):
            return False
    for name, value in action.only.items():
        node = step.input(name)
        if node is None or node.is_empty or (value and node.text != value):
            return False
    return True


def _takes_default(action: Use, workflow: Workflow, job: Job, step: Step) -> bool:
    if action.as_git:
        return _pushes_by_default(workflow, job)
    nodes = [step.input(name) for name in action.tokens]
    nodes += [_variable(workflow, job, step, name) for name in action.variables]
    return all(map(_is_default, nodes)) and (any(nodes) or not action.needs_token)


def _variable(workflow: Workflow, job: Job, step: Step, name: str) -> Node | None:
    places = (step.node, job.node, workflow.node)
    return next(filter(None, (place.get("env", name) for place in places)), None)


def _is_default(node: Node | None) -> bool:
    """Tell whether *node* is the default token, or nothing, which stands for it."""
    return node is None or is_own_token(node.text)


def _pushes_by_default(workflow: Workflow, job: Job) -> bool:
    """Tell whether git in *job* pushes as actions/checkout has it, with the default token."""
    checkouts = [step for step in job.steps if step.action == "actions/checkout"]
    scripts = " ".join(step.run for step in job.steps)
    has_key = any("ssh-agent" in step.action or "import-gpg" in step.action for step in job.steps)
    if not checkouts or has_key or _OTHER_CREDENTIAL.search(scripts):
        return False
    sets_key = any(_variable(workflow, job, step, "GIT_SSH_COMMAND") for step in job.steps)
    return all(map(leaves_own_token, checkouts)) and not sets_key


def _of_script(workflow: Workflow, job: Job, step: Step) -> Iterator[Announcement]:
    tokens = [_variable(workflow, job, step, name) for name in TOKEN_VARIABLES]
    for command, line in step.commands():
        default = any(tokens) and all(map(_is_default, tokens)) and not command.variables
        if (name := _created_release(command)) is not None and default:
            yield Announcement("gh release create", BOTH, workflow, job, line, _beginning(name))
        elif _pushes_tags(command) and _pushes_by_default(workflow, job):
            yield Announcement("git push", ("tag",), workflow, job, line)
        elif _runs_semantic_release(command) and default and _pushes_by_default(workflow, job):
            yield Announcement("semantic-release", BOTH, workflow, job, line)


def _created_release(command: Command) -> str | None:
    """Return the tag of a release that `gh` creates and publishes; None: it does not."""
    words = command.after("gh") or ()
    if words[:2] != ("release", "create") or {"--draft", "-d", "-R", "--repo"} & set(words):
        return None
    return next((word for word in words[2:] if not word.startswith("-")), "")


def _pushes_tags(command: Command) -> bool:
    words = command.after("git") or ()
    if "push" not in words or {"--force", "-f", "--delete", "-d", "--dry-run", "-n"} & set(words):
        return False
    if any("://" in word or "@" in word for word in words):
        return False
    return bool({"--tags", "--follow-tags"} & set(words))


def _runs_semantic_release(command: Command) -> bool:
    words = command.after("semantic-release") or ()
    plain = [word for word in words if not word.startswith("-")]
    refusals = {"--noop", "--no-push", "--no-tag", "--print", "--print-tag", "--no-vcs-release"}
    return plain[:1] == ["version"] and not refusals & set(words)


def _beginning(name: str) -> str:
    """Return what a tag of this *name* begins with, before what only the run knows."""
    return re.split(r"\$|`|%", name.strip("\"'"), maxsplit=1)[0]
