"""Which steps push tags or create releases, and whether GitHub starts anything for them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen, replace
from releasio.rules.workflow.own_token import TOKEN_VARIABLES, is_own_token, leaves_own_token
from releasio.rules.workflow.publishing import is_releasio
from releasio.rules.workflow.script import commands

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.script import Command
    from releasio.rules.workflow.workflow import Job, Step, Workflow

Kind = Literal["tag", "release"]
# what a script does that pushes with another credential than the one of actions/checkout
_OTHER_CREDENTIAL = re.compile(
    r"remote (?:set-url|add)|insteadOf|extraheader|git credential|ssh-add|GIT_SSH|x-access-token"
    r"|gh auth setup-git|netrc",
    re.IGNORECASE,
)


@frozen
class _Action:
    """
    An action that announces a version.

    Attributes:
        makes: What it creates.
        tokens: Its inputs for a token.
        variables: Variables it takes a token from.
        unless: Inputs, with the value by which it does not do it after all.
        only: Inputs without which it does not do it: name and value, empty for any.
        needs_token: It does nothing without one that is given; else it takes the default one.
        name: Its input for the name of the tag.
        by_checkout: It pushes as git does, with the credential that actions/checkout left.
    """

    makes: tuple[Kind, ...]
    tokens: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()
    unless: Mapping[str, str] = {}
    only: Mapping[str, str] = {}
    needs_token: bool = False
    name: str = ""
    by_checkout: bool = False


_BOTH: tuple[Kind, ...] = ("tag", "release")
_ACTIONS: Mapping[str, _Action] = {
    "softprops/action-gh-release": _Action(
        _BOTH, ("token",), ("GITHUB_TOKEN",), {"draft": "true"}, name="tag_name"
    ),
    "ncipollo/release-action": _Action(_BOTH, ("token",), (), {"draft": "true"}, name="tag"),
    "actions/create-release": _Action(
        _BOTH, (), ("GITHUB_TOKEN",), {"draft": "true"}, needs_token=True, name="tag_name"
    ),
    "release-drafter/release-drafter": _Action(
        _BOTH, ("token",), ("GITHUB_TOKEN",), only={"publish": "true"}, name="tag"
    ),
    "python-semantic-release/python-semantic-release": _Action(
        _BOTH, ("github_token",), unless={"push": "false", "tag": "false"}, needs_token=True
    ),
    "mathieudutour/github-tag-action": _Action(
        ("tag",), ("github_token",), unless={"dry_run": "true"}, name="custom_tag"
    ),
    "anothrnick/github-tag-action": _Action(("tag",), (), ("GITHUB_TOKEN",), needs_token=True),
    "rickstaa/action-create-tag": _Action(("tag",), ("github_token",), name="tag"),
    "commitizen-tools/commitizen-action": _Action(
        ("tag",), ("github_token",), unless={"push": "false", "dry_run": "true"}, needs_token=True
    ),
    "stefanzweifel/git-auto-commit-action": _Action(
        ("tag",), only={"tagging_message": ""}, by_checkout=True
    ),
}
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
        token = step.input("token")
        skips = step.input("skip-github-release")
        if (token is None or _is_default(token)) and (skips is None or skips.text != "true"):
            # in its manifest one can ask for drafts
            certain = step.input("release-type") is not None
            yield Announcement("release-please", _BOTH, workflow, job, line, "", certain)
    elif action := _ACTIONS.get(step.action):
        if _does_it(action, step) and _takes_default(action, workflow, job, step):
            name = step.input(action.name)
            tool = step.action.partition("/")[2]
            yield Announcement(
                tool, action.makes, workflow, job, line, _beginning(name.text if name else "")
            )
    elif is_releasio(step):
        yield from _of_releasio(workflow, job, step, line)
    elif step.run:
        yield from _of_script(workflow, job, step)


def _of_releasio(workflow: Workflow, job: Job, step: Step, line: int) -> Iterator[Announcement]:
    """Yield a release by our Action that leaves publishing to somebody else."""
    command, token = step.input("command"), step.input("github-token")
    skipped_upload, dry_run = step.input("skip-publish"), step.input("dry-run")
    is_own = token is None or _is_default(token)
    leaves = skipped_upload is not None and skipped_upload.text == "true"
    acts = dry_run is None or dry_run.text == "false"
    releases = command is not None and command.text == "release"
    if releases and leaves and acts and is_own and _pushes_by_default(workflow, job):
        yield Announcement("releasio", _BOTH, workflow, job, line)


def _does_it(action: _Action, step: Step) -> bool:
    for name, value in action.unless.items():
        node = step.input(name)
        if node is not None and (node.text == value or "${{" in node.text):
            return False
    for name, value in action.only.items():
        node = step.input(name)
        if node is None or node.is_empty or (value and node.text != value):
            return False
    return True


def _takes_default(action: _Action, workflow: Workflow, job: Job, step: Step) -> bool:
    if action.by_checkout:
        return _pushes_by_default(workflow, job)
    nodes = [step.input(name) for name in action.tokens]
    nodes += [_variable(workflow, job, step, name) for name in action.variables]
    present_nodes = [node for node in nodes if node is not None]
    return all(map(_is_default, present_nodes)) and bool(present_nodes or not action.needs_token)


def _variable(workflow: Workflow, job: Job, step: Step, name: str) -> Node | None:
    for place in (step.node, job.node, workflow.node):
        if node := place.get("env", name):
            return node
    return None


def _is_default(node: Node) -> bool:
    return is_own_token(node.text)


def _pushes_by_default(workflow: Workflow, job: Job) -> bool:
    """Tell whether git in *job* pushes as actions/checkout has it, with the default token."""
    checkouts = [step for step in job.steps if step.action == "actions/checkout"]
    scripts = " ".join(step.run for step in job.steps)
    has_key = any("ssh-agent" in step.action or "import-gpg" in step.action for step in job.steps)
    if has_key or _OTHER_CREDENTIAL.search(scripts):
        return False
    return (
        bool(checkouts)
        and all(map(leaves_own_token, checkouts))
        and not any(_variable(workflow, job, step, "GIT_SSH_COMMAND") for step in job.steps)
    )


def _of_script(workflow: Workflow, job: Job, step: Step) -> Iterator[Announcement]:
    node = step.node.get("run")
    if node is None:
        return
    for command in commands(step.run):
        tokens = [_variable(workflow, job, step, name) for name in TOKEN_VARIABLES]
        present_tokens = [token for token in tokens if token is not None]
        default = (
            bool(present_tokens) and all(map(_is_default, present_tokens)) and not command.variables
        )
        line = node.text_line + command.offset
        if (name := _created_release(command)) is not None and default:
            yield Announcement("gh release create", _BOTH, workflow, job, line, _beginning(name))
        elif _pushes_tags(command) and _pushes_by_default(workflow, job):
            yield Announcement("git push", ("tag",), workflow, job, line)
        elif _runs_semantic_release(command) and default and _pushes_by_default(workflow, job):
            yield Announcement("semantic-release", _BOTH, workflow, job, line)


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
