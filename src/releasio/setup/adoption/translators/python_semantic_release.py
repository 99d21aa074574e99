"""
python-semantic-release: `[tool.semantic_release]`, `releaserc.toml`, `releaserc.json`.

Source: https://python-semantic-release.readthedocs.io/en/stable/configuration/configuration.html
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.rules.conventions.convention import convention_of
from releasio.rules.project.project_files import MANIFEST, SETUP_CFG
from releasio.setup.adoption.branch_patterns import release_branches
from releasio.setup.adoption.foreign_table import ini_tables, json_table, toml_table
from releasio.setup.adoption.project import Project, VersionPlaces
from releasio.setup.adoption.translation import Translation
from releasio.setup.adoption.used_actions import foreign_uploads
from releasio.setup.adoption.words import (
    ASK_FOR_ONE,
    COMMIT_NAMED,
    GIT_HOOKS,
    LET_HOOK_SKIP,
    LET_IT_LOOK,
    OTHER_TEMPLATES,
    OWN_TEMPLATE,
    TO_ONE,
)

if TYPE_CHECKING:
    from releasio.setup.adoption.adopted import Adopted
    from releasio.setup.adoption.foreign_table import ForeignTable

TOOL = "python-semantic-release"
FILES = (MANIFEST, "releaserc.toml", "releaserc.json", SETUP_CFG)
# their words stay where they are: they are about the tool itself, or releasio does the same unasked
_NEEDLESS = {"logging_use_named_masks", "repo_dir", "version_source"}
_OWN = (
    *("add_partial_tags", "allow_zero_version", "assets", "branch", "branches", "build_command"),
    *("build_command_env", "changelog", "changelog_file", "commit_author", "commit_message"),
    *("commit_parser", "commit_parser_options", "commit_subject", "major_on_zero"),
    *("no_git_verify", "publish", "remote", "hvcs", "tag_format", "upload_to_pypi"),
    *("upload_to_repository", "version_toml", "version_variable", "version_variables"),
)
_CONVENTIONS = {
    **dict.fromkeys(("conventional", "angular", "conventional-monorepo"), "conventional"),
    "emoji": "gitmoji",
    "scipy": "prefix",
}
# what these parsers raise by themselves, and ours do not
_OWN_LEVELS = {
    "emoji": {
        "commits.types_minor": [
            *("feat", "children_crossing", "lipstick", "iphone", "egg"),
            "chart_with_upwards_trend",
        ]
    },
    "scipy": {
        "commits.types_major": ["deprecate"],
        "commits.types_patch": ["fix", "perf", "build", "chore"],
    },
}
_USUAL_TYPES = ("build", "chore", "ci", "docs", "style", "refactor", "test")
_LEVELS = {"2": "patch", "3": "minor", "4": "major", "patch": "patch", "minor": "minor"}
_REFUSED = {
    "assets": (
        "the release commit has the files that releasio, and hooks, change",
        "A hook that writes them (hooks.post_bump) has them committed.",
    ),
    "commit_message": (COMMIT_NAMED, LET_IT_LOOK),
    "commit_author": (
        "the release commit is by whom git says",
        "Set user.name and user.email for git, or GIT_AUTHOR_NAME and the like.",
    ),
    "no_git_verify": (GIT_HOOKS, LET_HOOK_SKIP),
}
_BUILDING = re.compile(
    r"\s*(?:python3? -m )?(?:pip3? install|poetry build|uv build|hatch build|build\b|flit build|"
    r"pdm build|python3? setup\.py|python3? -m build|true\b).*"
)


def find(project: Project) -> Adopted | None:
    """
    Return what the tool was told; `None`: nothing.

    Raises:
        Unreadable: One of its files is broken.
    """
    table = project.first_table(FILES, _table)
    if table is None:
        return None
    translation = Translation(TOOL, table)
    _tags(table, translation)
    _zero(table, translation, project)
    _commits(table, translation)
    _files(table, translation, project)
    release_branches(table, translation)
    _changelog(table, translation)
    _forge(table, translation, project)
    _building(table, translation)
    translation.refuse_others({*_OWN, *_NEEDLESS})
    return translation.adopted()


def _table(name: str, text: str) -> ForeignTable | None:
    if name.endswith(".json"):
        return json_table(name, text, "semantic_release")
    if name == SETUP_CFG:
        has_section = "[semantic_release]" in text  # most files have not, and may be broken
        return ini_tables(name, text).get("semantic_release") if has_section else None
    root = ("tool",) if name == MANIFEST else ()
    return toml_table(name, text, *root, "semantic_release")


def _tags(table: ForeignTable, translation: Translation) -> None:
    form = table.text("tag_format")
    if form is not None:
        translation.tag_form(form, "tag_format")
    if table.flag("add_partial_tags"):
        translation.set("github.floating_tags", ["major", "minor"], "add_partial_tags")


def _zero(table: ForeignTable, translation: Translation, project: Project) -> None:
    """Tell about versions before 1.0.0, for projects that have not got there yet."""
    allowed, raises = table.flag("allow_zero_version"), table.flag("major_on_zero")
    if allowed is False:
        translation.set("version.initial_version", "1.0.0", "allow_zero_version")
    if not project.version.startswith("0."):
        return
    if allowed is False:
        translation.cannot(
            "releasio goes to 1.0.0 only when somebody asks for it",
            "Release 1.0.0 once: releasio release --version 1.0.0.",
            "allow_zero_version",
        )
    elif raises is not False:
        translation.cannot(
            TO_ONE,
            ASK_FOR_ONE,
            *(["major_on_zero"] if raises else ["allow_zero_version"] if allowed else []),
        )


def _commits(table: ForeignTable, translation: Translation) -> None:
    parser = (table.text("commit_parser") or "conventional").rpartition(":")[2]
    convention = _CONVENTIONS.get(parser)
    if convention is None:
        translation.cannot(
            f"{parser} is code of yours or of an older release, and is not run",
            "Say how subjects are written by commits.commit_parsers.",
            "commit_parser",
        )
    else:
        translation.set("commits.convention", convention, "commit_parser")
    for setting, own_types in _OWN_LEVELS.get(parser, {}).items():
        translation.set(setting, own_types, "commit_parser")
    options = "commit_parser_options"
    for key, level in (("major_tags", "major"), ("minor_tags", "minor"), ("patch_tags", "patch")):
        if (types := table.words(options, key)) is not None:
            names = list(dict.fromkeys(_type_of(type_, convention) for type_ in types))
            translation.set(f"commits.types_{level}", names, options, key)
    least = _LEVELS.get(str(table.at(options, "default_bump_level")).lower())
    if least is not None:
        others = table.words(options, "other_allowed_tags") or _USUAL_TYPES
        raising = list(table.words(options, "patch_tags") or ("fix", "perf"))
        least_types = [*(raising if least == "patch" else []), *others]
        translation.set(f"commits.types_{least}", least_types, options, "default_bump_level")


def _type_of(tag: str, convention: str | None) -> str:
    """Return what *tag*, `:sparkles:` or `ENH`, is called by our *convention*."""
    read = convention_of(convention or "conventional").read
    entry = read(f"{tag}: x") if read else None
    return entry.type if entry else tag.strip(":")


def _files(table: ForeignTable, translation: Translation, project: Project) -> None:
    places = VersionPlaces(translation, project)
    for key in ("version_variable", "version_variables", "version_toml"):
        for number, entry in enumerate(table.words(key) or ()):
            name, _, rest = entry.partition(":")
            variable = re.sub(r":[nt]f$", "", rest)
            foreign = (key, number) if isinstance(table.at(key), list) else (key,)
            if variable in {"*", "__version__"}:
                places.whole(name, *foreign)
                continue
            # of dotted keys the last one stands in the line
            word = re.escape(variable.rpartition(".")[2] if key == "version_toml" else variable)
            assigned = re.compile(rf"(?:^|[^\w]){word}[\"']?\s*(?::=|==|=|:|@|\s)").search
            places.lines(name, project.patterns(name, assigned), *foreign)
    places.finish()


def _changelog(table: ForeignTable, translation: Translation) -> None:
    for keys in (
        ("changelog", "default_templates", "changelog_file"),
        ("changelog", "changelog_file"),
        ("changelog_file",),
    ):
        if path := table.text(*keys):
            translation.set("changelog.path", path, *keys)
            break
    listed = ("feat", "fix", "perf", "revert", "security")
    for number, pattern in enumerate(table.words("changelog", "exclude_commit_patterns") or ()):
        if re.match(rf"\W*(?:{'|'.join(listed)})", pattern):
            translation.cannot(
                f"commits are left out by type and scope, not by {pattern!r}",
                "See changelog.exclude_types and changelog.exclude_scopes.",
                *("changelog", "exclude_commit_patterns", number),
            )
    translation.refuse({"changelog.template_dir": (OTHER_TEMPLATES, OWN_TEMPLATE)})


def _forge(table: ForeignTable, translation: Translation, project: Project) -> None:
    kind_keys = ("remote", "type") if table.at("remote", "type") else ("hvcs",)
    match table.text(*kind_keys):
        case "gitlab" | "gitea" as kind:
            translation.set("github.kind", kind, *kind_keys)
        case "bitbucket":
            translation.cannot(
                "releasio makes no pages on Bitbucket",
                "The release itself needs none: tag, files and changelog are made.",
                *kind_keys,
            )
    patterns = table.words("publish", "dist_glob_patterns") or ()
    assets = [pattern for pattern in patterns if not pattern.startswith("dist/")]
    translation.set("github.release_assets", assets, "publish", "dist_glob_patterns")
    if table.flag("publish", "upload_to_vcs_release") is False:
        translation.cannot(
            "a release on the forge always has the distributions attached",
            "github.releases = false makes none at all.",
            *("publish", "upload_to_vcs_release"),
        )
    for key in ("upload_to_pypi", "upload_to_repository"):
        # a step behind it that uploads is why it does not; releasio takes its place, too
        if table.flag(key) is False and not foreign_uploads(project.workflows):
            translation.off("publish.enabled", key)


def _building(table: ForeignTable, translation: Translation) -> None:
    command = table.text("build_command") or ""
    pieces = [piece for piece in re.split(r"&&|;|\n", command) if piece.strip()]
    if others := [piece.strip() for piece in pieces if not _BUILDING.fullmatch(piece)]:
        translation.cannot(
            f"the build backend builds, and nothing else is run: {', '.join(others)}",
            "What the build needs besides goes into hooks.post_bump; a build of your own is "
            "hooks.build.",
            "build_command",
        )
    translation.refuse(_REFUSED)
