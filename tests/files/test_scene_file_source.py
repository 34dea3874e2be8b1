"""What is no scene arc file, or means harm: refused with its place, quickly, and never with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from motifgen.errors import Fault, SceneFileError
from motifgen.files.scene_file import read_story
from motifgen.files.scene_file.nodes import MOST_FAULTS
from motifgen.files.scene_file.source import DEEPEST, LONGEST_LINE, MOST_BYTES, MOST_NODES

HEAD = "motifgen: 1\n"
FILM = HEAD + "scenes:\n  - id: a\n    length: 30\n    arc: [{at: 0, feel: calm}]\n"


def faults_of(folder: Path, data: str | bytes) -> list[str]:
    """Return the faults of a file, each as ``line:column: message``."""
    file = folder / "film.yaml"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    with pytest.raises(SceneFileError) as caught:
        read_story(file)
    prefix = f"{file}:"
    lines = str(caught.value).splitlines()
    assert lines
    assert all(line.startswith(prefix) for line in lines)
    return [line.removeprefix(prefix) for line in lines]


def test_the_plain_film_is_read(tmp_path: Path) -> None:
    file = tmp_path / "film.yaml"
    for text in (FILM, "\ufeff" + FILM, FILM.replace("\n", "\r\n"), "%YAML 1.2\n---\n" + FILM + "...\n"):
        file.write_bytes(text.encode())
        assert [scene.id for scene in read_story(file).scenes] == ["a"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", "1:1: a scene arc file is a mapping that begins with 'motifgen: 1'; given: an empty file"),
        ("# nothing\n", "1:1: a scene arc file is a mapping"),
        ("- a\n", "1:1: a scene arc file is a mapping that begins with 'motifgen: 1'; given: a list"),
        ("hello\n", "1:1: a scene arc file is a mapping that begins with 'motifgen: 1'; given: 'hello'"),
        (HEAD + "title: [a\n", "2:8: the '[' that opens here is not closed before line 3; accepted: ']'"),
        (HEAD + "title: a: b\n", "2:9: a second ': ' stands in this line"),
        (HEAD + 'title: "a\nseed: 1\n', "2:8: the quote that opens here is never closed"),
        (HEAD + "title: 'it's'\n", "2:12: text goes on after the quote was closed"),
        (HEAD + "title a\nseed: 1\n", "2:1: 'title a' is no field; accepted: 'field: value', with a space after the colon"),
        (HEAD + "title:a\nseed: 1\n", "2:1: 'title:a' is no field"),
        (HEAD + "title: @a\n", "2:8: text begins with a sign that means something else to YAML"),
        (HEAD + "scenes:\n  - {id: a, title: b: c}\n", "3:21: ': c}' cannot stand here, between brackets"),
        (HEAD + "scenes:\n  - {id: a\n  - {id: b}\n", "3:5: the '{' that opens here is not closed before line 4"),
        (HEAD + "scenes:\n  - id: a\n   title: b\n", "4:4: this line begins in another column"),
        (HEAD + "scenes:\n  -id: a\n  - id: b\n", "4:3: this '-' begins in another column"),
        (HEAD + "scenes:\n\t- id: a\n", "3:1: a tab stands here; accepted: spaces"),
        (FILM + "---\n" + FILM, "6:1: a second document begins here"),
        (
            HEAD + "title: !!python/object/apply:os.system ['ls']\n",
            "2:8: the tag 'tag:yaml.org,2002:python/object/apply:os.system' stands here",
        ),
        (HEAD + "title: &a [*a]\n", "2:12: no '&a' stands before '*a'"),
        (HEAD + "title: *zz\n", "2:8: no '&zz' stands before '*zz'"),
        (HEAD + 'title: "\\e[31m"\n', "2:8: the character U+001B stands in"),
        (HEAD + 'title: "\\ud800"\n', "2:8: the character U+D800 stands in"),
        (HEAD + "<<: {title: a}\n", "2:1: '<<' stands here: merging belongs to YAML 1.1"),
        (HEAD + "? [a]\n: b\n", "2:3: a list stands as a field's name"),
        (FILM + "    id: b\n", "6:5: 'id' is given twice; first on line 3; accepted: once"),
    ],
)
def test_what_is_no_film_is_refused_where_it_goes_wrong(tmp_path: Path, text: str, expected: str) -> None:
    assert any(fault.startswith(expected) for fault in faults_of(tmp_path, text)), faults_of(tmp_path, text)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (bytes(range(256)), "2:118: byte 0x80 is not UTF-8"),
        (HEAD.encode() + "title: café\n".encode("latin-1"), "2:11: byte 0xe9 is not UTF-8"),
        (FILM.encode("utf-16"), "1:1: the file is in UTF-16; accepted: UTF-8 text"),
        (FILM.replace("\n    ", "\n   \u00a0", 1).encode(), "4:4: a space that is none (U+00A0) stands here; accepted: plain spaces"),
        (b"MThd\0\0\0\6", "1:5: character U+0000 cannot stand in a YAML file"),
        (HEAD.encode() + b"title: a\x07\n", "2:9: character U+0007 cannot stand in a YAML file"),
    ],
)
def test_what_is_no_text_is_refused_at_its_byte(tmp_path: Path, data: bytes, expected: str) -> None:
    assert faults_of(tmp_path, data)[0].startswith(expected)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path, expected in (
        (tmp_path, "this is a folder"),
        (tmp_path / "no.yaml", "cannot be read: No such file"),
        (Path("a\0b"), "cannot be read"),
    ):
        with pytest.raises(SceneFileError, match=expected):
            read_story(path)


def bomb() -> str:
    """Return a file whose aliases stand for ten to the twelfth values."""
    layers = "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{', '.join(['*' + chr(97 + i)] * 10)}]\n" for i in range(12))
    return HEAD + "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + layers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (bomb(), f"the file holds more than {MOST_NODES:,} values"),
        (HEAD + 'title: "' + "x" * 10_000_000 + '"\n', f"larger than {MOST_BYTES:,} bytes"),
        (HEAD + "title: " + "!" * 900_000, f"accepted: at most {LONGEST_LINE:,}"),
        (HEAD + "title: " + "[" * 15_000, f"nested more than {DEEPEST} deep"),
        (HEAD + "title: " + "{a: " * 4_000, f"nested more than {DEEPEST} deep"),
        ("- " * 9_000, f"nested more than {DEEPEST} deep"),
        (HEAD + "".join(" " * i + "a:\n" for i in range(500)), f"nested more than {DEEPEST} deep"),
        (HEAD + 'title: "' + "x " * 9_000 + '"\n', "18,000 characters; accepted: a text of at most 500"),
    ],
)
def test_a_hostile_file_is_refused_for_what_it_would_cost(tmp_path: Path, text: str, expected: str) -> None:
    assert any(expected in fault for fault in faults_of(tmp_path, text))


def test_faults_without_end_are_cut(tmp_path: Path) -> None:
    many = HEAD + "".join(f"k{i}: 1\n" for i in range(MOST_FAULTS + 100))
    assert len(faults_of(tmp_path, many)) == MOST_FAULTS


def test_an_alias_stands_for_what_was_named(tmp_path: Path) -> None:
    file = tmp_path / "film.yaml"
    file.write_text(
        FILM + "  - id: b\n    length: &short 20\n    arc: &calm [{at: 0, feel: calm}]\n  - {id: c, length: *short, arc: *calm}\n"
    )
    scenes = read_story(file).scenes
    assert scenes[1].length == scenes[2].length == 20


_WORDS = [
    "motifgen",
    "1",
    "scenes",
    "id",
    "arc",
    "at",
    "feel",
    "calm",
    "cast",
    "who",
    "hits",
    "length",
    "0:30",
    "&a",
    "*a",
    "!x",
    "|",
    ">-",
    '"',
    "'",
    "%",
]
_PIECES = st.sampled_from(
    [*_WORDS, "\n", "\n  ", "\n    - ", ": ", ", ", "[", "]", "{", "}", "- ", "# ", "\t", "\x85", "é", "😀", "01:00:00:00", ".nan", "1e999"]
)


@settings(max_examples=150, deadline=None)
@given(pieces=st.lists(_PIECES, max_size=40), kept=st.integers(0, len(FILM)))
def test_broken_yaml_is_a_fault_or_a_film_and_never_an_accident(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[str], kept: int
) -> None:
    file = tmp_path_factory.mktemp("fuzz") / "film.yaml"
    file.write_bytes((FILM[:kept] + "".join(pieces) + FILM[kept:]).encode())
    faults: tuple[Fault, ...] = ()
    try:
        read_story(file)
    except SceneFileError as error:
        faults = error.faults
    assert all(fault.line >= 1 and fault.column >= 1 and fault.message for fault in faults)


@settings(max_examples=60, deadline=None)
@given(data=st.binary(max_size=200))
def test_any_bytes_are_a_fault_and_never_an_accident(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    file = tmp_path_factory.mktemp("bytes") / "film.yaml"
    file.write_bytes(data)
    with pytest.raises(SceneFileError):
        read_story(file)


def test_a_file_that_is_not_there_is_looked_for_under_a_name_like_it(tmp_path: Path) -> None:
    (tmp_path / "film.yaml").write_text(FILM)
    for wrong in ("fillm.yaml", "film", "other.txt"):
        with pytest.raises(SceneFileError, match=r"1:1: cannot be read: No such file.*; did you mean '.*film\.yaml'\?"):
            read_story(tmp_path / wrong)
    with pytest.raises(SceneFileError, match=r"No such file or directory$"):
        read_story(tmp_path / "nowhere" / "film.yaml")
