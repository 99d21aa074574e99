"""Which jobs of a pipeline upload distributions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen
from releasio.rules.index.registry import PYPI
from releasio.rules.workflow.publishing import index_name, runs, target_of
from releasio.rules.workflow.script import commands
from releasio.rules.workflow.trusted import PUBLIC
from releasio.rules.workflow.upload_tools import RELEASIO, TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from releasio.rules.workflow.gitlab.pipeline import PipelineJob
    from releasio.rules.workflow.script import Command
    from releasio.rules.workflow.upload_tools import Tool


@frozen
class PipelineUpload:
    """
    A command that uploads.

    Attributes:
        tool: The name of its `Tool`.
        job: The job that runs it.
        line: Where it stands, in the file of the job or of what that extends.
        target: `pypi`, `testpypi`, or an address; empty: not known before it runs.
        has_password: Whether it is given a token in the file.
        takes_identity: Whether the tool can publish without a token.
    """

    tool: str
    job: PipelineJob
    line: int
    target: str
    has_password: bool
    takes_identity: bool

    @property
    def is_trusted(self) -> bool:
        """Whether it is sure to publish by what the job is: it has the identity for it."""
        audiences = {token.audience for token in self.job.tokens}
        return self.takes_identity and not self.has_password and self.target in audiences & PUBLIC


def pipeline_uploads(jobs: Sequence[PipelineJob]) -> tuple[PipelineUpload, ...]:
    """Return every upload of *jobs*, in their order."""
    return tuple(upload for job in jobs for upload in _of_job(job))


def _of_job(job: PipelineJob) -> Iterator[PipelineUpload]:
    variables = dict(job.variables)
    for part in job.script:
        for command in commands(part.text):
            if command.words[0] == "export":
                pairs = (word.partition("=") for word in command.words[1:])
                variables |= {name: value for name, _, value in pairs}
            for tool in TOOLS:
                if runs(command, tool):
                    options = _options(command, tool, variables | dict(command.variables))
                    yield PipelineUpload(
                        tool.name,
                        job,
                        part.line + command.offset,
                        _target(options, tool, job),
                        bool(options.get("password")),
                        tool.trusted,
                    )


def _options(command: Command, tool: Tool, variables: dict[str, str]) -> dict[str, str]:
    """Return `repository`, `url` and `password`, as *command* has them, else its *variables*."""
    meanings = tool.variables
    options = {meanings[name]: text for name, text in variables.items() if name in meanings}
    return options | tool.typed(command)


def _target(options: dict[str, str], tool: Tool, job: PipelineJob) -> str:
    place = options.get("url") or options.get("repository")
    if not place:
        audiences = {token.audience for token in job.tokens} & PUBLIC
        # its settings say where to; the identity is made out to the same index
        names_one = tool is RELEASIO and len(audiences) == 1
        return audiences.pop() if names_one else PYPI.name
    if "$" in place:
        return ""
    return target_of(place) if "://" in place else index_name(place)
