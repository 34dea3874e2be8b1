"""What is heard: sound formats, stems, the film's page, and how the command line says for whom it is played."""

from __future__ import annotations

import base64
import io
import re
import sys
import wave

import pytest

from motifgen import output
from motifgen.cli import main
from motifgen.files.midi import write_midi
from motifgen.files.scene_file import read_story
from motifgen.takes import compose

FILM = """\
motifgen: 1
title: Two <Rooms>
style: chamber
characters:
  mara: {motif: {key: D minor, notes: "D4/q A4/q. G4/e | F4/h."}, voice: cello}
scenes:
  - {id: 1m1, title: Storm & Stress, length: 0:06, arc: [{at: 0, feel: calm}], cast: [{who: mara}], hits: [{at: 3, what: the <door>}]}
  - {id: 1m2, start: 01:01:00:00, length: 0:30, source: {title: Harbour Lights}}
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("motifgen.files.audio.ENGINES", ("additive",))
    monkeypatch.setattr("motifgen.files.audio.find_engine", lambda *_: "additive")
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")

    def started(*arguments):
        monkeypatch.setattr(sys, "argv", ["motifgen", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return started


def samples(data):
    with wave.open(io.BytesIO(data)) as file:
        return file.getnframes() / file.getframerate(), file.readframes(file.getnframes())


def test_a_sound_file_lasts_as_long_as_the_scene_and_is_not_silent(run, tmp_path):
    assert run("render", "film.yaml", "--format", "wav,flac")[0] == 0
    assert sorted(path.name for path in (tmp_path / "film").iterdir()) == ["1m1.flac", "1m1.wav"]
    seconds, sound = samples((tmp_path / "film/1m1.wav").read_bytes())
    assert seconds >= 6
    assert any(sound)
    assert (tmp_path / "film/1m1.flac").read_bytes()[:4] == b"fLaC"


def test_stems_are_written_of_each_family(run, tmp_path):
    assert run("render", "film.yaml", "--format", "wav", "--stems")[0] == 0
    story = read_story(tmp_path / "film.yaml")
    families = {part.family for part in compose(story.scenes[0], story).recording.parts}
    assert sorted(path.name for path in (tmp_path / "film").iterdir()) == sorted(["1m1.wav", *(f"1m1.{it}.wav" for it in families)])


def test_library_and_humanize_of_the_command_line_are_those_of_the_file(run, tmp_path):
    assert run("render", "film.yaml", "--format", "mid", "--library", "vsco", "--humanize", "0")[0] == 0
    by_option = (tmp_path / "film/1m1.mid").read_bytes()
    (tmp_path / "film.yaml").write_text(FILM.replace("style:", "library: vsco\nhumanize: 0\nstyle:"), encoding="utf-8")
    assert run("render", "film.yaml", "--format", "mid")[0] == 0
    assert (tmp_path / "film/1m1.mid").read_bytes() == by_option
    story = read_story(tmp_path / "film.yaml")
    assert write_midi(compose(story.scenes[0], story).recording) == by_option
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    run("render", "film.yaml", "--format", "mid", "-o", "plain")
    assert (tmp_path / "plain/1m1.mid").read_bytes() != by_option


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--library", "vsko"], "unknown library 'vsko'; did you mean 'vsco'"),
        (["--library", "mine.toml"], "mine.toml cannot be read: No such file"),
        (["--humanize", "2"], "--humanize"),
        (["--stems"], "--stems needs a sound format; accepted: --format flac or wav or ogg or mp3"),
        (["--soundfont", "x.sf2"], "--soundfont needs something that is heard"),
        (["--format", "wav", "--soundfont", "x.sf2"], "the soundfont 'x.sf2' is not there"),
    ],
)
def test_what_cannot_be_heard_is_refused_before_anything_is_composed(run, tmp_path, arguments, said):
    status, out, err = run("render", "film.yaml", *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert not (tmp_path / "film").exists()


def test_a_format_that_nothing_here_writes_is_refused_and_left_out_of_all(run, tmp_path, monkeypatch):
    monkeypatch.setattr("motifgen.files.audio.writable", lambda: (".flac", ".wav"))
    status, _, err = run("render", "film.yaml", "--format", "mp3")
    assert (status, "nothing installed writes mp3; 'motifgen doctor' says what does" in err) == (2, True)
    assert output.missing_formats() == ("ogg", "mp3")
    assert not {"ogg", "mp3"} & set(output.chosen_formats(["all"]))
    assert not (tmp_path / "film").exists()


def test_the_film_is_one_page_that_needs_no_network(run, tmp_path):
    assert run("render", "film.yaml", "--format", "html")[0] == 0
    page = (tmp_path / "film/index.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "film").iterdir()) == ["index.html"]
    assert not re.findall(r'(?:src|href)="(?!data:)', page)
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    for said in (
        "Two &lt;Rooms&gt;",
        "Storm &amp; Stress",
        "the &lt;door&gt;",
        "<strong>Mara</strong>",
        "Harbour Lights",
        "Logic Pro",
        "likeness",
    ):
        assert said in page
    assert "<door>" not in page
    kind, data = re.search(r'src="data:(audio/\w+);base64,([^"]+)"', page).groups()
    assert base64.b64decode(data)[:4] == {"audio/flac": b"fLaC"}.get(kind, base64.b64decode(data)[:4])
    assert len(data) > 10_000
    assert page.count("<polyline") == 3
    assert page.count("<section") == 1


def test_markers_notes_and_the_usage_map_name_hits_and_people(run, tmp_path):
    names = ["resolve", "premiere", "reaper", "markers", "spotting-notes", "streamers", "usage"]
    status, out, _ = run("render", "film.yaml", "--format", ",".join(names))
    known = output.formats()
    assert (status, out.splitlines()) == (0, [f"film/{known[name]}" for name in names])
    for name in names[:6]:
        assert "door" in (tmp_path / "film" / known[name]).read_text(encoding="utf-8")
    assert "Mara" in (tmp_path / "film/usage.svg").read_text(encoding="utf-8")
