"""Who a build of Google Cloud is to an index, as its file tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.identity.job_identity import JobIdentity
from releasio.rules.index.registry import PYPI
from releasio.rules.workflow.publishing import index_name, runs, target_of
from releasio.rules.workflow.script import commands
from releasio.rules.workflow.trusted import PUBLIC
from releasio.rules.workflow.upload_tools import TOOLS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from releasio.rules.workflow.node import Node
    from releasio.rules.workflow.script import Command
    from releasio.rules.workflow.upload_tools import Tool

FILES = ("cloudbuild.yaml", "cloudbuild.yml")
_GOOGLE = "https://accounts.google.com"
_MAIL = re.compile(r"[\w.+-]+@[\w.-]+")


def cloud_identities(node: Node, path: str) -> tuple[JobIdentity, ...]:
    """
    Return the identities of the steps of a build that upload to PyPI or TestPyPI.

    The index knows a build by its service account: by the mail address that the file names, if it
    names one; its number, the subject, stands in no file.

    Args:
        node: The file.
        path: Where it is.

    Source: https://docs.cloud.google.com/build/docs/build-config-file-schema
    """
    match = _MAIL.search(node.text_at("serviceAccount"))
    email = match[0] if match else ""
    steps = node.get("steps")
    identities: dict[str, JobIdentity] = {}
    for step in steps.items if steps else ():
        for command, tool in _uploads(step):
            place = command.option(*tool.url) or command.option(*tool.repository)
            target = target_of(place) if "://" in place else index_name(place or PYPI.name)
            if target in PUBLIC and tool.trusted:
                name = step.text_at("id") or tool.name
                has_token = bool(command.option(*tool.password))
                claims = {"iss": _GOOGLE, "email": email, "sub": ""}
                identity = JobIdentity(
                    target, name, path, step.line, claims, is_trusted=bool(email) and not has_token
                )
                identities.setdefault(target, identity)
    return tuple(identities.values())


def _uploads(step: Node) -> Iterator[tuple[Command, Tool]]:
    words, script = step.get("args"), step.text_at("script")
    texts = [*(words.texts() if words else ()), script]
    # a command may be the words of a list, or a text that a shell is given
    lines = [" ".join(texts), *(text for text in texts if " " in text)]
    for line in dict.fromkeys(lines):
        for command in commands(line):
            yield from ((command, tool) for tool in TOOLS if runs(command, tool))
