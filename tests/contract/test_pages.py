"""What the README and the pages say: code runs, files are read, commands and options exist, links lead somewhere."""

from __future__ import annotations

import doctest
import re
import textwrap
import tomllib
from dataclasses import fields, replace
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from motifgen import Arc, Cast, Character, Hit, Motif, Scene, compose, read_story
from motifgen.affect import words
from motifgen.cli.app import app
from motifgen.compose.harmony.dialect import Dialect
from motifgen.files.libraries import libraries
from motifgen.files.timelines import Clock, Mark, write_marks
from motifgen.orchestra.instrument import instruments
from motifgen.orchestra.palette import palettes

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted(DOCS.glob("*.md")), *sorted(DOCS.glob("examples/*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}


def blocks(*languages: str) -> list[Any]:
    """Return the code blocks of some languages, each with its page's name."""
    found = []
    for page, text in TEXTS.items():
        for language, body in re.findall(r"^```([^\n]*)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
            if language in languages:
                found.append(pytest.param(page, body, id=f"{page}:{text[: text.index(body)].count(chr(10))}"))
    return found


@pytest.fixture(scope="module")
def scene() -> Scene:
    mara = Character("mara", Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor"), voice=["solo cello"])
    hits = [Hit(12.5, "accent", "the wave"), Hit(50, "stinger", "a gull")]
    return Scene("1m1", length=60, arc=Arc.of((0, "calm"), (24, "terror")), cast=[Cast(mara)], hits=hits)


@pytest.fixture
def at_hand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, scene: Scene) -> dict[str, Any]:
    """Give the values and files that pages speak of without making them."""
    monkeypatch.chdir(tmp_path)
    Path("film.yaml").write_text((ROOT / "src/motifgen/data/template.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    wave = Mark(scene.start.seconds + Fraction(25, 2), "accent the wave", "")
    Path("reel2.edl").write_text(write_marks([wave], "resolve", Clock(scene.frame_rate, scene.start)), encoding="utf-8")
    return {"Path": Path, "replace": replace, "read_story": read_story, "scene": scene}


@pytest.mark.parametrize("page", [page for page, text in TEXTS.items() if "```python\n" in text])
def test_the_code_of_a_page_runs_from_top_to_bottom(page: str, at_hand: dict[str, Any]) -> None:
    names = dict(at_hand)
    for body in re.findall(r"^```python\n(.*?)^```", TEXTS[page], re.DOTALL | re.MULTILINE):
        if ">>>" in body:
            ran, told = doctest.DocTestRunner(), []
            test = doctest.DocTestParser().get_doctest(body, names, page, page, 0)
            ran.run(test, out=told.append, clear_globs=False)
            assert not ran.failures, "".join(told)
            names |= test.globs
        else:
            if "sketch" in body and "sketch" not in names:
                names["sketch"] = compose(names["scene"])
            exec(compile(body, page, "exec"), names)  # noqa: S102 - the pages are our own


@pytest.mark.parametrize(("page", "body"), blocks("yaml"))
def test_what_a_page_shows_of_a_scene_arc_file_is_read(page: str, body: str, tmp_path: Path) -> None:
    """A page may show a whole film, some scenes, or some fields of one scene."""
    scenes = "motifgen: 1\ncharacters: {mara: {motif: {key: D minor, notes: D4/q A4}}}\nscenes:\n"
    if body.startswith("motifgen:"):
        whole = body
    elif body.lstrip().startswith("- id:"):
        whole = scenes + re.sub(r"(?m)^( *)- id:(.*)$", r"\1- id:\2\n\1  arc: [{at: 0, feel: calm}]", body)
    else:
        one = "  - id: 1m1\n    start: 01:00:10:00\n    length: 1:30\n    arc: [{at: 0, feel: calm}]\n"
        whole = scenes + one + textwrap.indent(body, "    ")
    (tmp_path / "film.yaml").write_text(whole, encoding="utf-8")
    assert read_story(tmp_path / "film.yaml").scenes, page


@pytest.mark.parametrize(("page", "body"), blocks("toml"))
def test_the_tables_that_a_page_shows_have_the_fields_of_real_tables(page: str, body: str) -> None:
    [(name, row)] = tomllib.loads(body).items()
    dialects = {field.name for field in fields(Dialect)}
    library = {field.name for field in fields(next(iter(libraries().values())))}
    assert set(row) <= dialects or set(row) <= library, (page, name)


@cache
def options() -> dict[str, set[str]]:
    """Return the options of every command."""
    every = get_command(app).commands
    return {name: {word for each in command.params for word in (*each.opts, *each.secondary_opts)} for name, command in every.items()}


def said(text: str) -> list[tuple[str, str]]:
    """Return every command that a text names with what follows it, in a code block, a line, or within a sentence."""
    places = [*re.findall(r"`(?:\$ |\.venv/bin/)?motifgen ([^`\n]+)`", text)]
    for _, body in re.findall(r"^```([^\n]*)\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        places += re.findall(r"(?:^|[$/ ])motifgen ((?:[a-z]+ [^\n]*\n?)(?:^ +\[[^\n]*\n)*)", body, re.MULTILINE)
    return [(place.split()[0], place) for place in places if re.match(r"(?!import )[a-z]+(\s|$)", place)]


@pytest.mark.parametrize("page", TEXTS)
def test_the_commands_and_options_of_a_page_exist(page: str) -> None:
    for command, line in said(TEXTS[page]):
        assert command in options(), line
        for option in re.findall(r"(?<![\w-])--?[a-z][a-z-]*", line):
            assert option in options()[command] | {"--help"}, line


def anchors(text: str) -> set[str]:
    """Return the names of a page's headings, as links say them."""
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```", "", text, flags=re.DOTALL | re.MULTILINE), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", TEXTS)
def test_the_links_of_a_page_lead_somewhere(page: str) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", TEXTS[page]):
        if "://" in target:
            continue
        path, _, anchor = target.partition("#")
        place = (ROOT / page).parent / path if path else ROOT / page
        assert place.exists(), target
        assert not anchor or anchor in anchors(place.read_text(encoding="utf-8")), target


COUNTS = {
    r"(\d+) emotion and trait words": lambda: len(words()),
    r"(\d+) instruments\b": lambda: len(instruments()),
    r"(\d+) styles\b": lambda: len(palettes()),
}


@pytest.mark.parametrize("page", TEXTS)
def test_the_numbers_of_rows_that_a_page_tells_are_those_of_the_tables(page: str) -> None:
    for pattern, count in COUNTS.items():
        assert {int(number) for number in re.findall(pattern, TEXTS[page])} <= {count()}, pattern


def test_every_state_of_the_game_to_start_from_fills_its_bars_at_one_tempo() -> None:
    story = read_story(ROOT / "src/motifgen/data/template_game.yaml")
    assert len(story.scenes) == 20
    for scene in story.scenes:
        ledger = compose(scene, story).ledger
        [(meter, tempo)] = {(bar["meter"], bar["tempo_bpm"]) for bar in ledger["bars"]}
        bar = int(meter.split("/")[0]) * 60 / tempo
        assert ledger["bars"][-1]["start_seconds"] + bar == pytest.approx(ledger["length_seconds"], abs=1e-6), scene.id
