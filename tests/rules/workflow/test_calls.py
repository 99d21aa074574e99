"""What the token of a job may do, by who calls it."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.rights.calls import (
    find_calls,
    grant,
    remote_workflow,
    too_much,
    ways_to,
)
from releasio.rules.workflow.workflow import parse_workflow

TOP = """
on: push
permissions: {permissions}
jobs:
  outer:
    uses: {uses}
"""
CALLED = """
on: workflow_call
jobs:
  inner:
    permissions: {permissions}
    steps: [{{run: ls}}]
"""
LOCAL = "./.github/workflows/called.yml"


def levels(outer: str, inner: str, name: str) -> tuple[str | None, list[str]]:
    """Return what the inner job may do, and what it says and may not."""
    top = parse_workflow(".github/workflows/top.yml", TOP.format(permissions=outer, uses=LOCAL))
    called = parse_workflow(".github/workflows/called.yml", CALLED.format(permissions=inner))
    (way,) = ways_to(called, find_calls([top, called]))
    job = called.jobs["inner"]
    excess = [permission for permission, _, _ in too_much(way, called, job)]
    return grant(way, called, job, name).level, excess


@pytest.mark.parametrize(
    ("outer", "inner", "level", "excess"),
    [
        ("{contents: write}", "", "write", []),
        ("{contents: write}", "{contents: read}", "read", []),
        ("{contents: read}", "{contents: write}", "read", ["contents"]),
        ("{contents: read}", "{contents: read}", "read", []),
        ("{}", "{contents: read}", "none", ["contents"]),
        ("write-all", "{}", "none", []),
        ("read-all", "{contents: write}", "read", ["contents"]),
        ("", "{contents: write}", None, []),
        ("", "{contents: none}", "none", []),
        ("", "", None, []),
    ],
)
def test_a_called_job_has_what_its_caller_has_or_less(
    outer: str, inner: str, level: str | None, excess: list[str]
) -> None:
    assert (level, excess) == levels(outer, inner, "contents")


def test_nobody_has_an_identity_unasked() -> None:
    assert ("none", ["id-token"]) == levels("", "{id-token: write}", "id-token")


@pytest.mark.parametrize(
    ("uses", "ref"),
    [
        (LOCAL, ""),
        ("acme/demo/.github/workflows/called.yml@main", "main"),
        ("ACME/demo/.github/workflows/called.yml@v1", "v1"),
    ],
)
def test_a_repository_may_call_its_own_workflow_by_name(uses: str, ref: str) -> None:
    top = parse_workflow(".github/workflows/top.yml", TOP.format(permissions="", uses=uses))
    called = parse_workflow(".github/workflows/called.yml", CALLED.format(permissions=""))

    (call,) = find_calls([top, called], "acme/demo")

    assert (called, ref) == (call.callee, call.ref)


def test_workflows_that_call_each_other_end() -> None:
    texts = {name: CALLED.format(permissions="") for name in "ab"}
    files = [
        parse_workflow(
            f".github/workflows/{name}.yml",
            text + f"  again: {{uses: ./.github/workflows/{other}.yml}}\n",
        )
        for (name, text), other in zip(texts.items(), "ba", strict=True)
    ]

    assert () == ways_to(files[0], find_calls(files))


def test_a_workflow_of_another_repository_is_named_with_its_ref() -> None:
    uses = "acme/shared/.github/workflows/publish.yml@v1"

    assert ("acme/shared", ".github/workflows/publish.yml", "v1") == remote_workflow(uses)
    assert remote_workflow(LOCAL) is None
