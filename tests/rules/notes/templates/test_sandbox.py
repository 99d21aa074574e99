"""Templates show what they are given, reach nothing else, and end."""

from __future__ import annotations

import sys
from types import MappingProxyType

import pytest

from releasio.errors.project.template import TemplateFails, TemplateLibraryMissing
from releasio.rules.notes.templates.sandbox import render_template

VALUES = {"project": "demo", "entries": (MappingProxyType({"line": "- one"}), {"line": "- two"})}


class TestTemplate:
    def test_shows_values_in_loops_and_filters(self) -> None:
        source = "{{ project|upper }}\n{% for entry in entries %}\n{{ entry.line }}\n{% endfor %}"

        assert "DEMO\n- one\n- two\n" == render_template(source, "notes.j2", VALUES)

    def test_may_join_replace_and_indent(self) -> None:
        source = "{{ entries|map(attribute='line')|join(', ')|replace('-', '*')|indent(2, true) }}"

        assert "  * one, * two" == render_template(source, "notes.j2", VALUES)

    @pytest.mark.parametrize(
        ("source", "line", "problem"),
        [
            ("a\n{{ nope }}", 2, "'nope' is undefined"),
            ("a\nb\n{% for %}", 3, "Expected an expression, got 'end of statement block'"),
            ("\n\n{{ entries[7] }}", 3, "tuple object has no element 7"),
            ("{{ 1 / 0 }}", 1, "division by zero"),
            (
                "a\n{% include 'x' %}",
                2,
                "it includes, imports or extends another one, and there are none",
            ),
            (
                "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
                1,
                "it is nested too deep, or calls itself without an end",
            ),
            ("{{ entries[0].line() }}", 1, "'str' object is not callable"),
        ],
    )
    def test_with_a_mistake_names_its_line(self, source: str, line: int, problem: str) -> None:
        with pytest.raises(TemplateFails) as caught:
            render_template(source, "notes.j2", VALUES)

        assert f"notes.j2 does not work (line {line}): {problem}" == caught.value.message
        assert line == caught.value.line
        assert "releasio changelog --template FILE" in caught.value.hint

    @pytest.mark.parametrize(
        "source",
        [
            "{{ project.__class__.__mro__ }}",
            "{{ ''|attr('__class__') }}",
            "{% include '/etc/passwd' %}",
            "{% import 'os' as os %}",
            "{% extends 'x' %}",
            "{{ entries.append(1) }}",
            "{{ entries[1].clear() }}",
            "{{ cycler.__init__.__globals__ }}",
            "{{ self._TemplateReference__context }}",
        ],
    )
    def test_reaches_nothing_but_its_values(self, source: str) -> None:
        with pytest.raises(TemplateFails):
            render_template(source, "notes.j2", VALUES)

    @pytest.mark.parametrize(
        "source",
        [
            "{% for i in range(10**9) %}{% endfor %}",
            "{% for i in range(1000000000) %}{% endfor %}",
            "{% for i in range(99999) %}{% for j in range(99999) %}{% endfor %}{% endfor %}",
            "{{ 'a' * 1000000000 }}",
            "{{ '%99999999999d' % 1 }}",
            "{{ '{:99999999999}'.format(1) }}",
            "{{ '%99999999999d'|format(1) }}",
            "{{ 'a'.ljust(99999999999) }}",
            "{{ 'a'|center(99999999999) }}",
            "{{ 'a'|indent(99999999999, true) }}",
            "{{ [1]|batch(99999999999, 0)|list }}",
            (
                "{% set n = namespace(x='a') %}"
                "{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}"
            ),
            (
                "{% set n = namespace(x='aa') %}"
                "{% for i in range(60) %}{% set n.x = n.x|replace('a', n.x) %}{% endfor %}"
            ),
            "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
            (
                "{% for i in range(99999) %}{{ 'a' ~ i }}\n"
                "{% for j in range(9) %}{{ i }}{% endfor %}{% endfor %}"
            ),
        ],
    )
    def test_that_would_never_end_is_stopped(self, source: str) -> None:
        with pytest.raises(TemplateFails):
            render_template(source, "notes.j2", VALUES)

    def test_leaves_the_trace_of_whoever_runs_it(self) -> None:
        before = sys.gettrace()
        render_template("{{ project }}", "notes.j2", VALUES)

        assert sys.gettrace() is before


class TestLibrary:
    def test_that_is_missing_is_named_with_the_extra(self) -> None:
        error = TemplateLibraryMissing("notes.j2")

        assert "notes.j2 is a Jinja2 template, and Jinja2 is not installed" == error.message
        assert 'pip install "releasio[templates]>=3"' in error.hint
