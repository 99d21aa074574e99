"""What makes tags and releases with a token that starts nothing."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.events.announcing import find_announcements
from releasio.rules.workflow.workflow import parse_workflow

CHECKOUT = "- uses: actions/checkout@v6"
OWN = "${{ secrets.GITHUB_TOKEN }}"
SKIPS = "command: release, skip-publish: true"
APP = "${{ steps.app.outputs.token }}"


def announced(*steps: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return tool and what it makes, of the steps of one job."""
    lines = "\n".join(f"      {line}" for step in steps for line in step.split("\n"))
    text = f"on: push\njobs:\n  tag:\n    steps:\n{lines}\n"
    return [(each.tool, each.makes) for each in find_announcements(parse_workflow("w.yml", text))]


@pytest.mark.parametrize(
    ("steps", "expected"),
    [
        ((CHECKOUT, "- run: git push --tags"), [("git push", ("tag",))]),
        ((CHECKOUT, "- run: git push origin main --follow-tags"), [("git push", ("tag",))]),
        ((CHECKOUT + f"\n  with:\n    token: {OWN}", "- run: git push --tags"), None),
        (("- uses: softprops/action-gh-release@v2",), [("action-gh-release", ("tag", "release"))]),
        (("- uses: mathieudutour/github-tag-action@v6",), [("github-tag-action", ("tag",))]),
        (
            (f"- run: gh release create v1\n  env:\n    GH_TOKEN: {OWN}",),
            [("gh release create", ("tag", "release"))],
        ),
        (
            (
                CHECKOUT + f"\n  with:\n    token: {APP}",
                f"- run: git push --tags && gh release create v1\n  env:\n    GH_TOKEN: {OWN}",
            ),
            [("gh release create", ("release",))],
        ),
        (
            (
                CHECKOUT,
                "- uses: stefanzweifel/git-auto-commit-action@v7\n  with:\n    tagging_message: v1",
            ),
            [("git-auto-commit-action", ("tag",))],
        ),
        (
            (CHECKOUT, f"- uses: acme/releasio/action@v3\n  with: {{{SKIPS}}}"),
            [("releasio", ("tag", "release"))],
        ),
        (
            (
                CHECKOUT,
                f"- run: semantic-release version\n  env:\n    GH_TOKEN: {OWN}",
            ),
            [("semantic-release", ("tag", "release"))],
        ),
    ],
)
def test_what_the_own_token_makes_is_found(
    steps: tuple[str, ...], expected: list[tuple[str, tuple[str, ...]]] | None
) -> None:
    assert (expected or [("git push", ("tag",))]) == announced(*steps)


@pytest.mark.parametrize(
    "steps",
    [
        ("- run: git push --tags",),
        (CHECKOUT, "- run: git push"),
        (CHECKOUT, f"- uses: acme/releasio/action@v3\n  with: {{{SKIPS}, dry-run: true}}"),
        (CHECKOUT, "- uses: acme/releasio/action@v3\n  with: {command: release, dry-run: false}"),
        (CHECKOUT, "- run: git push --force --tags"),
        (CHECKOUT, "- run: git push https://x:${{ secrets.PAT }}@github.com/a/b --tags"),
        (CHECKOUT, "- run: git remote set-url origin $URL && git push --tags"),
        (CHECKOUT, "- run: echo git push --tags"),
        (CHECKOUT + f"\n  with:\n    token: {APP}", "- run: git push --tags"),
        (CHECKOUT + "\n  with:\n    ssh-key: x", "- run: git push --tags"),
        (CHECKOUT + "\n  with:\n    persist-credentials: false", "- run: git push --tags"),
        (CHECKOUT, "- uses: webfactory/ssh-agent@v0", "- run: git push --tags"),
        (f"- uses: softprops/action-gh-release@v2\n  with:\n    token: {APP}",),
        (f"- uses: softprops/action-gh-release@v2\n  env:\n    GITHUB_TOKEN: {APP}",),
        ("- uses: softprops/action-gh-release@v2\n  with:\n    draft: true",),
        ("- uses: release-drafter/release-drafter@v6",),
        ("- uses: googleapis/release-please-action@v4\n  with:\n    skip-github-release: true",),
        (f"- uses: googleapis/release-please-action@v4\n  with:\n    token: {APP}",),
        ("- uses: python-semantic-release/python-semantic-release@v10",),
        (f"- run: gh release create v1 --draft\n  env:\n    GH_TOKEN: {OWN}",),
        (f"- run: gh release create v1\n  env:\n    GH_TOKEN: {APP}",),
        (f"- run: gh release upload v1 x\n  env:\n    GH_TOKEN: {OWN}",),
        (CHECKOUT, f"- run: semantic-release --noop version\n  env:\n    GH_TOKEN: {OWN}"),
    ],
)
def test_what_another_token_does_or_nobody_is_not(steps: tuple[str, ...]) -> None:
    assert [] == announced(*steps)


def test_a_tag_is_known_as_far_as_it_is_written() -> None:
    text = """\
on: push
jobs:
  tag:
    steps:
      - uses: ncipollo/release-action@v1
        with:
          tag: nightly-${{ github.run_id }}
"""

    names = [each.name for each in find_announcements(parse_workflow("w.yml", text))]

    assert ["nightly-"] == names
