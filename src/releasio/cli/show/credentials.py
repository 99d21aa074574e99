"""What every source of credentials said, in words and as data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from releasio.cli.screen import Terminal
    from releasio.errors.base import ReleasioError
    from releasio.rules.credentials.credential import Answer
    from releasio.rules.index.registry import Registry


def answers_data(answers: Mapping[Registry, Sequence[Answer]]) -> list[dict[str, Any]]:
    """Return *answers* in the form docs/reference/report.schema.json describes."""
    return [
        {
            "registry": registry.name,
            "answers": [
                {
                    "source": answer.source,
                    "outcome": answer.outcome,
                    "reason": answer.reason,
                    "code": answer.error.code if answer.error else None,
                }
                for answer in registry_answers
            ],
        }
        for registry, registry_answers in answers.items()
    ]


def show_answers(screen: Terminal, answers: Mapping[Registry, Sequence[Answer]]) -> None:
    """Show who would be asked, and who would not and why."""
    for registry, registry_answers in answers.items():
        screen.say()
        screen.say(f"credential for {registry.name}", bold=True)
        for answer in registry_answers:
            screen.say(f"  {answer}", dim=answer.outcome == "not-applicable")


def passed_over(answers: Sequence[Answer]) -> Iterator[str]:
    """Yield why sources that come before the one that is used are not."""
    return (str(answer) for answer in answers if answer.outcome != "used")


def show_sources(screen: Terminal, errors: Iterable[ReleasioError], *, verbose: bool) -> None:
    """List every source that *errors* are about; they name only those that were refused."""
    answers = [
        str(source_answer) for error in errors for source_answer in getattr(error, "answers", ())
    ]
    if not answers or not (verbose or screen.actions):
        return
    if screen.actions:
        screen.raw("::group::every source of credentials", error=True)
    for answer in answers:
        screen.complain(f"  {answer}", dim=True)
    if screen.actions:
        screen.raw("::endgroup::", error=True)
