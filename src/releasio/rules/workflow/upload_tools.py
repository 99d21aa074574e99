"""The tools that upload to an index, and how each is told where to and with what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Mapping

    from releasio.rules.workflow.script import Command


@frozen
class Tool:
    """
    A program that uploads distributions.

    Attributes:
        name: What it is called.
        verbs: Its sub-commands that upload.
        needed: Words without which it only shows what it would do; one of them is enough.
        repository: Options that name an index.
        url: Options that say its address.
        password: Options that are given a token.
        variables: What the environment tells it: `repository`, `url` or `password` by variable.
        trusted: Whether it can publish without a token.
    """

    name: str
    verbs: frozenset[str]
    needed: frozenset[str] = frozenset()
    repository: tuple[str, ...] = ()
    url: tuple[str, ...] = ()
    password: tuple[str, ...] = ("-p", "--password", "--token")
    variables: Mapping[str, str] = {}
    trusted: bool = False

    def typed(self, command: Command) -> dict[str, str]:
        """Return what is typed in *command*: repository, url and password, as far as they are."""
        options = {"repository": self.repository, "url": self.url, "password": self.password}
        texts = {name: command.option(*spellings) for name, spellings in options.items()}
        return {name: text for name, text in texts.items() if text}


TWINE = Tool(
    "twine",
    frozenset({"upload"}),
    repository=("-r", "--repository"),
    url=("--repository-url",),
    variables={
        "TWINE_REPOSITORY": "repository",
        "TWINE_REPOSITORY_URL": "url",
        "TWINE_PASSWORD": "password",
    },
    trusted=True,
)
UV = Tool(
    "uv",
    frozenset({"publish"}),
    repository=("--index",),
    url=("--publish-url",),
    password=("-p", "--password", "-t", "--token"),
    variables={
        "UV_PUBLISH_INDEX": "repository",
        "UV_PUBLISH_URL": "url",
        "UV_PUBLISH_TOKEN": "password",
        "UV_PUBLISH_PASSWORD": "password",
    },
    trusted=True,
)
POETRY = Tool(
    "poetry",
    frozenset({"publish"}),
    repository=("-r", "--repository"),
    variables={
        "POETRY_PYPI_TOKEN_PYPI": "password",
        "POETRY_PYPI_TOKEN_TESTPYPI": "password",
        "POETRY_HTTP_BASIC_PYPI_PASSWORD": "password",
    },
)
HATCH = Tool(
    "hatch",
    frozenset({"publish"}),
    repository=("-r", "--repo"),
    password=("-a", "--auth"),
    variables={"HATCH_INDEX_REPO": "repository", "HATCH_INDEX_AUTH": "password"},
)
PDM = Tool(
    "pdm",
    frozenset({"publish"}),
    repository=("-r", "--repository"),
    password=("-P", "--password"),
    variables={"PDM_PUBLISH_REPO": "repository", "PDM_PUBLISH_PASSWORD": "password"},
    trusted=True,
)
FLIT = Tool(
    "flit",
    frozenset({"publish"}),
    repository=("--repository",),
    variables={
        "FLIT_INDEX_URL": "url",
        "FLIT_PASSWORD": "password",
    },
)
MATURIN = Tool(
    "maturin",
    frozenset({"upload", "publish"}),
    repository=("-r", "--repository"),
    url=("--repository-url",),
    variables={
        "MATURIN_REPOSITORY": "repository",
        "MATURIN_REPOSITORY_URL": "url",
        "MATURIN_PYPI_TOKEN": "password",
        "MATURIN_PASSWORD": "password",
    },
    trusted=True,
)
# its action, also by its former name
MATURIN_ACTIONS = frozenset({"pyo3/maturin-action", "messense/maturin-action"})
RELEASIO = Tool(
    "releasio",
    frozenset({"release", "do-release", "publish"}),
    needed=frozenset({"-x", "--execute"}),
    repository=("--registry",),
    variables={
        "RELEASIO_PUBLISH_REGISTRY": "repository",
        "RELEASIO_TOKEN": "password",
    },
    trusted=True,
)
QUIET_STAGES = frozenset({"prepare", "build"})  # of releasio: they push and upload nothing
TOOLS = (TWINE, UV, POETRY, HATCH, PDM, FLIT, MATURIN, RELEASIO)
