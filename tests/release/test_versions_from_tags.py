from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from packaging.version import Version

from tests.look import offline

if TYPE_CHECKING:
    from tests.fakes.repository import Repository


class TestVersionsFromTags:
    """A project whose version no file says: setuptools-scm makes it from the tags."""

    @pytest.fixture
    def tagged(self, repo: Repository) -> Repository:
        manifest = (
            '[project]\nname = "demo"\ndynamic = ["version"]\n[tool.setuptools_scm]\n'
            "[tool.releasio.changelog]\nenabled = false\n"
        )
        repo.commit("feat: begin", **{"pyproject.toml": manifest})
        repo.tag("v1.2.0")
        return repo

    def test_the_last_release_is_the_version(self, tagged: Repository) -> None:
        tagged.commit("docs: words")
        look = offline(tagged)

        assert ("nothing", Version("1.2.0")) == (
            look.outcome(),
            look.facts().package().manifest.version,
        )

    def test_what_comes_next_is_written_nowhere_and_said(self, tagged: Repository) -> None:
        text = (tagged.path / "pyproject.toml").read_text(encoding="utf-8")
        settings = '[tool.releasio.version]\nafter_release = "dev"\n'
        tagged.commit("feat: more", **{"pyproject.toml": text + settings})
        look = offline(tagged)

        assert "prepared v1.3.0" == look.outcome()
        assert any("(version.after_release)" in reason for reason in look.reasons)

    def test_with_nothing_to_write_the_tag_alone_is_made(self, tagged: Repository) -> None:
        tagged.commit("feat: more")

        assert "prepared v1.3.0" == offline(tagged).outcome()

    def test_a_first_release_has_the_first_version(self, tagged: Repository) -> None:
        tagged.git("tag", "--delete", "v1.2.0")

        assert "prepared v0.1.0" == offline(tagged).outcome()
