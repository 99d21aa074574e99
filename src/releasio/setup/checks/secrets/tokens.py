"""Whether tokens are needed, and are for what they are given to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.credentials.secret import Secret
from releasio.rules.credentials.token import read_token
from releasio.rules.identity.publisher import tokens_page
from releasio.rules.index.registry import BUILT_IN, TOKEN_SITES
from releasio.rules.workflow.publishing import PYPI_ACTION, index_name, secret_names, target_of
from releasio.rules.workflow.upload_tools import TOOLS
from releasio.setup.findings.secrets import tokens as findings
from releasio.setup.patches.entries import without_entry
from releasio.setup.patches.patch import joined
from releasio.setup.patches.values import with_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.publishing import Upload
    from releasio.setup.finding import Finding
    from releasio.setup.patches.patch import Patch
    from releasio.setup.situation.situation import Situation

_TEST_NAME = re.compile(r"TEST_?PYPI|PYPI_?TEST", re.IGNORECASE)
_PYPI_NAME = re.compile(r"PYPI", re.IGNORECASE)
_FORGES_WITH_PUBLISHERS = frozenset({"github.com"})
_USERS = {
    "twine": "TWINE_USERNAME",
    "uv": "UV_PUBLISH_USERNAME",
    "hatch": "HATCH_INDEX_USER",
    "pdm": "PDM_PUBLISH_USERNAME",
    "flit": "FLIT_USERNAME",
    "poetry": "POETRY_HTTP_BASIC_PYPI_USERNAME",
    "maturin": "MATURIN_USERNAME",
}
_NO_USER = frozenset({"", "__token__"})


def check_tokens(situation: Situation) -> Iterator[Finding]:
    """Yield the tokens that jobs have no need for, or no use."""
    for upload in situation.uploads:
        if upload.target in BUILT_IN and upload.password is not None:
            yield from _not_needed(situation, upload)
            yield from _for_another(upload)
            yield from _user(upload)
    yield from _of_environment(situation)


def _not_needed(situation: Situation, upload: Upload) -> Iterator[Finding]:
    names = [name for name in secret_names(upload.password) if name != "GITHUB_TOKEN"]
    host = situation.place.host if situation.place else "github.com"
    if not names or not upload.takes_identity or host not in _FORGES_WITH_PUBLISHERS:
        return
    if upload.workflow.is_callable and len(upload.workflow.triggers) == 1:
        return  # a publisher cannot be told of a called workflow
    registry = BUILT_IN[upload.target]
    permissions = upload.workflow.permissions_of(upload.job)
    may_ask = permissions is not None and permissions.writes("id-token")
    deed = "remove the password here" if may_ask else "give it `id-token: write` for the password"
    finding = findings.TokenNotNeeded(
        upload.job.key, upload.target, names[0], deed, tokens_page(registry)
    )
    patch = _without_password(upload) if may_ask and not _signs(upload) else None
    yield finding.at(upload.password_path, upload.password.line if upload.password else 0, patch)


def _signs(upload: Upload) -> bool:
    """Tell whether the job's identity is there for something else."""
    return any("attest" in step.action or "sigstore" in step.action for step in upload.job.steps)


def _without_password(upload: Upload) -> Patch | None:
    step, path = upload.step, upload.workflow.path
    if step.action != PYPI_ACTION:
        return None
    inputs = step.node.get("with")
    keys = [entry.key for entry in inputs.entries] if inputs else []
    if set(keys) <= {"user", "password"}:
        return without_entry(path, step.node, ("with",))
    return joined(
        *(
            without_entry(path, step.node, ("with", key))
            for key in keys
            if key in {"user", "password"}
        )
    )


def _for_another(upload: Upload) -> Iterator[Finding]:
    names = secret_names(upload.password)
    line = upload.password.line if upload.password else upload.line
    if len(names) != 1:
        return
    is_test = bool(_TEST_NAME.search(names[0]))
    is_plain = bool(_PYPI_NAME.search(names[0])) and "TEST" not in names[0].upper()
    wrong = (upload.target == "pypi" and is_test) or (
        upload.target == "testpypi" and is_plain and upload.job.environment is None
    )
    if wrong:
        other = "testpypi" if is_test else "pypi"
        finding = findings.SecretForAnother(upload.job.key, upload.target, names[0], other)
        yield finding.at(upload.password_path, line)


def _user(upload: Upload) -> Iterator[Finding]:
    node = _user_node(upload)
    if node is None or "$" in node.text or node.text.strip() in _NO_USER:
        return
    finding = findings.UserNotToken(upload.job.key, upload.target, node.text)
    path, text = upload.workflow.path, upload.workflow.text
    yield finding.at(path, node.line, with_value(path, text, node, "__token__"))


def _user_node(upload: Upload) -> Node | None:
    if upload.step.action == PYPI_ACTION:
        return upload.step.input("user")
    variable = _USERS.get(upload.tool, "")
    places = (upload.step.node, upload.job.node, upload.workflow.node)
    return next((node for place in places if (node := place.get("env", variable))), None)


def _of_environment(situation: Situation) -> Iterator[Finding]:
    """Yield tokens in this process's environment that their tool would send to another index."""
    for tool in TOOLS:
        options = {
            kind: situation.env[variable]
            for variable, kind in tool.variables.items()
            if situation.env.get(variable)
        }
        facts = read_token(Secret(options.get("password", "")))
        made_for = TOKEN_SITES.get(facts.site) if facts else None
        if made_for is None:
            continue
        target = index_name(options.get("repository", "pypi"))
        if "url" in options:
            target = target_of(options["url"])
        if target in BUILT_IN and target != made_for:
            variable = next(key for key, kind in tool.variables.items() if kind == "password")
            page = tokens_page(BUILT_IN[target])
            yield findings.TokenForAnother(f"${variable}", made_for, target, page)
