"""How merge requests reach their target: by a merge commit, squashed, or fast-forward."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from releasio.standins.forge.bare import BareRepository, Person
    from releasio.standins.forge.gitlab.state import MergeRequest, Settings


class NotMergeable(Exception):
    """It cannot be merged as it is; the text says why."""


@dataclass(frozen=True)
class Merging:
    """
    Merges in *git* by the *settings* of the project, as somebody does it.

    Attributes:
        git: The repository.
        settings: Say whether there are merge commits.
        slug: Groups and name of the project.
        who: Merges.
        now: The moment.
    """

    git: BareRepository
    settings: Settings
    slug: str
    who: Person
    now: str

    def merge(self, request: MergeRequest, *, squash: bool) -> None:
        """
        Merge *request*, and remove its branch where that is asked for.

        Raises:
            NotMergeable: It conflicts, or its branch would have to be rebased first.
        """
        target = self._commit_of(request.target_branch)
        source = self._commit_of(request.source_branch)
        base = self.git.line("merge-base", target, source)
        request.commits = [entry.id for entry in self.git.log(f"{target}..{source}")]
        is_behind = base != target
        if is_behind and self.settings.merge_method != "merge":
            msg = "Branch cannot be merged: it needs a rebase"
            raise NotMergeable(msg)
        tip = source
        if squash and len(request.commits) > 1:
            message = request.title
            tip = self._commit(self.git.line("rev-parse", f"{source}^{{tree}}"), [base], message)
            request.squash_commit = tip
        if self.settings.merge_method == "ff":
            new_target = tip
        else:
            new_target = request.merge_commit = self._merge_commit(request, target, tip)
        self.git.set_ref(f"refs/heads/{request.target_branch}", new_target, target)
        if request.remove_source:
            self.git.delete_ref(f"refs/heads/{request.source_branch}")
        request.head, request.state, request.merged_at = source, "merged", self.now
        request.auto_merge = None

    def _merge_commit(self, request: MergeRequest, target: str, tip: str) -> str:
        tree = self.git.merged_tree(target, tip)
        if tree is None:
            msg = "Branch cannot be merged: there are conflicts"
            raise NotMergeable(msg)
        message = (
            f"Merge branch '{request.source_branch}' into '{request.target_branch}'\n\n"
            f"{request.title}\n\nSee merge request {self.slug}!{request.iid}"
        )
        return self._commit(tree, [target, tip], message)

    def _commit(self, tree: str, parents: list[str], message: str) -> str:
        return self.git.write_commit(
            tree=tree,
            parents=parents,
            message=message,
            author=self.who,
            committer=self.who,
            moment=datetime.fromisoformat(self.now),
        )

    def _commit_of(self, branch: str) -> str:
        oid = self.git.ref(f"refs/heads/{branch}")
        if oid is None:
            msg = f"there is no branch {branch}"
            raise NotMergeable(msg)
        return oid
