from __future__ import annotations

import pytest

from releasio.rules.changes.poetry_promises import poetry_promises, specifier


class TestSpecifier:
    @pytest.mark.parametrize(
        ("constraint", "expected"),
        [
            ("^1.2.3", ">=1.2.3,<2.0.0"),
            ("^1.2", ">=1.2,<2.0"),
            ("^1", ">=1,<2"),
            ("^0.2.3", ">=0.2.3,<0.3.0"),
            ("^0.0.3", ">=0.0.3,<0.0.4"),
            ("^0.0", ">=0.0,<0.1"),
            ("^0", ">=0,<1"),
            ("~1.2.3", ">=1.2.3,<1.3.0"),
            ("~1.2", ">=1.2,<1.3"),
            ("~1", ">=1,<2"),
            ("~=1.2", "~=1.2"),
            ("*", ""),
            ("1.2.*", "==1.2.*"),
            ("1.2.3", "==1.2.3"),
            (">=3.9,<4.0", ">=3.9,<4.0"),
            (">=3.9, <4.0", ">=3.9,<4.0"),
            ("^1.0 || ^2.0", "^1.0 || ^2.0"),
        ],
    )
    def test_as_pep_440_has_it(self, constraint: str, expected: str) -> None:
        assert expected == specifier(constraint)


class TestPoetryPromises:
    def test_dependencies_without_those_of_extras(self) -> None:
        promises = poetry_promises(
            {
                "dependencies": {
                    "python": "^3.9",
                    "httpx": {"version": "^0.27", "extras": ["http2"]},
                    "tomli": {"version": ">=2", "python": "<3.11"},
                    "numpy": [
                        {"version": "<2", "markers": "python_version < '3.10'"},
                        {"version": ">=2"},
                    ],
                    "rich": {"version": ">=13", "optional": True},
                    "own": {"path": "../own"},
                },
                "extras": {"pretty": ["rich"]},
                "scripts": {"demo": "demo:main", "old": {"reference": "o.sh", "type": "file"}},
                "plugins": {"pytest11": {"demo": "demo.plugin"}},
            }
        )

        assert ">=3.9,<4.0" == promises.python
        assert promises.dependencies == (
            "httpx[http2]>=0.27,<0.28",
            "tomli>=2; python <3.11",
            "numpy<2; python_version < '3.10'",
            "numpy>=2",
            "own @ ../own",
        )
        assert {"pretty": ("rich>=13",)} == promises.extras
        assert {
            "console_scripts": {"demo": "demo:main", "old": "o.sh"},
            "pytest11": {"demo": "demo.plugin"},
        } == promises.entry_points

    def test_an_empty_table_says_nothing(self) -> None:
        promises = poetry_promises({})

        assert (None, None, None, None) == (
            promises.python,
            promises.dependencies,
            promises.extras,
            promises.entry_points,
        )
