"""What we say before the push, and what the index says of the same files, is the same."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from releasio.world.build.archive import inspect
from tests.embedded.index import EmbeddedIndex
from tests.standins.conftest import Visitor
from tests.standins.kinds import Kind, kinds
from tests.standins.packages import Package, sdist, wheel

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def errors_of(kind: Kind, folder: Path) -> list[str]:
    path = folder / kind.package.filename
    path.write_bytes(kind.package.data)
    version = str(kind.package.fields["version"])
    found = inspect([path], project=kind.project, version=version)
    return [error.message for error in found.errors]


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.title)
def test_a_file_is_taken_or_refused_alike_and_in_the_same_words(
    kind: Kind, visitor: Visitor, token: str, tmp_path: Path
) -> None:
    answer = visitor.upload(kind.package, token)
    told = errors_of(kind, tmp_path)

    sentence = answer.json()["code"].removeprefix("400 ").partition(" See http")[0]
    assert (kind.says == "") == answer.is_success
    assert (kind.says == kind.ours == "") == (told == [])
    assert kind.says in sentence
    if told:
        assert any((kind.ours or sentence) in message for message in told), (sentence, told)


@pytest.mark.parametrize("make", [wheel, sdist], ids=["wheel", "sdist"])
def test_damage_anywhere_never_passes_here_and_fails_there(
    make: Callable[..., Package], tmp_path: Path
) -> None:
    """
    Whichever byte is wrong.

    Nor the other way round, but for two things we alone look for: members that do not
    unpack, and metadata, which the index takes from the form.
    """
    ours_alone = {
        "wheel-damaged",
        *("metadata-refused", "metadata-unsendable", "metadata-disagrees"),
        "distribution-misnamed",  # by the name and version in the metadata
    }
    whole = make("demo")
    path = tmp_path / whole.filename
    taken = []
    for place in range(0, len(whole.data), 11):
        data = bytearray(whole.data)
        data[place] ^= 0xFF
        path.write_bytes(data)
        found = inspect([path], project="demo", version="1.0", strict=False).errors
        codes = {error.code for error in found}
        with EmbeddedIndex() as index:
            package = replace(whole, data=bytes(data))
            answer = Visitor(index).upload(package, index.user_token())
        taken.append(answer.is_success)

        assert codes <= ours_alone if answer.is_success else codes, (place, codes, answer.text)

    assert {True, False} == {*taken}
