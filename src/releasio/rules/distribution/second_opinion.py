"""What another client says of the files of a release, beside what we say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.errors.files.twine import TwineRefuses
from releasio.frozen import frozen
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence


@frozen
class Opinion:
    """
    What twine says of one file.

    Attributes:
        file: The file's name.
        refusal: Why twine would not upload it; empty: it would.
        warnings: What twine warns of.
        silence: Why twine has no opinion; empty: it has one.
    """

    file: str
    refusal: str = ""
    warnings: tuple[str, ...] = ()
    silence: str = ""


def refused_by_twine_alone(
    opinions: Iterable[Opinion], refused_files: Collection[str]
) -> tuple[TwineRefuses, ...]:
    """
    Return an error for each reason for which twine refuses files that we would take.

    Args:
        opinions: What twine says.
        refused_files: The names of the files that we refuse.
    """
    reasons = _files_by(
        (opinion.refusal, opinion.file) for opinion in opinions if opinion.file not in refused_files
    )
    return tuple(TwineRefuses(files, words) for words, files in reasons.items())


def opinion_notes(opinions: Collection[Opinion], refused_files: Collection[str]) -> Iterator[str]:
    """Yield a sentence for what twine says and stops nothing; see `refused_by_twine_alone`."""
    agreed = _files_by(
        (opinion.refusal, opinion.file) for opinion in opinions if opinion.file in refused_files
    )
    for words, files in agreed.items():
        yield f"twine refuses {listed(files)}, too: {words}"
    content = [opinion for opinion in opinions if not opinion.refusal and not opinion.silence]
    if taken_files := [opinion.file for opinion in content if opinion.file in refused_files]:
        yield (
            f"twine would take {listed(taken_files)}, which releasio refuses: of the index's rules "
            "it knows those about metadata and descriptions, and not all of them"
        )
    warnings = _files_by((" ".join(opinion.warnings), opinion.file) for opinion in opinions)
    for words, files in warnings.items():
        yield (
            f"twine warns of {listed(files)}: {words} An index shows as the project's page what "
            'pyproject.toml names, by its ending: readme = "README.md"; in setup.cfg, '
            "long_description and long_description_content_type = text/markdown"
        )
    for words, files in _files_by((opinion.silence, opinion.file) for opinion in opinions).items():
        yield f"twine has no opinion of {listed(files)}: {words}"


def _files_by(pairs: Iterable[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    """Return which files each of the words are about; files without words are left out."""
    files: dict[str, list[str]] = {}
    for words, file in pairs:
        if words:
            files.setdefault(words, []).append(file)
    return files
