"""The table about the forge: `[github]`, whichever forge it is."""

from __future__ import annotations

from typing import Literal

from releasio.config.setting import Table, setting


class GithubConfig(Table):
    """The forge: releases with notes and files, and the release pull request."""

    kind: Literal["auto", "github", "gitlab", "gitea"] = setting(
        default="auto",
        doc="Which forge the repository is on; Forgejo is a `gitea`. `auto`: by the remote's "
        "address and the job.",
    )
    owner: str | None = setting(
        default=None,
        doc="The account the repository belongs to; else from the remote's URL.",
        check="owner",
    )
    repo: str | None = setting(
        default=None,
        doc="The repository's name; else from the remote's URL.",
        check="repository",
    )
    api_url: str = setting(
        default="https://api.github.com",
        doc="The address of the forge's interface, where it is not the usual one of its host.",
        check="interface",
    )
    releases: Literal["auto"] | bool = setting(
        default="auto",
        doc="Make a release on the forge. `auto`: where the repository is on a forge and there is "
        "a token for it; `true`: always, so that a missing token stops the release.",
    )
    draft_releases: bool = setting(default=False, doc="Leave the forge release as a draft.")
    release_name_format: str = setting(
        default="{project} {tag}",
        doc="The title of the forge release, with `{project}`, `{tag}` and `{version}`.",
        check="title",
    )
    release_assets: tuple[str, ...] = setting(
        default=(),
        doc="Files to attach to the forge release besides the distributions, as patterns.",
        check="path",
    )
    release_checksums: bool = setting(
        default=True, doc="Attach `SHA256SUMS` with the digests of all files but attestations."
    )
    release_discussion_category: str | None = setting(
        default=None,
        doc="Begin a discussion in this category with each release (GitHub).",
    )
    release_body_template: str | None = setting(
        default=None,
        doc="A Jinja2 template of the text of the forge release: a file of the project, or the "
        "template itself; `{{ notes }}` is the text without it. `releasio[templates]` has to be "
        "installed.",
        check="template",
    )
    release_body_show_authors: bool = setting(default=True, doc="Name the author of each entry.")
    release_body_resolve_usernames: bool = setting(
        default=True, doc="Ask the forge for the login of each author."
    )
    release_body_include_contributors: bool = setting(default=True, doc="List the contributors.")
    release_body_include_installation: bool = setting(
        default=True, doc="Say how to install the release."
    )
    release_body_include_assets: bool = setting(default=True, doc="List the files.")
    release_body_use_emojis: bool = setting(default=True, doc="Headings with emoji.")
    release_body_use_commit_changelog: bool = setting(
        default=True,
        doc="Make the notes from commits; else they are the changelog's section of the version. "
        "Where nobody sets it, a section that somebody wrote or changed is taken, too.",
    )
    floating_tags: tuple[Literal["major", "minor"], ...] = setting(
        default=(),
        doc="Tags that are moved to each final release after everything else: `v1` for `major`, "
        "`v1.2` for `minor`.",
    )
    release_pr_branch: str = setting(
        default="releasio/release",
        doc="The branch of the release pull request.",
        check="branch",
    )
    release_pr_labels: tuple[str, ...] = setting(
        default=("release",),
        doc="Labels of a new release pull request; missing ones are created.",
    )
    release_pr_draft: bool = setting(default=False, doc="Open the release pull request as a draft.")
    release_pr_reviewers: tuple[str, ...] = setting(
        default=(), doc="Who is asked to review it: logins, and teams as `org/team`."
    )
    release_pr_assignees: tuple[str, ...] = setting(
        default=(), doc="Who it is assigned to: logins."
    )
    release_pr_auto_merge: Literal["never", "merge", "squash", "rebase"] = setting(
        default="never",
        doc="Have the forge merge it in this way as soon as its rules allow it.",
    )
    commit_with_api: Literal["auto"] | bool = setting(
        default="auto",
        doc="Make release commits through the forge's interface, which signs them (GitHub). "
        "`auto`: where the branch demands signatures and nothing here signs.",
    )
    merge_back: str | None = setting(
        default=None,
        doc="A branch that releases of other branches are merged back to, by a pull request.",
        check="branch",
    )
    dispatch: tuple[str, ...] = setting(
        default=(),
        doc="Workflows to start on the new tag after the release, by file name: what a job's own "
        "token tags starts none by itself (GitHub, Gitea, Forgejo).",
        check="workflow",
    )
