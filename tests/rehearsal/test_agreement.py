"""What we say before the push, and what the index says of the same files, is the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from releasio.world.archive import inspect
from tests.rehearsal.kinds import Kind, kinds

if TYPE_CHECKING:
    from pathlib import Path

    from tests.rehearsal.conftest import Visitor


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
    assert (kind.says == "") == answer.is_success == (told == [])
    assert kind.says in sentence
    if kind.says:
        assert any((kind.ours or sentence) in message for message in told), (sentence, told)
