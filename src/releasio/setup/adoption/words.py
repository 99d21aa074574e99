"""What is said of settings that several tools have and releasio does not."""

BY_HAND = "the number to raise is named by hand, and with releasio the commits name it"
COMMIT_NAMED = "the release commit is always called `chore(release): prepare v1.2.3`"
LET_IT_LOOK = "Let what looks for the old words look for these."
GIT_SIGNS = "tags are signed where git is told to"
SIGN_BY_GIT = "Set it for git: git config tag.gpgSign true."
TO_ONE = "before 1.0.0 a breaking change raises the minor number; 1.0.0 is only ever asked for"
ASK_FOR_ONE = "When it is due: --version 1.0.0, or a `Release-As: 1.0.0` footer."
OTHER_TEMPLATES = "its templates know other names than ours"
OWN_TEMPLATE = (
    "Write changelog.section_template, or do without: releasio follows the style of the file."
)
GIT_HOOKS = "git's own hooks are run for the release commit"
LET_HOOK_SKIP = "Let a hook pass it over that must not see it."
