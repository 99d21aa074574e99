"""What a step is: it says what it does, whether that is done, and does it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from releasio.frozen import frozen

if TYPE_CHECKING:
    from releasio.errors.base import ReleasioError
    from releasio.world.run import Run
    from releasio.world.world import World

Value = TypeVar("Value")


def needed(value: Value | None, sentence: str) -> Value:
    """
    Return *value*, which comes from a step before this one; *sentence* says who needs what.

    Raises:
        RuntimeError: There is none: the plan has the steps in another order.
    """
    if value is None:
        raise RuntimeError(sentence)
    return value


@frozen
class Todo:
    """The step has work to do; *detail* says what the world answered, if that is of interest."""

    detail: str = ""

    def also(self, detail: str) -> Todo:
        """Return the same with one more *detail*; empty: none."""
        return Todo("; ".join(filter(None, (self.detail, detail))))


@frozen
class Done:
    """The world already is as the step would make it."""

    detail: str = ""


@frozen
class Omitted:
    """The step is not done, here and now, and need not be: *detail* says why."""

    detail: str


@frozen
class Blocked:
    """The world is in a state in which the step must not be done."""

    error: ReleasioError


State = Todo | Done | Omitted | Blocked


@runtime_checkable
class Marked(Protocol):
    """A step that a later run asks the journal about, where the world shows nothing of it."""

    @property
    def tag(self) -> str:
        """The release it is of."""

    @property
    def mark(self) -> str:
        """What the journal knows it by, whatever words describe it."""


@runtime_checkable
class Opening(Protocol):
    """A step that makes something public: before it nothing may have been tampered with."""

    @property
    def opens(self) -> str:
        """What becomes public."""


class Step(Protocol):
    """
    One change of the world.

    A step is a frozen dataclass. Its text names only what is known before the
    first step runs, so that a preview and the journal say the same.
    """

    def __str__(self) -> str:
        """Say what is done, in the imperative and without commit ids or hashes yet unknown."""

    def probe(self, world: World) -> State:
        """Ask the world, never the journal and never the run, whether this is done."""

    def apply(self, world: World, run: Run) -> Omitted | None:
        """
        Do it; what of it could not be done, and need not be, is returned with the reason.

        What later steps need of it is left in *run*.

        Called only after `probe` answered `Todo`; doing it twice is doing it once.

        Raises:
            ReleasioError: It could not be done; the world is as before or a
                second run goes on from where this one stopped.
        """
