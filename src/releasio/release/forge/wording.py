"""Facts -> the changes that notes list, in the words that the project chose; pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from releasio.rules.notes.listed import told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.release.facts import Facts
    from releasio.rules.commits.change import Change
    from releasio.rules.commits.reading import Reading


def changes_told(facts: Facts, reading: Reading) -> Sequence[Change]:
    """Return what the notes list of *reading*: by commits, or by pull requests if set so."""
    if not (facts.origins and facts.config.changelog.use_github_prs):
        return told(reading, facts.config)
    from releasio.rules.notes.by_pull_request import by_pull_request

    changes = by_pull_request(reading, facts.origins, facts.config.commits, facts.repository.links)
    return told(reading, facts.config, changes)
