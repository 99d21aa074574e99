"""A release as it goes on, step by step, for a terminal or a log."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from releasio.cli.show.changes import show_changes
from releasio.cli.show.data import preview_document, step_data
from releasio.cli.show.preview import show_outcome
from releasio.cli.show.stages import MARKS
from releasio.errors.git.commands import GitFailed, RemoteUnreachable
from releasio.release.preview import Probed
from releasio.steps.prepare.run_hook import RunHook
from releasio.steps.publish.push import Push
from releasio.steps.publish.upload import Upload
from releasio.steps.step import Blocked, Done, Omitted, Todo
from releasio.text.listing import listed

if TYPE_CHECKING:
    from collections.abc import Collection
    from typing import Self

    from releasio.cli.context import App
    from releasio.cli.screen import Terminal
    from releasio.release.plans.plan import Plan
    from releasio.release.preview import Preview
    from releasio.release.release import Release
    from releasio.rules.index.upload_progress import UploadProgress
    from releasio.steps.step import State, Step


class Progress:
    """
    Tells a run as it goes on; in GitHub Actions each stage is a group.

    Args:
        screen: Where to.
        document: The JSON document; gets what is released and how each step ended.
        verbose: Show every reason.
        diff: Show what changes in the files.
    """

    def __init__(
        self,
        screen: Terminal,
        document: dict[str, Any],
        *,
        verbose: bool = False,
        diff: bool = False,
    ) -> None:
        self.screen = screen
        self.document = document
        self.verbose = verbose
        self.diff = diff
        self._group = False
        self._since = 0.0
        self._tags = ""
        self._ahead: list[tuple[str, list[str]]] = []  # stages and steps nobody came to yet
        self._public: bool | None = False  # None: not known
        self._complete = False
        self._owes = False  # something failed that stops nothing, and that the next run does
        self._tagged = True
        self._first = ""  # the project's name, where nothing of it was released before
        self.lasting = False  # no later run gets past what went wrong
        self.anothers = False  # the index has a project of this name that we may not upload to
        self.uploads: Collection[UploadProgress] = ()  # how far they came; grows with the run
        self.screen.chatty = verbose

    @classmethod
    def of(cls, app: App) -> Self:
        """Return what tells the run *app* as it was asked to."""
        return cls(app.screen, app.document, verbose=app.verbose, diff=app.diff)

    def standing(self) -> str:
        """Say where a run that did not come to its end leaves the release; "" before it began."""
        return " ".join(filter(None, (*(tally.words for tally in self.uploads), self._left())))

    def _left(self) -> str:
        match self._public:
            case _ if not self._tags:
                return ""
            case True:
                return self._of_public()
            case False:
                return (
                    "This run made nothing public: branch, tags, index and work tree are as they "
                    "were."
                )
            case None:
                return f"Whether {self._tags} became public is not known; `releasio status` tells."

    def _of_public(self) -> str:
        unfinished = f"{self._tags} is public, but not finished."
        never = f"{self._tags} is public, and can never be finished."
        if not self._tagged:
            unfinished = "What is on the index stays there."
            never = "What is on the index stays there, and can never be completed."
        if self._complete:
            return (
                f"{self._tags} is released. Only what follows it is left (workflows to start, "
                "post_release hooks), which no later run does."
            )
        if self.lasting:
            return never
        if self.anothers and self._first:
            return f"{unfinished.rstrip('.')}: only who may upload to {self._first} can do that."
        return (
            f"{unfinished} As soon as nothing is in the way any more, the same command finishes "
            "it: what is done is found done."
        )

    def part(self, title: str) -> None:
        """Begin a part of something larger than a release."""
        self.close()
        self.screen.say()
        self.screen.say(title, bold=True, fg="magenta")
        if self.screen.interactive:
            self.screen.passing("  ...")

    def starting(self, preview: Preview) -> None:
        """Show what is going to be released."""
        from releasio.cli.show.summary import is_tagged

        self.document.update(preview_document(preview))
        self.document["stages"] = []
        self._ahead = [
            (plan.stage, [str(step) for step in plan.steps]) for plan, _ in preview.stages
        ]
        if preview.releases:
            self._tags = listed([release.tag for release in preview.releases])
            self._tagged = is_tagged(preview)
            self._public = all(release.kind == "resumed" for release in preview.releases)
            self._first = listed(
                [
                    first_release.package.manifest.name
                    for first_release in preview.releases
                    if _is_first(first_release)
                ]
            )
        show_outcome(self.screen, preview, verbose=self.verbose)
        for release in preview.releases if self.diff else ():
            show_changes(self.screen, release)

    def stage(self, plan: Plan) -> None:
        """Begin a stage."""
        self._end_group()
        self._ahead = [stage_ahead for stage_ahead in self._ahead if stage_ahead[0] != plan.stage]
        self._ahead.insert(0, (plan.stage, [str(step) for step in plan.steps]))
        self.document["stages"].append({"stage": plan.stage, "steps": []})
        self.screen.say()
        if self.screen.actions:
            self.screen.raw(f"::group::{plan.stage}", error=self.screen.quiet)
            self._group = True
        else:
            self.screen.say(plan.stage, bold=True)

    def begin(self, step: Step) -> None:
        """Name the step, so that one sees what takes its time and whose output follows."""
        from releasio.cli.waiting import is_users, may_ask, takes_time
        from releasio.steps.forge.dispatch import Dispatch

        self._since = time.monotonic()
        self._public = None if isinstance(step, Push) else self._public
        self._public = True if isinstance(step, Upload) else self._public
        is_last_hook = isinstance(step, RunHook) and step.name == "post_release"
        self._complete = not self._owes and (is_last_hook or isinstance(step, Dispatch))
        self.screen.chatty = self.verbose or self.screen.actions or is_users(step)
        if self.screen.chatty or self.screen.interactive or takes_time(step):
            self.screen.passing(f"  ... {step}", asking=may_ask(step))

    def end(self, step: Step, state: State) -> None:
        """Show how the step ended."""
        from releasio.steps.forge.merge_back import NOT_OPENED, MergeBack

        self._public = _pushed(state) if isinstance(step, Push) else self._public
        self._owes |= isinstance(step, MergeBack) and state == Omitted(NOT_OPENED)
        row = step_data(Probed(step, state))
        if isinstance(state, Todo):
            row |= {"state": "applied", "detail": ""}
        self.document["stages"][-1]["steps"].append(row)
        if (steps := self._ahead[0][1])[:1] == [str(step)]:
            del steps[0]
        mark, color, remark = self._words(state)
        self.screen.clear()
        self.screen.say(f"  {mark} {step}{remark}", fg=color)

    def close(self) -> None:
        """End the last stage; in the document, list what a run that failed did not come to."""
        self.screen.clear()
        self._end_group()
        stages = self.document.get("stages", [])
        for stage, steps in self._ahead:
            rows = [{"step": step, "state": "todo", "detail": ""} for step in steps]
            if stages and stages[-1]["stage"] == stage:
                stages[-1]["steps"] += rows
            elif rows:
                stages.append({"stage": stage, "steps": rows})
        self._ahead = []

    def _end_group(self) -> None:
        if self._group:
            self.screen.raw("::endgroup::", error=self.screen.quiet)
            self._group = False

    def _words(self, state: State) -> tuple[str, str, str]:
        match state:
            case Done(detail=detail):
                return "[x]", "green", f"  (done already{f': {detail}' if detail else ''})"
            case Omitted(detail=detail):
                return MARKS[Omitted], "yellow", f"  ({detail})"
            case Todo():
                took = time.monotonic() - self._since
                return "[x]", "green", f"  {took:.1f} s" if took > 1 else ""
            case _:
                return "[!]", "red", ""


def _is_first(release: Release) -> bool:
    """Whether nothing of the project was released before."""
    return not {*release.package.tags} - {release.tag}


def _pushed(state: State) -> bool | None:
    """Whether the remote has the release after a push ended so; None: nobody can say from here."""
    match state:
        case Blocked(error=RemoteUnreachable() | GitFailed()):  # the answer may be what was lost
            return None
        case Blocked():
            return False
        case _:
            return True
