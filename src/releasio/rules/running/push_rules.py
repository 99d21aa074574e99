"""The rules by which forges refuse a push, in their words, and the ways on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.frozen import frozen

if TYPE_CHECKING:
    from collections.abc import Iterator

PULL_REQUEST = (
    'Set mode = "pull-request": releasio release-pr opens one, and after its merge the tag is all '
    "that is pushed."
)
BYPASS = (
    "Or let who pushes bypass the rule, {where}: a GitHub App or a deploy key; a job's own token "
    "cannot."
)
ALLOW_TAG = "Let who pushes make this tag, {where}; a job's own token cannot bypass a rule."
SIGN = (
    "Sign here (git config commit.gpgSign true, with a key that the forge knows), or let GitHub: "
    'github.commit_with_api = true has it make the commit, and with mode = "pull-request" it signs '
    "what it merges."
)
_WORDING = (
    "A rule wants it worded otherwise: git config user.email names the author, version.tag_prefix "
    "the tag. Or exempt who pushes, {where}."
)
_WORKFLOW = (
    "Give the token the right to change workflows (classic: the scope workflow, others: Workflows, "
    "read and write; a job's own token cannot have it), or push what changes them by hand first."
)
_SIZE = "The forge takes no files or pushes of that size: keep large files in Git LFS."
_EXPOSED = "Take the secret out of the commits that it names, and replace it: it was nearly public."
_NEW_ADDRESS = "If the address is an old one, git remote set-url it to the new one."

_RULESETS = "in Settings > Rules > Rulesets"
_PROTECTION = "in Settings > Branches"
_GITLAB_BRANCH = "in Settings > Repository > Protected branches"
_GITLAB_TAG = "in Settings > Repository > Protected tags"
_GITLAB_RULES = "in Settings > Repository > Push rules"
_AZURE = "in Project settings > Repositories > Security"
_BITBUCKET = "in Repository settings > Branch restrictions"


@frozen
class PushRule:
    """
    A rule of a forge.

    Attributes:
        words: What the forge says when the rule refuses a push: an expression, in small letters.
        remedy: The ways on; `{where}` is where the forge has the rule.
        where: The same, if it is not told by the words around.
    """

    words: str
    remedy: str
    where: str = ""


_GITHUB = (
    PushRule(r"without `workflows?`", _WORKFLOW),
    PushRule(r"made through the merge queue", f"{PULL_REQUEST} {BYPASS}"),
    PushRule(r"made through a pull request", f"{PULL_REQUEST} {BYPASS}"),
    PushRule(r"approving reviews? (?:is|are) required", f"{PULL_REQUEST} {BYPASS}"),
    PushRule(
        r"status checks? (?:\".*\" )?(?:is|are) expected|status check \".*\" is failing"
        r"|code scanning is waiting|required deployment|active \w+ deployment",
        f"The release commit is new, and no check has run on it. {PULL_REQUEST} {BYPASS}",
    ),
    PushRule(r"must have (?:verified|valid) signatures", SIGN),
    PushRule(
        r"must not contain merge commits",
        "What is pushed has a merge commit: rebase the branch first (git pull --rebase).",
    ),
    PushRule(
        r"not authorized to create a tag|protected tag update", ALLOW_TAG, "in Settings > Tags"
    ),
    PushRule(
        r"creations being restricted|update this protected ref",
        "A rule names who may do this: let who pushes bypass it, {where}; a job's own token "
        "cannot.",
    ),
    PushRule(
        r"change this locked branch|branch is locked", "Unlock the branch, {where}.", _PROTECTION
    ),
    PushRule(
        r"not authorized to push to this branch",
        f"Add who pushes to those who may, {{where}}. {PULL_REQUEST}",
        _PROTECTION,
    ),
    PushRule(r"matching pattern|matching regex|given regex pattern", _WORDING),
    PushRule(
        r"gh007|publish a private email",
        "Commit with an address that may be public: git config user.email "
        "ID+LOGIN@users.noreply.github.com.",
    ),
    PushRule(r"gh001|large files detected|file size limit|pack exceeds|returned error: 413", _SIZE),
    PushRule(r"over its size limit|exceed its size limit|larger than the allowed size", _SIZE),
    PushRule(r"gh008|unknown git lfs objects", "Upload them first: git lfs push --all origin."),
    PushRule(r"gh009|push protection|cannot contain secrets", _EXPOSED),
)
_GITLAB = (
    PushRule(
        r"push code to (?:a )?protected branch",
        f"Let who pushes do so, {{where}} (Allowed to push). {PULL_REQUEST}",
        _GITLAB_BRANCH,
    ),
    PushRule(
        r"tag as it is protected|create protected tags|protected tags cannot",
        "Let who pushes make it, {where} (Allowed to create).",
        _GITLAB_TAG,
    ),
    PushRule(
        r"change existing tags",
        "The tag is there already, and only maintainers may move one: choose another version.",
    ),
    PushRule(r"commit must be signed", SIGN),
    PushRule(
        r"follow the pattern|forbidden pattern|is not a member of team"
        r"|only push commits if|verified emails",
        _WORDING,
        _GITLAB_RULES,
    ),
    PushRule(r"code ?owners", PULL_REQUEST),
)
_OTHERS = (
    # Gitea and Forgejo
    PushRule(
        r"not allowed to push to protected branch",
        f"Let who pushes do so, {{where}} (Enable push). {PULL_REQUEST}",
        _PROTECTION,
    ),
    PushRule(r"protected from unverified commit", SIGN),
    PushRule(
        r"protected from changing file", f"{PULL_REQUEST} Or unprotect it, {{where}}.", _PROTECTION
    ),
    PushRule(r"\btag \S+ is protected", "Let who pushes make it, {where}.", "in Settings > Tags"),
    PushRule(
        r"user permission denied for writing",
        "The account that git pushes with may only read here: give it the right to write.",
    ),
    # Azure DevOps
    PushRule(
        r"tf402455",
        f'{PULL_REQUEST} Or allow who pushes to "Bypass policies when pushing", {{where}}.',
        _AZURE,
    ),
    PushRule(r"tf401027", "Allow the permission that it names to who it names, {where}.", _AZURE),
    # Bitbucket, and its server
    PushRule(
        r"permission denied to (?:update|create) (?:branch|tag)|permission to modify"
        r"|only be modified through pull requests",
        f"{PULL_REQUEST} Or give who pushes write access to it, {{where}}.",
        _BITBUCKET,
    ),
    # git itself
    PushRule(
        r"shallow update",
        "This clone is shallow: git fetch --unshallow --tags, then run again.",
    ),
    PushRule(
        r"checked out", "The remote has a work tree on that branch: push to a bare repository."
    ),
)
_RULES = (*_GITHUB, *_GITLAB, *_OTHERS)
# who else says no says at least which sort of rule it was
_SORTS = (
    PushRule(r"gh013|repository rule", f"{PULL_REQUEST} {BYPASS}", _RULESETS),
    PushRule(r"gh006|protected branch", f"{PULL_REQUEST} {BYPASS}", _PROTECTION),
)
_ANY_RULE = "The server's words tell which of its rules it is; nothing was changed here."
_MOVED = re.compile(r"repository moved|was moved to")


def ways_on(text: str) -> str:
    """
    Return what to do about a refused push: for each rule that *text* tells of, each way once.

    Args:
        text: What the server said, and what git said of each ref.

    Source: https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets,
    https://docs.gitlab.com/user/project/repository/push_rules/, and what users quote of them
    """
    lowered = text.lower()
    remedies = list(_remedies(lowered)) or [_ANY_RULE]
    if _MOVED.search(lowered):
        remedies.append(_NEW_ADDRESS)
    sentences = dict.fromkeys(sentence for remedy in remedies for sentence in _sentences(remedy))
    return " ".join(sentences)


def _remedies(lowered: str) -> Iterator[str]:
    rules = [rule for rule in _RULES if re.search(rule.words, lowered)]
    rules = rules or [rule for rule in _SORTS if re.search(rule.words, lowered)][:1]
    around = _PROTECTION if "gh006" in lowered else _RULESETS
    for rule in rules:
        yield rule.remedy.replace("{where}", rule.where or around)


def _sentences(remedy: str) -> list[str]:
    """Return the sentences of *remedy*, so that what two rules ask for is said once."""
    return re.split(r"(?<=[.]) (?=[A-Z])", remedy)
