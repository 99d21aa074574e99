"""The table about the forge: `[github]`."""

from __future__ import annotations

from releasio.config.setting import Table, setting

LATER = "releases and pull requests on the forge come in a later version"


class GithubConfig(Table):
    """The forge: releases with notes and files, and the release pull request."""

    owner: str | None = setting(
        default=None, doc="The account the repository belongs to; else from the remote's URL."
    )
    repo: str | None = setting(
        default=None, doc="The repository's name; else from the remote's URL."
    )
    api_url: str = setting(
        default="https://api.github.com",
        doc="The address of the forge's API, for GitHub Enterprise.",
        check="url",
        later=LATER,
    )
    release_pr_branch: str = setting(
        default="releasio/release", doc="The branch of the release pull request.", later=LATER
    )
    release_pr_labels: tuple[str, ...] = setting(
        default=("release",), doc="Labels of a new release pull request.", later=LATER
    )
    draft_releases: bool = setting(
        default=False, doc="Leave the forge release as a draft.", later=LATER
    )
    release_name_format: str = setting(
        default="{project} {tag}",
        doc="The title of the forge release, with `{project}`, `{tag}` and `{version}`.",
        later=LATER,
    )
    release_assets: tuple[str, ...] = setting(
        default=(), doc="Files to attach to the forge release, as patterns.", later=LATER
    )
    release_body_show_authors: bool = setting(
        default=True, doc="Name the author of each entry.", later=LATER
    )
    release_body_resolve_usernames: bool = setting(
        default=True, doc="Ask the forge for the login of each author.", later=LATER
    )
    release_body_include_contributors: bool = setting(
        default=True, doc="List the contributors.", later=LATER
    )
    release_body_include_installation: bool = setting(
        default=True, doc="Say how to install the release.", later=LATER
    )
    release_body_include_assets: bool = setting(default=True, doc="List the files.", later=LATER)
    release_body_use_emojis: bool = setting(default=True, doc="Headings with emoji.", later=LATER)
    release_body_use_commit_changelog: bool = setting(
        default=True, doc="Make the notes from commits.", later=LATER
    )
