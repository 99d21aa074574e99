"""What a release's commit and tag say: the part of the record that travels with git."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from releasio.text.pattern import pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from packaging.version import Version

_TO = pattern(r"^to: (\S+)$", re.MULTILINE)
_PAGE = pattern(r"^page: (https?://\S+)$", re.MULTILINE)
_MOVES = pattern(r"^moves: (\S.*)$", re.MULTILINE)
_MERGE_BACK = pattern(r"^merge-back: \S+$", re.MULTILINE)
# names of distributions, and nothing that leads out of a folder
_LINE = pattern(r"^sha256:([0-9a-f]{64}) {2}([A-Za-z0-9._+!-]+\.(?:whl|tar\.gz))$", re.MULTILINE)


def commit_message(*versions: Version) -> str:
    """
    Return the message of a release commit: the one of 2.x, which workflows look for.

    It has the `v` whatever stands before the version in the tags.
    """
    return f"chore(release): prepare {', '.join(f'v{version}' for version in versions)}"


def development_message(*versions: Version) -> str:
    """Return the message of the commit that begins the development of *versions*."""
    return f"chore: begin {', '.join(map(str, versions))}"


def tag_message(
    tag: str,
    files: Mapping[str, str],
    to: str = "",
    *,
    page: str = "",
    moves: Sequence[str] = (),
    merge_back: str = "",
) -> str:
    """
    Return the message of an annotated release tag.

    Its first line is the one releasio 2.x wrote. The lines that follow name
    every file of the release with its hash, so that any clone knows what
    belongs on the index, and a signed tag signs the files too. Where the release gets a page
    on the forge, moves other tags along, or is merged back, it says so: whether that was done
    can be seen there, and that it was to be done only here.

    Args:
        tag: The tag's name.
        files: File name to sha256, hexadecimal.
        to: The name of the registry they go to; empty: not known.
        page: The address of the release on the forge; empty: it gets none.
        moves: The names of tags that are moved to it.
        merge_back: The branch that it is merged back to; empty: it is not.
    """
    lines = [f"sha256:{digest}  {name}" for name, digest in sorted(files.items())]
    destinations = [
        *([f"to: {to}"] if lines and to else []),
        *([f"page: {page}"] if page else []),
        *([f"moves: {' '.join(moves)}"] if moves else []),
        *([f"merge-back: {merge_back}"] if merge_back else []),
    ]
    paragraphs = [[f"Release {tag}"], lines, destinations]
    return "\n\n".join("\n".join(paragraph) for paragraph in paragraphs if paragraph)


def files_of_tag(message: str) -> dict[str, str]:
    """Return file name to sha256 as the tag's message names them; empty for other tools' tags."""
    return {name: digest for digest, name in _LINE.findall(message)}


def registry_of_tag(message: str) -> str:
    """
    Return the name of the registry that a tag's message says its files go to; empty if none.

    It is a name and never an address: whoever may push a tag must not be able to say
    where files and credentials are sent.
    """
    match = _TO.search(message) if files_of_tag(message) else None
    return match[1] if match else ""


def has_page(message: str) -> bool:
    """
    Whether a tag's message says that its release gets a page on the forge.

    The address in it is for people: where a token is sent is never read from a tag.
    """
    return bool(_PAGE.search(message))


def moves_of_tag(message: str) -> tuple[str, ...]:
    """Return the names of the tags that are moved along with the release, as its message says."""
    match = _MOVES.search(message)
    return tuple(match[1].split()) if match else ()


def is_merged_back(message: str) -> bool:
    """
    Whether a tag's message says that its release is merged back to another branch.

    To which one the settings say: the name is for people.
    """
    return bool(_MERGE_BACK.search(message))


def other_project(files: Iterable[str], project: str) -> str | None:
    """
    Return whose *files* these are, by their names, if they are another project's.

    They are after a first release whose name the index refused, and after a renaming.

    Args:
        files: Names of distributions.
        project: The project's present name.
    """
    from packaging.utils import canonicalize_name  # 7 ms, and only after a refusal

    from releasio.rules.index.simple import belongs_to

    owners = {owner[0] for owner in map(belongs_to, files) if owner is not None}
    return min(owners) if owners and canonicalize_name(project) not in owners else None
