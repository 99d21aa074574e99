"""World + settings -> Situation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.base import ReleasioError
from releasio.frozen import replace
from releasio.release.reading.default_branch import default_branch
from releasio.release.reading.forge.place import read_place
from releasio.rules.workflow.gitlab.pipeline import pipeline_jobs
from releasio.rules.workflow.gitlab.uploads import pipeline_uploads
from releasio.rules.workflow.publishing import find_uploads
from releasio.rules.workflow.rights.calls import find_calls
from releasio.rules.workflow.routed import routed
from releasio.setup.reading.cloud_builds import read_cloud_builds
from releasio.setup.reading.indexes import read_indexes, registries_to_ask
from releasio.setup.reading.machine import read_machine
from releasio.setup.reading.pipeline import read_pipeline
from releasio.setup.reading.project import read_project
from releasio.setup.reading.secrets import read_secrets
from releasio.setup.reading.surroundings import read_surroundings
from releasio.setup.reading.workflows import read_workflows
from releasio.setup.situation.situation import GitState, Situation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.config.reading.load import Settings
    from releasio.rules.running.remote import Remote
    from releasio.world.world import World


def read_situation(
    world: World,
    settings: Settings,
    problems: Sequence[ReleasioError] = (),
    known: Situation | None = None,
) -> Situation:
    """
    Read what doctor looks at, of the work tree as it is.

    Args:
        world: Where to read; when it is offline, nobody is asked.
        settings: Those in force.
        problems: What is wrong with the settings; then *settings* are the defaults.
        known: What was read before: index, forge and machine are not asked again.
    """
    remote = world.git.remotes.chosen()
    workflows, actions, unreadable = read_workflows(world.git.root)
    pipeline, pipeline_texts, unreadable_pipeline = read_pipeline(world.git.root)
    uploads, jobs = find_uploads(workflows, actions), pipeline_uploads(pipeline_jobs(pipeline))
    config = settings.config
    found_problems = list(problems)
    try:
        place = read_place(world, config.github, remote)
    except ReleasioError as error:
        found_problems.append(error)
        place = None
    tools = {upload.tool for upload in uploads} | {upload.tool for upload in jobs}
    project = read_project(world, settings, found_problems, runs_releasio="releasio" in tools)
    uploads = routed(uploads, project.registries)
    situation = Situation(
        _git(world, remote, config.default_branch),
        project,
        workflows=workflows,
        actions=actions,
        unreadable=(*unreadable, *unreadable_pipeline),
        uploads=uploads,
        calls=find_calls(workflows, place.slug if place else ""),
        place=place,
        env=world.env,
        offline=world.offline,
        pipeline=jobs,
        pipeline_texts=pipeline_texts,
        cloud_builds=read_cloud_builds(world.git.root),
        secrets=read_secrets(world),
    )
    return _with_answers(world, situation, known)


def _with_answers(world: World, situation: Situation, known: Situation | None) -> Situation:
    """Return *situation* with what index, forge and machine say, or said before."""
    if known is not None:
        return replace(
            situation,
            indexes=known.indexes,
            surroundings=known.surroundings,
            machine=known.machine,
        )
    registries = registries_to_ask(situation.project.registries, situation.targets)
    return replace(
        situation,
        indexes=read_indexes(world, registries, situation.project.name),
        surroundings=read_surroundings(world, situation.place) if situation.uploads else None,
        machine=read_machine(world),
    )


def _git(world: World, remote: Remote | None, usual_branch: str) -> GitState:
    _, branch = world.git.work_tree.position()
    default = default_branch(world, remote, branch, usual_branch, acting=False)
    return GitState(
        branch,
        default or "",
        tuple(tag.name for tag in world.git.refs.tags()),
        remote.url if remote else "",
        world.git.history.is_shallow(),
    )
