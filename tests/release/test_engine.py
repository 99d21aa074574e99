"""The engine with steps that flip switches: what it asks, refuses, does and writes down."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

import pytest

from releasio.errors.base import (
    DISAGREES,
    FAILED,
    NO_ANSWER,
    NO_CREDENTIAL,
    USAGE,
    Problems,
    ReleasioError,
    raise_all,
)
from releasio.errors.git.push import NoRemote, ReleasedElsewhere
from releasio.errors.index.release import FileChanged
from releasio.release.engine import carry_out, probe
from releasio.release.journal import Journal, last_run, read
from releasio.release.plans.plan import Plan
from releasio.release.preview import Probed, blockers
from releasio.steps.step import Blocked, Done, Omitted, Todo
from tests.fakes.index import Clock

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from releasio.release.preview import Preview
    from releasio.steps.step import State, Step
    from releasio.world.run import Run as ReleaseRun
    from releasio.world.world import World


@dataclass
class House:
    """A world of switches."""

    on: set[str] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)

    looks: list[tuple[tuple[str, ...], int]] = field(
        default_factory=list
    )  # for a tag, after so many switches
    forgotten: list[int] = field(default_factory=list)  # after so many switches
    postponed: list[ReleasioError] = field(default_factory=list)

    @property
    def world(self) -> House:
        return self

    def forget_settings(self) -> None:
        self.forgotten.append(len(self.done))

    def watch(self, tags: tuple[str, ...]) -> None:
        self.looks.append((tags, len(self.done)))


@dataclass(frozen=True)
class Switch:
    """Turn a switch on, once the one before it is on; jammed ones fail."""

    name: str
    blocked: ReleasioError | None = None
    jammed: ReleasioError | None = None
    unless_on: str = ""

    def __str__(self) -> str:
        return f"switch on {self.name}"

    def probe(self, world: World) -> State:
        house = cast("House", world)
        house.asked.append(self.name)
        if self.name in house.on:
            return Done("it is on")
        if self.blocked is not None and (not self.unless_on or self.unless_on in house.on):
            return Blocked(self.blocked)
        return Todo()

    def apply(self, world: World, run: ReleaseRun) -> Omitted | None:
        assert world is run
        house = cast("House", run)
        house.done.append(self.name)
        if self.jammed is not None:
            raise self.jammed
        house.on.add(self.name)
        return None


@dataclass(frozen=True)
class Window(Switch):
    """A switch of a light that all the street sees."""

    opens: str = "the street"


@dataclass(frozen=True)
class Unanswered(Switch):
    """A switch in a house nobody opens."""

    def probe(self, world: World) -> State:
        cast("House", world).asked.append(self.name)
        raise NoRemote


@dataclass(frozen=True)
class Spare(Switch):
    """A switch that nobody needs here."""

    def probe(self, world: World) -> State:
        cast("House", world).asked.append(self.name)
        return Omitted("it is day")


@dataclass(frozen=True)
class Loose(Switch):
    """A switch of which only the half can be turned on."""

    def apply(self, world: World, run: ReleaseRun) -> Omitted | None:
        super().apply(world, run)
        return Omitted("the bulb is gone")


@dataclass
class Listener:
    """Remembers what a run told."""

    heard: list[str] = field(default_factory=list)

    def starting(self, preview: Preview) -> None:
        raise AssertionError(preview)

    def stage(self, plan: Plan) -> None:
        self.heard.append(f"stage {plan.stage}")

    def begin(self, step: Step) -> None:
        self.heard.append(f"begin {step}")

    def end(self, step: Step, state: State) -> None:
        self.heard.append(f"{type(state).__name__} {step}")


@dataclass
class Run:
    """One run of the engine."""

    house: House
    journal: Journal
    listener: Listener = field(default_factory=Listener)

    def of(self, *steps: Switch, probed: Sequence[Probed] | None = None) -> None:
        run = cast("ReleaseRun", self.house)
        carry_out(plan_of(*steps), run, self.journal, self.listener, probed)

    def fails(self, *steps: Switch) -> ReleasioError:
        with pytest.raises(ReleasioError) as caught:
            self.of(*steps)
        return caught.value

    def written(self) -> list[str]:
        return [
            " ".join(filter(None, (entry.event, entry.step, entry.detail)))
            for entry in read(self.journal.path)
        ]


@pytest.fixture
def engine(tmp_path: Path) -> Run:
    return Run(House(), Journal(tmp_path / "state/journal.jsonl", Clock()))


def plan_of(*steps: Switch) -> Plan:
    return Plan("prepare", ("v1.0.0",), steps)


class TestProbe:
    def test_asks_every_step_and_does_nothing(self) -> None:
        house = House({"b"})
        probed = probe(plan_of(Switch("a"), Switch("b")), cast("World", house))

        assert [Todo(), Done("it is on")] == [each.state for each in probed]
        assert (["a", "b"], []) == (house.asked, house.done)

    def test_what_cannot_be_asked_is_blocked(self) -> None:
        probed = probe(plan_of(Unanswered("a"), Switch("b")), cast("World", House()))

        assert [Blocked, Todo] == [type(each.state) for each in probed]


def _with_exit_code(code: int) -> ReleasioError:
    made = FileChanged(f"exits with {code}")
    made.exit_code = code  # type: ignore[misc] -- else a class for each
    return made


class TestRefuse:
    def test_nothing_stands_in_the_way(self) -> None:
        raise_all(blockers([Probed(Switch("a"), Todo()), Probed(Switch("b"), Done())]))

    def test_one_error_is_raised_by_itself(self) -> None:
        with pytest.raises(NoRemote):
            raise_all(
                blockers([Probed(Switch("a"), Todo()), Probed(Switch("b"), Blocked(NoRemote()))])
            )

    def test_several_are_raised_together(self) -> None:
        errors = FileChanged("a"), FileChanged("b")

        with pytest.raises(Problems) as caught:
            raise_all(blockers([Probed(Switch(e.path or ""), Blocked(e)) for e in errors]))

        assert errors == caught.value.problems
        assert "2 problems stand in the way" == str(caught.value)

    def test_the_exit_code_of_several_is_the_one_trying_again_helps_least_against(self) -> None:
        codes = [NO_ANSWER, FAILED, NO_CREDENTIAL, DISAGREES, USAGE]
        found = [_with_exit_code(code) for code in codes]

        assert [NO_ANSWER, FAILED, NO_CREDENTIAL, DISAGREES, USAGE] == [
            Problems(found[: 1 + number]).worst for number in range(len(found))
        ]
        assert USAGE == Problems(found[::-1]).worst

    def test_the_same_error_of_two_steps_is_told_once(self) -> None:
        found = blockers([Probed(Switch(name), Blocked(NoRemote())) for name in "ab"])

        assert ["no-remote"] == [error.code for error in found]

    def test_what_is_no_failure_explains_all_the_rest(self) -> None:
        won = ReleasedElsewhere("v1.0.0", commit="c" * 40, author="Ada", time=0)
        found = blockers([Probed(Switch("a"), Blocked(e)) for e in (NoRemote(), won)])

        assert (won,) == found

    def test_several_errors_of_one_step_are_told_one_by_one(self) -> None:
        inner = Problems([FileChanged("a"), NoRemote()])
        found = blockers([Probed(Switch("a"), Blocked(inner)), Probed(Switch("b"), Blocked(inner))])

        assert ["file-changed", "no-remote"] == [error.code for error in found]


class TestRun:
    def test_looks_around_before_the_first_step_and_before_one_that_others_see(
        self, engine: Run
    ) -> None:
        """
        Who was at work in between must not have changed what that one trusts.
        """
        engine.of(Switch("a"), Switch("b"), Window("c"), Switch("d"))

        assert [(("v1.0.0",), 0), (("v1.0.0",), 2)] == engine.house.looks

    def test_forgets_gits_settings_after_every_step(self, engine: Run) -> None:
        """
        A hook or a build may have changed them; one that fails, too.
        """
        engine.fails(Switch("a"), Switch("b"), Switch("c", jammed=FileChanged("c")))

        assert [1, 2, 3] == engine.house.forgotten

    def test_what_need_not_be_done_is_left_out_and_said(self, engine: Run) -> None:
        engine.of(Spare("lamp"), Switch("a"))

        assert ["a"] == engine.house.done
        assert "Omitted switch on lamp" in engine.listener.heard
        assert "skip switch on lamp it is day" in engine.written()

    def test_does_what_is_left_in_order(self, engine: Run) -> None:
        engine.of(Switch("a"), Switch("b"), Switch("c"))

        assert ["a", "b", "c"] == engine.house.done

    def test_asks_all_before_it_does_anything_and_each_again_after_the_first(
        self, engine: Run
    ) -> None:
        engine.of(Switch("a"), Switch("b"))

        assert ["a", "b", "b"] == engine.house.asked

    def test_does_nothing_when_any_step_is_blocked(self, engine: Run) -> None:
        error = engine.fails(Switch("a"), Switch("b", blocked=NoRemote()))

        assert "no-remote" == error.code
        assert ([], []) == (engine.house.done, engine.written())

    def test_tells_all_that_is_blocked(self, engine: Run) -> None:
        error = engine.fails(
            Switch("a", blocked=NoRemote()), Switch("b", blocked=FileChanged("b")), Switch("c")
        )

        assert isinstance(error, Problems)
        assert ["no-remote", "file-changed"] == [one.code for one in error.problems]

    def test_what_is_done_is_passed_over_and_said(self, engine: Run) -> None:
        engine.house.on.add("a")
        engine.of(Switch("a"), Switch("b"))

        assert ["b"] == engine.house.done
        assert [
            "skip switch on a it is on",
            "begin switch on b",
            "end switch on b",
        ] == engine.written()

    def test_what_a_step_postpones_is_raised_after_the_last_one(self, engine: Run) -> None:
        engine.house.postponed.append(FileChanged("a"))
        error = engine.fails(Switch("a"), Switch("b"))

        assert "file-changed" == error.code
        assert ["a", "b"] == engine.house.done

    def test_a_step_that_fails_stops_the_run(self, engine: Run) -> None:
        error = engine.fails(Switch("a"), Switch("b", jammed=FileChanged("b")), Switch("c"))

        assert "file-changed" == error.code
        assert ["a", "b"] == engine.house.done
        assert [
            "begin switch on a",
            "end switch on a",
            "begin switch on b",
            "fail switch on b file-changed",
        ] == engine.written()

    def test_a_step_that_is_blocked_in_the_middle_stops_the_run(self, engine: Run) -> None:
        """
        The world may change while a run goes on: a step that was free at first is asked again.
        """
        error = engine.fails(
            Switch("a"), Switch("b", blocked=NoRemote(), unless_on="a"), Switch("c")
        )

        assert "no-remote" == error.code
        assert ["a"] == engine.house.done
        assert [
            "begin switch on a",
            "end switch on a",
            "fail switch on b no-remote",
        ] == engine.written()

    def test_a_second_run_goes_on_where_the_first_one_failed(self, engine: Run) -> None:
        engine.fails(Switch("a"), Switch("b", jammed=FileChanged("b")), Switch("c"))
        engine.of(Switch("a"), Switch("b"), Switch("c"))

        assert ["a", "b", "b", "c"] == engine.house.done

    def test_an_unforeseen_error_is_nobody_s_but_the_caller_s(self, engine: Run) -> None:
        bug = cast("ReleasioError", ZeroDivisionError("a bug"))

        with pytest.raises(ZeroDivisionError):
            engine.of(Switch("a", jammed=bug))

        assert ["begin switch on a"] == engine.written()


class TestWhatTheWorldSaidOfEachStep:
    def test_counts_until_the_first_is_done(self, engine: Run) -> None:
        engine.house.on.add("a")
        engine.of(Switch("a"), Switch("b"), Switch("c"))

        assert ["a", "b", "c", "c"] == engine.house.asked
        assert ["b", "c"] == engine.house.done


class TestOfWhatWasAskedJustNow:
    def test_each_step_is_asked_again_only_before_it_is_done(self, engine: Run) -> None:
        engine.of(Switch("a"), Switch("b"), probed=[Probed(Switch("a"), Todo())])

        assert (["a", "b"], ["a", "b"]) == (engine.house.asked, engine.house.done)

    def test_what_was_in_the_way_of_one_is_in_the_way_of_all(self, engine: Run) -> None:
        with pytest.raises(NoRemote):
            engine.of(Switch("a"), probed=[Probed(Switch("b"), Blocked(NoRemote()))])

        assert ([], []) == (engine.house.asked, engine.house.done)


class TestWatcher:
    def test_hears_each_step_begin_and_end(self, engine: Run) -> None:
        engine.house.on.add("a")
        engine.of(Switch("a"), Switch("b"))

        assert [
            "stage prepare",
            "Done switch on a",
            "begin switch on b",
            "Todo switch on b",
        ] == engine.listener.heard

    def test_hears_what_a_step_had_to_leave_out(self, engine: Run) -> None:
        engine.of(Loose("a"), Switch("b"))

        assert ["begin switch on a", "Omitted switch on a"] == engine.listener.heard[1:3]
        assert {"a", "b"} == engine.house.on
        assert "end switch on a the bulb is gone" == engine.written()[1]

    def test_hears_a_failure(self, engine: Run) -> None:
        engine.fails(Switch("a", jammed=NoRemote()))

        assert ["stage prepare", "begin switch on a", "Blocked switch on a"] == (
            engine.listener.heard
        )


class TestJournal:
    def test_is_one_json_line_for_each_event(self, engine: Run) -> None:
        engine.of(Switch("a"))
        first = engine.journal.path.read_text(encoding="utf-8").splitlines()[0]

        assert {
            "time": "2026-01-02T03:04:05+00:00",
            "tag": "v1.0.0",
            "stage": "prepare",
            "step": "switch on a",
            "event": "begin",
            "detail": "",
            "mark": "",
        } == json.loads(first)

    def test_a_line_that_a_kill_cut_short_is_passed_over(self, engine: Run) -> None:
        engine.of(Switch("a"))
        with engine.journal.path.open("a", encoding="utf-8") as file:
            file.write('{"time": "2026-01-0')

        assert ["begin switch on a", "end switch on a"] == engine.written()

    def test_a_run_after_that_is_read_in_full(self, engine: Run) -> None:
        engine.of(Switch("a"))
        with engine.journal.path.open("ab") as file:
            file.write('{"time": "2026-01-02", "tag": "v1", "step": "é'.encode()[:-1])
        engine.of(Switch("b"))

        assert "begin switch on b" in engine.written()

    def test_no_journal_is_an_empty_one(self, tmp_path: Path) -> None:
        assert [] == list(read(tmp_path / "none"))
        assert [] == last_run(tmp_path / "none")

    def test_the_last_run_begins_with_its_own_line(self, engine: Run) -> None:
        for headline in ("demo 0.1.0 -> 0.1.1", "demo 0.1.1 -> 0.1.2"):
            engine.journal.write("v1.0.0", "", headline, "run")
            engine.of(Switch("a"))

        assert ["demo 0.1.1 -> 0.1.2", "switch on a"] == [
            entry.step for entry in last_run(engine.journal.path)
        ]
