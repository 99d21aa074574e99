"""Everything that doctor looks at: plain values, read by `reading/`, never changed."""

from __future__ import annotations

from contextlib import suppress
from types import MappingProxyType
from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.setup.situation.secrets_state import SecretsState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.errors.base import ReleasioError
    from releasio.rules.forge.place import ForgePlace
    from releasio.rules.identity.job_identity import JobIdentity
    from releasio.rules.workflow.environments.rules import JobSurroundings
    from releasio.rules.workflow.gitlab.uploads import PipelineUpload
    from releasio.rules.workflow.publishing import Upload
    from releasio.rules.workflow.rights.calls import Call
    from releasio.rules.workflow.workflow import CompositeAction, Workflow
    from releasio.setup.situation.index_state import IndexState
    from releasio.setup.situation.machine_state import MachineState
    from releasio.setup.situation.project_state import ProjectState


@frozen
class GitState:
    """
    The clone.

    Attributes:
        branch: None where HEAD is detached.
        default_branch: The remote's own, as far as the clone knows; empty: not known.
        tags: All of them.
        remote_url: As git uses it after `insteadOf`; empty: there is no remote.
        is_shallow: Whether history is missing.
    """

    branch: str | None
    default_branch: str
    tags: tuple[str, ...]
    remote_url: str
    is_shallow: bool = False


@frozen
class Situation:
    """
    What there is.

    Attributes:
        git: The clone.
        project: The project in it.
        workflows: Workflows of GitHub Actions.
        actions: Composite actions of the repository, by their folder.
        unreadable: Files that are no YAML, or could not be read.
        uploads: What the workflows upload.
        calls: Which of them call which.
        place: Where the repository is on its forge; None: on none that is known.
        env: The environment of this process.
        offline: Whether nobody was asked.
        indexes: What each index says of the project; empty: nobody was asked.
        pipeline: Jobs of GitLab CI that upload.
        pipeline_texts: The files of the pipeline.
        cloud_builds: Steps of Google Cloud Build that upload.
        surroundings: What jobs find on the forge; None: nobody was asked.
        machine: What there is to release with; None: nobody looked.
        secrets: Tokens that lie about.
    """

    git: GitState
    project: ProjectState
    workflows: tuple[Workflow, ...] = ()
    actions: Mapping[str, CompositeAction] = MappingProxyType({})
    unreadable: tuple[ReleasioError, ...] = ()
    uploads: tuple[Upload, ...] = ()
    calls: tuple[Call, ...] = ()
    place: ForgePlace | None = None
    env: Mapping[str, str] = MappingProxyType({})
    offline: bool = True
    indexes: tuple[IndexState, ...] = ()
    pipeline: tuple[PipelineUpload, ...] = ()
    pipeline_texts: Mapping[str, str] = MappingProxyType({})
    cloud_builds: tuple[JobIdentity, ...] = ()
    surroundings: JobSurroundings | None = None
    machine: MachineState | None = None
    secrets: SecretsState = SecretsState()

    @property
    def targets(self) -> frozenset[str]:
        """Where jobs upload to: `pypi`, `testpypi`, an address; empty text: not known."""
        in_workflows = {upload.target for upload in self.uploads}
        in_pipeline = {upload.target for upload in self.pipeline}
        return frozenset(in_workflows | in_pipeline | {step.target for step in self.cloud_builds})

    def texts(self) -> dict[str, str]:
        """Return the text of each file that a patch may change, by path."""
        texts = {workflow.path: workflow.text for workflow in self.workflows}
        texts |= {action.path: action.text for action in self.actions.values()}
        texts |= self.pipeline_texts
        for path, content in self.project.documents.items():
            if content is not None and path not in texts:
                with suppress(UnicodeDecodeError):
                    texts[path] = content.decode("utf-8")
        return texts
