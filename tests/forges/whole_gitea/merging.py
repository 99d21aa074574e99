"""How pull requests reach their base: merged, squashed, or rebased."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from releasio.standins.forge.gitea.answers import Refused
from tests.forges.rebasing import rebased_tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from releasio.standins.forge.bare import BareRepository, Commit, Person
    from releasio.standins.forge.gitea.state import MergeStyle, Pull


@dataclass(frozen=True)
class Merging:
    """
    Merges in *git*, as somebody does it.

    Attributes:
        git: The repository.
        who: Merges.
        now: The moment.
    """

    git: BareRepository
    who: Person
    now: str

    def merge(self, pull: Pull, style: MergeStyle) -> None:
        """
        Merge *pull*; its branch stays.

        Raises:
            Refused: It conflicts.
        """
        base, head = (self.git.ref(f"refs/heads/{name}") for name in (pull.base, pull.head))
        if base is None or head is None:
            raise Refused(404, "the branch is not there")
        entries = list(self.git.log("--reverse", f"{base}..{head}"))
        pull.commits = [entry.id for entry in entries]
        message = f"Merge pull request '{pull.title}' (#{pull.number}) from {pull.head}"
        match style:
            case "squash":
                tree = self._merged(base, head)
                tip = self._commit(tree, [base], f"{pull.title} (#{pull.number})")
            case "rebase":
                tip = self._rebased(entries, base)
            case "rebase-merge":
                over = self._rebased(entries, base)
                tip = self._commit(self._tree(over), [base, over], message)
            case _:
                tip = self._commit(self._merged(base, head), [base, head], message)
        self.git.set_ref(f"refs/heads/{pull.base}", tip, base)
        pull.state, pull.merged, pull.merge_commit = "closed", True, tip
        pull.head_commit, pull.auto_merge = head, None

    def _rebased(self, entries: Sequence[Commit], base: str) -> str:
        tip = base
        for entry in entries:
            tree = rebased_tree(self.git, tip, entry.id, entry.parents[0])
            if tree is None:
                raise Refused(409, "rebase failed because of conflict")
            tip = self._commit(tree, [tip], entry.message, entry.author)
        return tip

    def _merged(self, base: str, head: str) -> str:
        tree = self.git.merged_tree(base, head)
        if tree is None:
            raise Refused(409, "merge failed because of conflict")
        return tree

    def _tree(self, commit: str) -> str:
        return self.git.commit(commit).tree

    def _commit(
        self, tree: str, parents: list[str], message: str, author: Person | None = None
    ) -> str:
        return self.git.write_commit(
            tree=tree,
            parents=parents,
            message=message,
            author=author or self.who,
            committer=self.who,
            moment=datetime.fromisoformat(self.now),
        )
