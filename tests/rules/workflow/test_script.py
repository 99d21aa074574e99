"""The commands of a script."""

from __future__ import annotations

import pytest

from releasio.rules.workflow.script import commands


@pytest.mark.parametrize(
    ("script", "program", "expected"),
    [
        ("twine upload dist/*", "twine", ("upload", "dist/*")),
        ("python -m twine upload x", "twine", ("upload", "x")),
        ("uv run twine==6.1 upload x", "twine", ("upload", "x")),
        ("pipx run 'twine[keyring]>=6' upload x", "twine", ("upload", "x")),
        ("uv publish \\\n  --index testpypi", "uv", ("publish", "--index", "testpypi")),
        (".venv/bin/twine upload x", "twine", ("upload", "x")),
        (r".venv\Scripts\twine.exe upload x", "twine", None),
        ("TWINE_PASSWORD=x twine upload y", "twine", ("upload", "y")),
        ("uv publish --token ${{ secrets.A || 'b' }}", "uv", None),
    ],
)
def test_a_program_is_found_however_it_is_started(
    script: str, program: str, expected: tuple[str, ...] | None
) -> None:
    found_words = [command.after(program) for command in commands(script)]

    if expected is None:
        assert found_words
    else:
        assert expected in found_words


@pytest.mark.parametrize(
    "script",
    [
        "echo twine upload dist/*",
        "# twine upload dist/*",
        "grep twine upload.txt",
        "printf 'twine upload'",
        "cat > publish.sh <<EOF\ntwine upload dist/*\nEOF",
        "cat <<-'END' | tee publish.sh\n\ttwine upload dist/*\n\tEND\nls",
        "python - <<PY\ntwine upload dist/*",
        "",
    ],
)
def test_what_is_only_said_is_not_run(script: str) -> None:
    assert not [
        command for command in commands(script) if (command.after("twine") or ("",))[0] == "upload"
    ]


def test_each_command_knows_how_far_down_it_stands() -> None:
    script = "set -e\npip install \\\n  twine\n\ntwine check dist/* && twine upload dist/*\n"

    offsets = [(command.words[:2], command.offset) for command in commands(script)]

    assert [
        (("set", "-e"), 0),
        (("pip", "install"), 1),
        (("twine", "check"), 4),
        (("twine", "upload"), 4),
    ] == offsets


def test_an_expression_stays_in_one_piece() -> None:
    (command,) = commands("uv publish --token ${{ secrets.A || secrets.B }} dist/*")

    assert ("uv", "publish", "--token", "${{ secrets.A || secrets.B }}", "dist/*") == command.words
    assert "${{ secrets.A || secrets.B }}" == command.option("--token")


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (
            "cat <<EOF > x\n${{ a }}\nEOF\nuv publish -t ${{ b }}",
            ("uv", "publish", "-t", "${{ b }}"),
        ),
        ("bash <<EOF\nuv publish\nEOF", ("uv", "publish")),
        ("grep x <<< $y\nuv publish", ("uv", "publish")),
        ("echo $((1 << 2))\nuv publish", ("uv", "publish")),
    ],
)
def test_what_follows_a_text_is_run(script: str, expected: tuple[str, ...]) -> None:
    assert expected in [command.words for command in commands(script)]
