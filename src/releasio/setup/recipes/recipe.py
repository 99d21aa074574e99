"""What a ready way of releasing consists of, and what a project answers for it."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

# Where workflows take releasio's Action from, and what jobs without it install: said here alone.
PLACEHOLDER = "OWNER/releasio/"
ACTION = f"{PLACEHOLDER}action@v3 # OWNER: where releasio's repository lives"
REQUIREMENT = "releasio[attestations]>=3"

_SOURCES = {"source", "source code", "repository"}  # labels, in lower case
_ON_GITHUB = re.compile(r"https://github\.com/([A-Za-z0-9-]+/releasio)(?:\.git)?/?")

Forge = Literal["github", "gitlab", ""]


def action_of(project_urls: Iterable[str]) -> str:
    """
    Return what `uses:` names, taken from the page of the installed releasio's source.

    Args:
        project_urls: As its metadata has them: `Source, https://github.com/acme/releasio`.

    Source: https://packaging.python.org/en/latest/specifications/core-metadata/
    """
    for project_url in project_urls:
        label, _, url = project_url.partition(",")
        match = _ON_GITHUB.fullmatch(url.strip())
        if label.strip().lower() in _SOURCES and match is not None:
            return f"{match[1]}/action@v3"
    return ACTION


@frozen
class Answers:
    """
    What differs from project to project.

    Attributes:
        branch: The branch that is released from.
        environment: Where jobs run that publish; it may have reviewers.
        test_environment: The same, for jobs that publish to `test_registry`.
        registry: Where releases go, by the name that the settings have.
        test_registry: Where development versions and first tries go.
        tags: Which tags are releases, as a pattern of the forge's: `v*`, `demo-v*`.
        python: The version of Python that runs releasio.
        pythons: The versions that the project is tested on.
        test: What tests the project: lines of a shell.
        action: What `uses:` names: `OWNER/REPO/action@COMMIT # VERSION`.
        requirement: What pip installs in jobs that run releasio without the Action.
    """

    branch: str = "main"
    environment: str = "pypi"
    test_environment: str = "testpypi"
    registry: str = "pypi"
    test_registry: str = "testpypi"
    tags: str = "v*"
    python: str = "3.13"
    pythons: tuple[str, ...] = ("3.11", "3.13")
    test: tuple[str, ...] = ("python -m pip install . pytest", "python -m pytest")
    action: str = ACTION
    requirement: str = REQUIREMENT


@frozen
class PublishingJob:
    """
    A job that publishes, and what the form on the index must say of it.

    Attributes:
        registry: Where the publisher is registered, by its name in the settings.
        workflow: The file as the form asks for it: its name on GitHub, its path on GitLab.
        environment: The job's.
    """

    registry: str
    workflow: str
    environment: str


@frozen
class Recipe:
    """
    A way of releasing that can be taken as it is.

    Its texts have the places that `render` fills: `__BRANCH__`.

    Attributes:
        name: What it is chosen by.
        title: What it is called.
        when: Who should take it: one sentence.
        begins: What begins a release: one sentence.
        forge: Whose CI runs it; empty: nobody's, people release by hand.
        files: Path in the project, to the file of this package that goes there.
        publishers: The jobs that publish.
        settings: What the configuration must say, by the path of the key in releasio's table.
        by_hand: What people must do on pages that nobody else can: one sentence each.
    """

    name: str
    title: str
    when: str
    begins: str
    forge: Forge
    files: Mapping[str, str]
    publishers: tuple[PublishingJob, ...] = ()
    settings: Mapping[tuple[str, ...], object] = MappingProxyType({})
    by_hand: tuple[str, ...] = ()
