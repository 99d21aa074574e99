"""What is worth a word, though it stops nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from releasio.rules.distribution.distribution import Archive
from releasio.rules.distribution.remarks import remarks

METADATA = b"Metadata-Version: 2.4\nName: demo\nVersion: 1.0\nSummary: A demo\n"
INFO = "demo-1.0.dist-info"
WHEEL = Archive(
    "demo-1.0-py3-none-any.whl",
    1000,
    METADATA,
    frozenset({"demo.py", f"{INFO}/METADATA", f"{INFO}/RECORD", "data/"}),
    record=f"demo.py,sha256=aaa=,3\n{INFO}/METADATA,sha256=bbb,4\n{INFO}/RECORD,,\n".encode(),
    digests={"demo.py": "aaa", f"{INFO}/METADATA": "bbb"},
)
SDIST = Archive("demo-1.0.tar.gz", 1000, METADATA, frozenset({"demo-1.0/PKG-INFO"}))


class TestAnOrdinaryRelease:
    def test_is_not_worth_a_word(self) -> None:
        assert () == remarks([WHEEL, SDIST])


class TestSize:
    def test_above_the_usual_limit_is_named_with_it(self) -> None:
        large = replace(SDIST, size=150 << 20)

        assert (
            (
                "demo-1.0.tar.gz has 150 MiB; an index such as PyPI takes 100 MiB unless the "
                "project was granted more"
            ),
        ) == remarks([large])

    def test_does_not_matter_to_a_private_index(self) -> None:
        assert () == remarks([replace(SDIST, size=150 << 20)], public=False)


class TestRecord:
    def test_that_disagrees_with_the_wheel_says_where(self) -> None:
        changed = replace(
            WHEEL,
            members=WHEEL.members - {"demo.py"} | {"a", "b", "c", "d.py"},
            digests={f"{INFO}/METADATA": "other"},
        )

        assert (
            (
                f"RECORD of {WHEEL.name} lists what is not there: demo.py; does not list: a, b, "
                f"c and 1 more; has another hash for: {INFO}/METADATA: indexes take the "
                "file, and PyPI writes to the project's owners about it"
            ),
        ) == remarks([changed])

    def test_of_a_file_with_a_signature_need_not_list_it(self) -> None:
        signed = replace(WHEEL, members=WHEEL.members | {f"{INFO}/RECORD.jws"})

        assert () == remarks([signed])

    def test_that_is_nonsense_is_no_breakdown(self) -> None:
        (told,) = remarks([replace(WHEEL, record=b'\xff"\n\n"')])

        assert told.startswith(f"RECORD of {WHEEL.name} lists what is not there")


class TestMetadataThatPublicIndexesRefuse:
    def test_is_said_of_a_private_one_before_the_push(self) -> None:
        metadata = METADATA + b"Classifier: Nonsense\n"
        files = [replace(WHEEL, metadata=metadata), replace(SDIST, metadata=metadata)]

        assert (
            (
                f"public indexes refuse the metadata of {WHEEL.name} and {SDIST.name}: 'Nonsense' "
                "is not a valid classifier. Another one may, too, and says so after the push only. "
                "To change: [project] classifiers in pyproject.toml; a new one may need a newer "
                "trove-classifiers beside releasio"
            ),
        ) == remarks(files, public=False)

    @pytest.mark.parametrize(
        "line", [b"", b"Classifier: Private :: Do Not Upload\n", b"Requires-Python: three\n"]
    )
    def test_is_not_what_is_in_order_or_meant_so_or_an_error(self, line: bytes) -> None:
        metadata = METADATA + line

        assert () == remarks([replace(SDIST, metadata=metadata)], public=False)


class TestEmptyWheel:
    EMPTY = replace(
        WHEEL,
        members=frozenset({f"{INFO}/METADATA", f"{INFO}/RECORD", "data/"}),
        record=f"{INFO}/METADATA,sha256=bbb,4\n{INFO}/RECORD,,\n".encode(),
        digests={f"{INFO}/METADATA": "bbb"},
    )
    WORDS = (
        " nothing that can be imported or run. If that is not meant, look at what the build "
        "backend is told to include"
    )

    def test_is_named(self) -> None:
        other = replace(self.EMPTY, name="demo-1.0-py2-none-any.whl")

        assert (f"{WHEEL.name} has{self.WORDS}",) == remarks([self.EMPTY, SDIST])
        assert (f"{WHEEL.name} and {other.name} have{self.WORDS}",) == remarks([self.EMPTY, other])

    def test_with_files_that_nobody_can_import_is_named_too(self) -> None:
        stray = replace(self.EMPTY, members=self.EMPTY.members | {"README.md"}, record=None)

        assert (f"{WHEEL.name} has{self.WORDS}",) == remarks([stray])

    def test_is_meant_where_it_requires_something(self) -> None:
        meta = replace(self.EMPTY, metadata=METADATA + b"Requires-Dist: other\n")

        assert () == remarks([meta])

    @pytest.mark.parametrize(
        "member",
        ["demo.py", "demo/a.cpython-311-x.so", "demo-stubs/a.pyi", "demo-1.0.data/scripts/demo"],
    )
    def test_is_not_one_with_a_module_a_stub_or_a_program(self, member: str) -> None:
        full = replace(self.EMPTY, members=self.EMPTY.members | {member}, record=None)

        assert () == remarks([full])


class TestMetadata:
    def test_that_differs_between_the_files_is_named_with_the_one_that_counts(self) -> None:
        other = METADATA.replace(b"A demo", b"Another") + b"Keywords: a,b\n"

        assert (
            (
                "demo-1.0-py3-none-any.whl and demo-1.0.tar.gz differ in keywords, summary: an "
                "index shows for the whole release what the file says that arrives first "
                "(demo-1.0-py3-none-any.whl)"
            ),
        ) == remarks([WHEEL, replace(SDIST, metadata=other)])

    def test_that_an_sdist_calls_dynamic_may_differ(self) -> None:
        source = METADATA.replace(b"2.4", b"2.2") + b"Dynamic: Requires-Dist\nDynamic: Classifier\n"
        built = METADATA + b"Requires-Dist: packaging\nClassifier: Typing :: Typed\n"

        assert () == remarks([replace(WHEEL, metadata=built), replace(SDIST, metadata=source)])

    def test_may_come_in_another_order(self) -> None:
        one = METADATA + b"Classifier: Typing :: Typed\nClassifier: Environment :: Console\n"
        other = METADATA + b"Classifier: Environment :: Console\nClassifier: Typing :: Typed\n"

        assert () == remarks([replace(WHEEL, metadata=one), replace(SDIST, metadata=other)])
