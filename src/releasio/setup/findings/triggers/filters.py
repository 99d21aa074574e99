"""Filters of branches and tags that do not mean what they say."""

from __future__ import annotations

from releasio.setup.finding import Finding


class TagPatternIsRegex(Finding):
    r"""
    A filter is written as a regular expression.

    GitHub's patterns are none: `*` is any text without `/`, `?` and `+` follow a character,
    `[0-9]` is a digit; `\d`, `^`, `$` and `(a|b)` stand for themselves.
    """

    code = "filter-is-regex"
    severity = "error"
    message = (
        "`{sign}` in the pattern {pattern} stands for itself: it matches no {kind} that is meant"
    )
    why = "Filters of GitHub are no regular expressions, so the workflow never starts."
    fix = "For versions write `v[0-9]+.[0-9]+.[0-9]+*`, or `v*`."
    pattern: str
    sign: str
    kind: str


class FilterHasRef(Finding):
    """
    A filter names a full ref.

    `tags` and `branches` are compared with the name alone, without `refs/tags/` or `refs/heads/`.
    """

    severity = "error"
    message = "the pattern {pattern} never matches: {kind} are compared without {prefix}"
    why = "GitHub compares the name alone, so the workflow never starts."
    fix = "Write {name}."
    pattern: str
    kind: str
    prefix: str
    name: str


class TagPatternNeverMatches(Finding):
    """
    No tag of the project matches what starts its publishing.

    The tags have another form than the filter asks for: with or without a `v`, with a name before
    it. A tag is pushed, and nothing starts.
    """

    severity = "warning"
    message = "{workflow} publishes on tags {patterns:listed}, but {whose} {tag}"
    why = "A tag that no pattern matches starts nothing."
    fix = "Write a pattern that takes {tag}, or tag by the pattern."
    workflow: str
    patterns: tuple[str, ...]
    whose: str
    tag: str


class BranchNeverMatches(Finding):
    """
    A workflow that publishes waits for pushes to a branch that is not the default one.

    Many repositories went from `master` to `main`, and their filters did not.
    """

    severity = "warning"
    message = "{workflow} publishes on pushes to {patterns:listed}; the default branch is {branch}"
    why = "A push to {branch} starts nothing."
    fix = "Write `branches: [{branch}]`."
    workflow: str
    patterns: tuple[str, ...]
    branch: str


class FiltersExcludeEachOther(Finding):
    """
    One event has two filters that GitHub does not take together.

    `tags` and `tags-ignore`, `branches` and `branches-ignore`, `paths` and `paths-ignore` exclude
    each other. Exceptions are written into one list, with `!` before them.
    """

    severity = "error"
    message = "`{one}` and `{other}` cannot both be given for `{event}`"
    why = """
    GitHub refuses the file: "you may only define one of `{one}` and `{other}` for a single
    event"."""
    fix = "Keep `{one}`, and add what is not meant with `!` before it."
    event: str
    one: str
    other: str


class FilterOnlyTakesBack(Finding):
    """
    A filter has nothing but exceptions.

    A pattern with `!` takes back what one before it took. Where none did, nothing is left.
    """

    severity = "error"
    message = "every pattern of `{name}` begins with `!`, so that nothing starts the workflow"
    why = "A pattern with `!` only takes back what patterns before it took."
    fix = 'Begin with `"**"`, or write `{name}-ignore` without `!`.'
    name: str


class TagsOrBranches(Finding):
    """
    A job publishes on tags, and on every push to a branch, too.

    `branches` and `tags` under one `push` are alternatives, not conditions that must both hold. A
    condition of the job keeps it to tags.
    """

    severity = "warning"
    message = "job {job} publishes on tags and also on every push to {branches:listed}"
    why = """
    `tags` and `branches` are alternatives. The second push with the same version ends with "File
    already exists"."""
    fix = "Add `if: startsWith(github.ref, 'refs/tags/')` to the job."
    job: str
    branches: tuple[str, ...]
