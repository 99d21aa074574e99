"""
release-drafter: `.github/release-drafter.yml`.

Source: https://github.com/release-drafter/release-drafter#configuration
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.setup.adoption.foreign_table import yaml_table
from releasio.setup.adoption.translation import Translation
from releasio.setup.adoption.words import OTHER_TEMPLATES

if TYPE_CHECKING:
    from releasio.setup.adoption.adopted import Adopted
    from releasio.setup.adoption.project import Project

TOOL = "release-drafter"
FILES = (".github/release-drafter.yml", ".github/release-drafter.yaml")
_VERSION = re.compile(r"\$(?:RESOLVED|NEXT_(?:PATCH|MINOR|MAJOR))_VERSION")
_TEXTS = ("template", "header", "footer", "change-template", "category-template")


def find(project: Project) -> Adopted | None:
    """
    Return what the tool was told; `None`: nothing.

    Raises:
        Unreadable: Its file is broken.
    """
    table = project.first_table(FILES, yaml_table)
    if table is None:
        return None
    translation = Translation(TOOL, table)
    translation.cannot(
        "releasio makes the page of a release itself, as a draft that is published last",
        "Remove its workflow: of two drafts for one tag nobody knows which is meant.",
    )
    translation.on("changelog.use_github_prs")
    if template := table.text("tag-template"):
        translation.tag_form(_VERSION.sub("{version}", template), "tag-template")
    name = _VERSION.sub("{version}", table.text("name-template") or "")
    if "{version}" in name and "$" not in name:
        translation.set("github.release_name_format", name, "name-template")
    for key in ("version-resolver", "categories", "exclude-labels", "include-labels"):
        if table.at(key):
            translation.cannot(
                "titles of pull requests say what they change, and labels do not",
                "Write titles as conventional commits; `releasio check-pr` checks them.",
                key,
            )
    for key in _TEXTS:
        if table.text(key):
            translation.cannot(
                OTHER_TEMPLATES, "Write github.release_body_template, or do without.", key
            )
    if table.flag("prerelease"):
        translation.cannot(
            "a pre-release is asked for, or made from a branch of its own",
            "--prerelease rc, or a [branches.NAME] table.",
            "prerelease",
        )
    return translation.adopted()
