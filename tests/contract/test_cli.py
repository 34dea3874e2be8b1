"""The commands: what they print, write and refuse, with which exit status."""

from __future__ import annotations

import csv
import json
import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import typer.main

from motifgen import output, takes
from motifgen.cli import main, rendering
from motifgen.cli.app import app
from motifgen.errors import ComposeError
from motifgen.files.midi_read import read_back
from motifgen.files.scene_file import read_story, scene_schema

FILM = """\
motifgen: 1
title: Two Rooms
style: piano
characters:
  mara: {motif: {key: D minor, notes: "D4/q A4/q. G4/e | F4/h."}}
scenes:
  - id: 1m1
    title: Storm
    length: 0:12
    arc: [{at: 0, feel: calm}, {at: 8, feel: fear}]
    cast: [{who: mara}]
    hits: [{at: 8, what: the door}]
  - {id: 1m2, start: 01:01:00:00, length: 0:30.5, source: {title: Harbour Lights, artist: The Nets, use: visual vocal}}
  - {id: 1m3, start: 01:02:00:00, length: 0:10, arc: [{at: 0, feel: hope}]}
"""


@dataclass(frozen=True)
class Outcome:
    """How a command ended, and what it said."""

    status: int
    out: str
    err: str


class Runner:
    """Runs commands in a folder of their own."""

    def __init__(self, folder, monkeypatch, capsys):
        self.folder, self._patch, self._capsys = folder, monkeypatch, capsys
        monkeypatch.chdir(folder)
        (folder / "film.yaml").write_text(FILM, encoding="utf-8")

    def __call__(self, *arguments: str) -> Outcome:
        self._patch.setattr(sys, "argv", ["motifgen", *arguments])
        self._capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = self._capsys.readouterr()
        return Outcome(ended.value.code or 0, said.out, said.err)

    def files(self) -> list[str]:
        """Return every file in the folder but the film, with its path from there."""
        found = (path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if path.is_file())
        return sorted(set(found) - {"film.yaml"})


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    return Runner(tmp_path, monkeypatch, capsys)


def test_render_writes_midi_and_ledger_of_every_composed_scene(run):
    done = run("render", "film.yaml")
    assert (done.status, run.files()) == (0, ["film/1m1.ledger.json", "film/1m1.mid", "film/1m3.ledger.json", "film/1m3.mid"])
    ledger = json.loads((run.folder / "film/1m1.ledger.json").read_text(encoding="utf-8"))
    assert (ledger["scene"], ledger["title"], ledger["style"], ledger["length_seconds"]) == ("1m1", "Storm", "piano", 12.0)
    assert read_back((run.folder / "film/1m1.mid").read_bytes()).tracks
    assert done.out.splitlines()[0].startswith("1m1 Storm: 12 s, ")
    assert "1 of 1 hits met" in done.out


def test_rendering_twice_writes_the_same_bytes(run):
    run("render", "film.yaml", "-o", "a")
    run("render", "film.yaml", "-o", "b")
    for name in ("1m1.mid", "1m1.ledger.json", "1m3.mid"):
        assert (run.folder / "a" / name).read_bytes() == (run.folder / "b" / name).read_bytes()


def test_output_scene_format_and_seed_are_obeyed(run):
    assert run("render", "film.yaml", "-o", "deep/out", "--scene", "1m3", "--format", "ledger", "--seed", "5").status == 0
    assert run.files() == ["deep/out/1m3.ledger.json"]
    assert json.loads((run.folder / "deep/out/1m3.ledger.json").read_text(encoding="utf-8"))["seed"] == 5
    run("render", "film.yaml", "-o", "other", "--scene", "1m1", "--scene", "1m3", "--format", "mid")
    assert run.files() == ["deep/out/1m3.ledger.json", "other/1m1.mid", "other/1m3.mid"]


def test_another_seed_is_another_version(run):
    for seed in ("1", "2"):
        run("render", "film.yaml", "-o", seed, "--scene", "1m1", "--seed", seed, "--format", "mid")
    assert (run.folder / "1/1m1.mid").read_bytes() != (run.folder / "2/1m1.mid").read_bytes()


def test_the_best_of_several_takes_is_made_again_by_its_seed(run):
    done = run("render", "film.yaml", "--scene", "1m1", "--takes", "3", "--format", "mid")
    assert ", the best of 3 takes with seed " in done.out
    seed = done.out.split(" takes with seed ")[1].split(";")[0]
    (run.folder / "film.yaml").write_text(FILM.replace("title: Storm", f"title: Storm\n    seed: {seed}"), encoding="utf-8")
    run("render", "film.yaml", "--scene", "1m1", "-o", "again", "--format", "mid")
    assert (run.folder / "again/1m1.mid").read_bytes() == (run.folder / "film/1m1.mid").read_bytes()


def test_every_format_has_its_file_and_all_writes_them(run):
    done = run("render", "film.yaml", "--scene", "1m3", "--format", "all")
    assert done.status == 0
    missing = output.missing_formats()
    assert done.err.startswith(f"not written: {', '.join(missing)}; 'motifgen doctor'" if missing else "")
    written = {name: ending for name, ending in output.formats().items() if name not in missing}
    drawn = {name for name, (_, kind, _) in output.PAGES.items() if kind == "svg"}
    written |= {name: f"{ending.removesuffix('.svg')}.1.svg" for name, ending in written.items() if name in drawn}
    assert run.files() == sorted(f"film/{'1m3' * ending.startswith('.')}{ending}" for ending in written.values())


def test_the_cue_sheet_holds_composed_and_source_scenes(run):
    assert run("render", "film.yaml", "--format", "cue-sheet").out == "film/cue-sheet.csv\n"
    assert run.files() == ["film/cue-sheet.csv"]
    with (run.folder / "film/cue-sheet.csv").open(encoding="utf-8", newline="") as sheet:
        rows = list(csv.DictReader(sheet))
    assert [(row["cue"], row["kind"], row["in"], row["out"], row["duration"]) for row in rows] == [
        ("1m1", "score", "01:00:00:00", "01:00:12:00", "0:00:12.000"),
        ("1m2", "source", "01:01:00:00", "01:01:30:12", "0:00:30.500"),
        ("1m3", "score", "01:02:00:00", "01:02:10:00", "0:00:10.000"),
    ]
    assert (rows[0]["title"], rows[0]["themes"]) == ("Storm", "Mara")
    assert (rows[1]["title"], rows[1]["artist"], rows[1]["use"]) == ("Harbour Lights", "The Nets", "visual vocal")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["render", "film.yaml", "--format", "midi"], "Accepted: mid, ledger"),
        (["render", "film.yaml", "--scene", "1m4"], "unknown scene '1m4'; did you mean '1m1', '1m2' or '1m3'? Accepted: 1m1, 1m2, 1m3"),
        (["render", "film.yaml", "--scene", "1m2"], "scene '1m2' is source music and gets no notes"),
        (["render", "film.yaml", "--seed", "-1"], "--seed"),
        (["render", "film.yaml", "-o", "film.yaml"], "film.yaml is a file; accepted: a folder to write to"),
        (["render", "film.yaml", "-o", "film.yaml/x"], "film.yaml"),
        (["render", "no.yaml"], "no.yaml:1:1: cannot be read: No such file"),
        (["check", "no.yaml"], "no.yaml:1:1: cannot be read: No such file"),
        (["render"], "FILE"),
        (["rendr", "film.yaml"], "rendr"),
        (["invent", "bravee"], "unknown emotion word 'bravee'; did you mean 'brave'"),
        (["invent", "brave", "--key", "H"], "cannot read the key 'H'"),
        (["transform", "D4/q", "augmnt 2"], "did you mean 'augment'"),
        (["transform", "X4/q", "invert"], "column 1: cannot read the pitch 'X4'"),
        (["transform", "no.mid", "invert"], "no.mid"),
    ],
)
def test_what_cannot_be_done_is_refused_plainly_and_writes_nothing(run, arguments, said):
    done = run(*arguments)
    assert done.status == 2
    assert said in done.err
    assert "Traceback" not in done.err
    assert done.out == ""
    assert run.files() == []


def test_faults_of_the_file_are_said_one_a_line_and_nothing_is_touched(run):
    run("render", "film.yaml")
    before = {name: (run.folder / name).stat().st_mtime_ns for name in run.files()}
    (run.folder / "film.yaml").write_text(FILM.replace("calm", "clam").replace("style: piano", "style: pianoo"), encoding="utf-8")
    for command in ("render", "check"):
        done = run(command, "film.yaml")
        assert (done.status, done.out) == (2, "")
        assert [line.split(" ")[0] for line in done.err.splitlines()] == ["film.yaml:3:8:", "film.yaml:10:25:"]
    assert {name: (run.folder / name).stat().st_mtime_ns for name in run.files()} == before


def test_a_scene_that_cannot_be_composed_leaves_all_files_as_they_were(run, monkeypatch):
    run("render", "film.yaml")
    before = {name: (run.folder / name).read_bytes() for name in run.files()}

    def composer(scene, story):
        if scene.id == "1m3":
            raise ComposeError("1m3 cannot be composed as asked")
        return takes.compose(scene, story)

    def render(*arguments, **options):
        return takes.render(*arguments, **options, composer=composer)

    monkeypatch.setattr(rendering, "render", render)
    done = run("render", "film.yaml", "--seed", "3")
    assert (done.status, done.err) == (2, "motifgen: 1m3 cannot be composed as asked\n")
    assert {name: (run.folder / name).read_bytes() for name in run.files()} == before


def test_a_fault_of_our_own_is_shown_whole_with_status_1(run, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("a slip")

    monkeypatch.setattr(rendering, "render", broken)
    done = run("render", "film.yaml")
    assert done.status == 1
    assert "ZeroDivisionError: a slip" in done.err
    assert "this is a fault of motifgen, not of your file" in done.err


def test_a_link_in_the_folder_is_replaced_and_not_followed(run, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "precious.mid"
    elsewhere.write_bytes(b"precious")
    (run.folder / "film").mkdir()
    (run.folder / "film/1m3.mid").symlink_to(elsewhere)
    assert run("render", "film.yaml", "--scene", "1m3").status == 0
    assert elsewhere.read_bytes() == b"precious"
    assert (run.folder / "film/1m3.mid").read_bytes().startswith(b"MThd")


def test_motif_files_outside_need_leave(run, tmp_path):
    outside = tmp_path.parent / f"{tmp_path.name}-outside.mid"
    run("render", "film.yaml", "--scene", "1m3", "--format", "mid")
    outside.write_bytes((run.folder / "film/1m3.mid").read_bytes())
    text = FILM.replace('{key: D minor, notes: "D4/q A4/q. G4/e | F4/h."}', f"{{file: ../{outside.name}, bars: 1-2}}")
    (run.folder / "film.yaml").write_text(text, encoding="utf-8")
    refused = run("check", "film.yaml")
    assert (refused.status, "or --allow-outside" in refused.err) == (2, True)
    assert run("check", "film.yaml", "--allow-outside").status == 0
    assert run("render", "film.yaml", "--allow-outside", "--scene", "1m1").status == 0


def test_check_says_in_prose_what_will_be_composed(run):
    done = run("check", "film.yaml")
    assert done.status == 0
    assert run.files() == []
    for said in (
        "Two Rooms: 2 scenes to compose and 1 source scene, at 24 frames a second.",
        "Mara (person) has the theme D4/q A4/q. G4/e | F4/h. in D minor",
        "1m1 Storm: 0:12 from 01:00:00:00, piano",
        "Mara leads throughout.",
        "Hit at 0:08: accent (the door) on a beat.",
        "1m2: existing music, 'Harbour Lights' by The Nets, 0:30.500 from 01:01:00:00. It gets no notes.",
    ):
        assert said in done.out


def test_new_writes_a_film_that_renders_and_never_overwrites(run):
    assert run("new", "mine").status == 0
    template = (run.folder / "mine/film.yaml").read_bytes()
    again = run("new", "mine")
    assert (again.status, "is there already and is left as it is" in again.err) == (2, True)
    assert (run.folder / "mine/film.yaml").read_bytes() == template
    done = run("render", "mine/film.yaml")
    assert (done.status, run.files()) == (0, ["mine/film.yaml", "mine/film/1m1.ledger.json", "mine/film/1m1.mid"])
    assert "1 of 1 hits met" in done.out


def test_new_writes_a_game_of_states_each_rendered_under_its_name(run):
    assert run("new", "--game", "mine").status == 0
    assert run("new", "mine").status == 0  # a film may lie beside it
    assert "Composed as 4 bars, 128 quarters a minute." in run("check", "mine/game.yaml").out
    assert run("render", "mine/game.yaml", "--scene", "found", "--scene", "night").status == 0
    made = [f"mine/game/{state}.{kind}" for state in ("found", "night") for kind in ("ledger.json", "mid")]
    assert run.files() == ["mine/film.yaml", "mine/game.yaml", *made]


@pytest.mark.parametrize(
    ("command", "head", "row"),
    [
        ("styles", "style\tbpm", "chamber\t"),
        ("emotions", "word\tvalence", "terror\t-0.80\t+0.85\t1.00\t-0.40\t"),
        ("instruments", "instrument\tfamily\tsounding range", "cello\tstrings\tC2 to "),
        ("transforms", "transformation\targuments", "augment\t"),
        ("archetypes", "archetype\tnotes", "menace\t"),
    ],
)
def test_the_vocabulary_is_a_plain_table_when_piped(run, command, head, row):
    done = run(command)
    lines = done.out.splitlines()
    assert done.status == 0
    assert lines[0].startswith(head)
    assert any(line.startswith(row) for line in lines)
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}


def test_schema_is_the_schema(run):
    assert json.loads(run("schema").out) == scene_schema()


def test_version_and_help(run):
    assert run("--version").out.startswith("motifgen ")
    for command in ("render", "check", "new", "invent", "transform", "styles", "emotions", "instruments", "transforms", "schema"):
        assert command in run("--help").out
        assert "Usage" in run(command, "--help").out


def test_invented_motifs_can_be_transformed_and_put_into_a_film(run):
    done = run("invent", "brave", "lonely", "--count", "3", "--key", "D minor", "--meter", "3/4")
    motifs = [line for line in done.out.splitlines() if not line.startswith("#")]
    assert len(set(motifs)) == 3
    assert all(motif.startswith("D minor 3/4: ") for motif in motifs)
    assert run("invent", "brave", "lonely", "--count", "3", "--key", "D minor", "--meter", "3/4") == done
    assert run("transform", motifs[0], "retrograde", "retrograde").out.splitlines()[0] == motifs[0]
    text = FILM.replace(
        '{key: D minor, notes: "D4/q A4/q. G4/e | F4/h."}',
        json.dumps({"key": "D minor", "meter": "3/4", "notes": motifs[0].partition(": ")[2]}),
    )
    (run.folder / "film.yaml").write_text(text, encoding="utf-8")
    assert read_story(run.folder / "film.yaml").characters[0].motif.text(heading=True) == motifs[0]


def test_transform_reads_texts_degrees_and_files(run):
    assert run("transform", "D minor 4/4: D4/q A4/q", "transpose 2").out == "E minor 4/4: E4/q B4\n# transpose 2; likeness 1.00\n"
    assert run("transform", "1/q 5/q", "major", "--degrees", "--key", "D minor").out.startswith("D major 4/4: 1/q 5")
    run("render", "film.yaml", "--scene", "1m3", "--format", "mid")
    done = run("transform", "film/1m3.mid", "transpose 12", "--bars", "1-2", "--part", "1")
    assert done.status == 0
    assert "# transpose 12;" in done.out


def test_it_runs_as_a_module_without_a_terminal_in_a_plain_locale(run):
    text = FILM.replace("Storm", "嵐 é")
    (run.folder / "film.yaml").write_text(text, encoding="utf-8")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONHASHSEED": "1"}
    command = [sys.executable, "-m", "motifgen", "render", "film.yaml", "--scene", "1m1"]
    done = subprocess.run(command, cwd=run.folder, env=environment, capture_output=True, text=True, check=False)
    assert (done.returncode, run.files()) == (0, ["film/1m1.ledger.json", "film/1m1.mid"])
    assert "Traceback" not in done.stderr


def test_a_reader_who_has_read_enough_is_no_fault(run):
    command = [sys.executable, "-m", "motifgen", "emotions"]
    with subprocess.Popen(command, cwd=run.folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as going:
        going.stdout.close()
        assert (going.wait(60), going.stderr.read()) == (0, b"")


def test_rich_is_loaded_only_for_a_terminal(run):
    probe = "import sys; from motifgen.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    probe += "print([name for name in ('rich', 'music21', 'matplotlib') if name in sys.modules])"
    for arguments in (["render", "film.yaml", "--scene", "1m3"], ["check", "film.yaml"], ["styles"]):
        done = subprocess.run([sys.executable, "-c", probe, *arguments], cwd=run.folder, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "[]"


def test_a_render_loads_only_what_it_needs(run):
    others = (
        *("music21", "pretty_midi", "rich", "xml", "multiprocessing", "concurrent.futures", "motifgen.compose.keeping"),
        *("motifgen.files.audio", "motifgen.files.notation", "motifgen.files.pages", "motifgen.files.timelines", "motifgen.measure.curves"),
        *("motifgen.measure.conformance", "motifgen.motif.invention.invented", "motifgen.motif.transform.combining"),
        *("motifgen.motif.transform.blending", "motifgen.motif.transform.forces", "motifgen.takes.explore"),
    )
    probe = "import sys; from motifgen.cli import main\ntry: main()\nexcept SystemExit: pass\n"
    probe += f"print([name for name in {others} if name in sys.modules])"
    arguments = [sys.executable, "-c", probe, "render", "film.yaml", "--scene", "1m1"]
    done = subprocess.run(arguments, cwd=run.folder, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"
    assert run.files() == ["film/1m1.ledger.json", "film/1m1.mid"]


def test_files_are_listed_by_path_objects_too(tmp_path):
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    made = takes.render(read_story(tmp_path / "film.yaml"), tmp_path / "out", scenes=["1m3"])
    assert [path.name for path in made[0].files] == ["1m3.mid", "1m3.ledger.json"]
    assert all(isinstance(path, Path) and path.is_file() for path in made[0].files)


def test_every_option_of_a_command_is_on_the_page():
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    commands = typer.main.get_command(app).commands
    assert len(commands) > 8
    for name, command in commands.items():
        usage = re.findall(rf"^motifgen {name} .*(?:\n +.*)*", page, re.MULTILINE) + re.findall(
            rf"^\| `motifgen {name}.*", page, re.MULTILINE
        )
        options = {max(it.opts, key=len) for it in command.params if it.opts[0].startswith("-")} - {"--allow-outside", "--output"}
        assert [option for option in options if option not in "\n".join(usage)] == [], name


def test_every_command_and_every_format_is_on_the_page(run):
    page = (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    commands = [
        line.split()[0] for line in run("--help").out.split("Commands:")[1].splitlines() if line.startswith("  ") and line[2] != " "
    ]
    assert len(commands) > 8
    assert [name for name in [*commands, *output.formats()] if f"{name}`" not in page and f"`motifgen {name} " not in page] == []
