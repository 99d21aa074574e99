"""What is left to do when the files are written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.distribution.project_name import name_flaw
from releasio.rules.workflow.deeds import find_deeds
from releasio.rules.workflow.gitlab.pipeline import TOP
from releasio.rules.workflow.upload_tools import RELEASIO
from releasio.setup.init.beside import OWN_FILE, beside_pipeline, include_sentence
from releasio.setup.init.fitting import publishing_files
from releasio.setup.init.wanted import recipe_answers
from releasio.setup.recipes.recipe import PLACEHOLDER
from releasio.setup.recipes.recipes import OWN_BUILDS, WHEELS
from releasio.setup.recipes.render import by_hand
from releasio.text.command_line import joined
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from releasio.rules.identity.publisher_form import PublisherForm
    from releasio.rules.workflow.publishing import Upload
    from releasio.setup.init.choices import Choices
    from releasio.setup.init.files import InitFile
    from releasio.setup.init.project import Project

_OWNER = "OWNER in its `uses:` stands for the account that has releasio's repository"


def next_commands(
    project: Project, written: Sequence[InitFile], path: str, branch: str
) -> tuple[str, ...]:
    """
    Return the next commands, in their order.

    Args:
        project: What is there.
        written: The files that were written.
        path: The project's directory as it was given; `.`: it is stood in.
        branch: The one that releases are made from.
    """
    place = [] if path == "." else [path]
    looks = (joined(["releasio", "doctor", *place]), joined(["releasio", "rehearse", *place]))
    commit = tuple(_commit(project, written, path, branch))
    is_new = project.clone is None or not project.clone.has_commits  # doctor looks at commits
    return (*commit, *looks) if is_new else (*looks, *commit)


def _commit(project: Project, written: Sequence[InitFile], path: str, branch: str) -> Iterator[str]:
    """Yield how what was written is committed; commands of git, run at the top."""
    git = ["git"] if path == "." and not project.inside else ["git", "-C", str(project.root)]
    clone = project.clone
    if clone is None or not clone.has_commits:
        calls = [["add", "."], ["commit", "-m", "feat: begin"]]
        # git's own first branch has another name on many machines than the workflow waits for
        calls = calls if clone else [["init", "--initial-branch", branch], *calls]
    elif written:
        names = [file.name for file in written]
        if OWN_FILE in names and include_sentence(project):
            names.append(TOP)  # has the line by then
        calls = [["add", "--", *names], ["commit", "-m", "ci: release with releasio"]]
        calls += [["push"]] if clone.has_remote else []
    else:
        return
    yield " && ".join(joined([*git, *call]) for call in calls)


def things_by_hand(
    project: Project,
    choices: Choices,
    unwritten_files: Sequence[InitFile],
    forms: Sequence[PublisherForm],
) -> tuple[str, ...]:
    """
    Return what people have to do besides: one sentence each.

    Args:
        project: What is there.
        choices: What was answered.
        unwritten_files: Those that are not as the answers want them: they stay, or are not written.
        forms: Those of the publishers.
    """
    return tuple(_by_hand(project, choices, unwritten_files, forms))


def _by_hand(
    project: Project,
    choices: Choices,
    unwritten_files: Sequence[InitFile],
    forms: Sequence[PublisherForm],
) -> Iterator[str]:
    unwritten_names = {file.name for file in unwritten_files}
    jobs = beside_pipeline(project, dict.fromkeys(choices.recipe.files, ""))
    needs_owner = choices.recipe.forge == "github" and project.action.startswith(PLACEHOLDER)
    if needs_owner and not unwritten_names.issuperset(jobs):
        yield (
            f"GitHub cannot run the workflow yet: {_OWNER}. Write it there; releasio doctor says "
            "where."
        )
    for file in unwritten_files:
        if not file.is_new:
            rest = f"; {_OWNER}" if needs_owner and file.name in jobs else ""
            yield f"{file.name} stays as it is: what is shown for it is for you to take over{rest}."
    if OWN_FILE in jobs.keys() - unwritten_names and (sentence := include_sentence(project)):
        yield sentence
    yield from by_hand(choices.recipe, recipe_answers(project, choices))
    if choices.recipe.name == WHEELS and project.contents.lacks_rust:
        yield (
            "cibuildwheel builds for Linux in containers that have no Rust: have `before-all` of "
            "[tool.cibuildwheel.linux] install it, and `environment` put it on PATH."
        )
    if choices.recipe.name == OWN_BUILDS:
        yield from _in_place_of_uploads(project)
    else:
        yield from _others(project, jobs, sorted(unwritten_names & jobs.keys()))
    registries = [form.registry.name for form in forms if form.exists and not project.newest_tag]
    if registries:
        yield (
            f"{' and '.join(registries)} has a project called {project.manifest.name} already: "
            "if it is not yours, choose another name."
        )
    if flaw := name_flaw(project.manifest.name):
        yield f"The index refuses the project's name. {flaw}"
    if project.manifest.private:
        yield f"{project.manifest.private} keeps the project off the index: remove that classifier."


def _in_place_of_uploads(project: Project) -> Iterator[str]:
    """Say how the files of jobs that stay get to the index."""
    action = project.action.partition(" #")[0]
    whose = f" {_OWNER}." if action.startswith(PLACEHOLDER) else ""
    places = {f"{each.path}:{each.line}": each for each in project.contents.uploads}
    for place, upload in places.items():
        if upload.tool == RELEASIO.name:
            continue
        if _builds_too(upload):
            yield (
                f"{place} builds and uploads: have it build alone, and hand the files on as "
                "artefacts to one job behind, which downloads and publishes them."
            )
            continue
        yield (
            f"{place} uploads: write there a checkout with `fetch-depth: 0`, before the files are "
            f"downloaded, and in place of the upload a step with `uses: {action}`, `command: "
            "publish` and `dist:`, the folder that they are in. Jobs that build stay as they are."
            f"{whose}"
        )
    for each in project.contents.pipeline_uploads:
        yield (
            f"{each.job.path}: in the job `{each.job.key}`, have `releasio publish FOLDER "
            "--execute` upload the files. Jobs that build stay as they are."
        )


def _builds_too(upload: Upload) -> bool:
    """Tell whether what uploads builds: `maturin publish` does, and `poetry publish --build`."""
    deeds = [deed for deed in find_deeds(upload.job, {}) if deed.step == upload.step]
    return any(deed.kind == "builds" for deed in deeds)


def _others(project: Project, jobs: Mapping[str, str], unwritten: Sequence[str]) -> Iterator[str]:
    """Say what publishes besides *jobs*, files by path; those that are *unwritten* do not yet."""
    when = f"when {listed(unwritten)} has what is shown, " if unwritten else ""
    for path in publishing_files(project):
        if path in jobs:
            continue
        uploads = [each for each in project.contents.pipeline_uploads if each.job.path == path]
        keys = [*dict.fromkeys(f"`{upload.job.key}`" for upload in uploads)]
        rest = "it, or its job that publishes"
        if keys:
            rest = f"its job{'s' if keys[1:] else ''} {listed(keys)}"
        yield f"{path} publishes, too: {when}remove {rest}."
