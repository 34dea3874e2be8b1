"""What a sample library is told: level, articulations, and never another note."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from mido import MidiFile

from motifgen.compose.performance import perform
from motifgen.compose.performance.articulate import NAMED
from motifgen.errors import NotationError, RangeError, SceneFileError, UnknownNameError
from motifgen.files.libraries import adapted, find_library, libraries
from motifgen.files.library_reading import unswitched
from motifgen.files.library_tables import ARTICULATIONS
from motifgen.files.midi import write_midi
from motifgen.files.midi_read import read_back
from motifgen.files.midi_recording import recording_of
from motifgen.sketch.events import notes
from performing import CELLO, VIOLIN, note, part, recording, scoring, tune


def mixed(**asked):
    """A part with long, legato, spiccato, pizzicato and tremolo notes, and a pad, performed and recorded."""
    line = [*tune(2), *(note(8 + i / 4, "1/4", "D4", 0.5, "staccato") for i in range(8)), note(12, 2, "A4", 0.5, "tremolo")]
    line += [note(16 + i, 1, "G4", 0.5, "pizzicato") for i in range(4)]
    pad = [note(4 * bar, 4, "A3", 0.4) for bar in range(8)]
    performance = perform(scoring(part(line, "Violin", VIOLIN), part(pad, "Cellos", CELLO, "pad"), **asked))
    spotting = performance.scoring.texture.harmony.plan.spotting
    return recording(*performance.parts, tempo=spotting.tempo.steps, end=32 * 960)


def numbers(track):
    return set(track.controls["controller"].tolist()) - {7, 10}


def music(track, low=40):
    rows = track.notes[(track.notes["pitch"] >= low) & (track.notes["pitch"] < 84)]
    return sorted(zip(rows["onset_tick"].tolist(), rows["pitch"].tolist(), rows["velocity"].tolist(), strict=True))


def test_the_performance_says_how_each_note_is_played():
    violin = mixed().parts[0]
    assert len(violin.articulations) == violin.notes.size
    assert {"legato", "spiccato", "tremolo", "pizzicato"} <= set(violin.articulations)


@pytest.mark.parametrize("name", sorted(libraries()))
def test_every_library_is_written_and_changes_no_note(name):
    rec = mixed()
    back = read_back(write_midi(rec, library=name))
    for written in rec.parts:
        found = sorted(row for track in back.tracks if track.name.split(" - ")[0] == written.name for row in music(track))
        wanted = sorted(zip(*(written.notes[key].tolist() for key in ("onset_tick", "pitch", "velocity")), strict=True))
        if find_library(name).delay:
            found, wanted = ([row[1:] for row in sorted(rows, key=lambda row: row[1:])] for rows in (found, wanted))
        assert found == wanted


@pytest.mark.parametrize(
    ("name", "levels"), [("any", {1, 11}), ("gm", {11}), ("cc1", {1, 11}), ("cc11", {11}), ("velocity", {11}), ("vsco", {11})]
)
def test_level_is_where_the_library_reads_it(name, levels):
    cellos = read_back(write_midi(mixed(), library=name)).track("Cellos")
    assert numbers(cellos) == levels
    moving = {number for number in levels if np.unique(cellos.controls["value"][cellos.controls["controller"] == number]).size > 2}
    assert moving == {"any": {1, 11}, "gm": {11}, "cc1": {1}, "cc11": {11}, "velocity": set(), "vsco": {11}}[name]


@pytest.mark.parametrize(("name", "number"), [("any", 11), ("cc1", 1), ("cc11", 11)])
def test_cuts_stay_silent(name, number):
    cellos = read_back(write_midi(mixed(hits=[("cut", 28)], rests=[(28, 30)]), library=name)).track("Cellos")
    rows = cellos.controls[cellos.controls["controller"] == number]
    assert rows["value"][rows["tick"] == 28 * 960].tolist() == [0]
    assert rows["value"][(rows["tick"] == 30 * 960)][0] > 30


def test_uacc_says_each_change_before_its_note():
    violin = read_back(write_midi(mixed(), library="uacc")).track("Violin")
    rows = violin.controls[violin.controls["controller"] == 32]
    assert set(rows["value"].tolist()) >= {20, 42, 11, 56}
    assert set(rows["tick"].tolist()) <= {0, *violin.notes["onset_tick"].tolist()}
    assert (np.diff(rows["value"]) != 0).all()


def test_keyswitches_lead_and_lie_outside_the_music():
    rec = mixed()
    violin = read_back(write_midi(rec, library="vsco")).track("Violin")
    keys = violin.notes[violin.notes["pitch"] < 40]
    assert set(keys["pitch"].tolist()) == {36, 37, 38, 39}
    onsets = rec.parts[0].notes["onset_tick"]
    for row in keys[keys["onset_tick"] > 0]:
        assert (onsets == row["onset_tick"] + 60).any()
    assert (keys["end_tick"] > keys["onset_tick"]).all()


@pytest.mark.parametrize(("library", "number"), [("uacc", 32), ("css", 58)])
def test_the_first_articulation_is_chosen_before_anything_plays(library, number):
    late = perform(scoring(part([note(8, 2, "A4")], "Violin", VIOLIN), part([note(0, 4, "A3")], "Cellos", CELLO))).parts
    violin = read_back(write_midi(recording(*late, end=32 * 960), library=library)).track("Violin")
    rows = violin.controls[violin.controls["controller"] == number]
    assert rows["tick"].tolist() == [0]
    assert violin.notes["onset_tick"].min() > 7 * 960


def test_a_key_that_switches_goes_before_the_note_it_is_for_at_the_very_first_tick():
    [first] = perform(scoring(part([note(0, 4, "A3")], "Cellos", CELLO))).parts
    first = replace(first, notes=notes([(0, 3840, 57, 80)]))
    file = MidiFile(file=io.BytesIO(write_midi(recording(first, end=32 * 960), library="vsco")))
    [cellos] = [track for track in file.tracks if track.name == "Cellos"]
    struck = [message.note for message in cellos if message.type == "note_on"]
    assert struck == [84, 57]


def test_keyswitches_that_the_music_plays_are_refused_all_at_once():
    low = perform(scoring(part(tune(pitches=("C2", "D2")), "Violin", VIOLIN), part(tune(pitches=("C6", "D3")), "Cellos", CELLO))).parts
    with pytest.raises(RangeError) as caught:
        write_midi(recording(*low, end=32 * 960), library="vsco")
    assert str(caught.value).startswith(
        "library 'vsco' switches violin with key 36, 38, and part 'Violin' plays 36 to 38; "
        "it switches cello with key 84, and part 'Cellos' plays 50 to 84; accepted: keys below or above what is played"
    )


@pytest.mark.parametrize("library", ["uacc", "css", "vsco"])
def test_what_was_written_for_a_library_is_told_plainly_again(library):
    rec = mixed()
    back = unswitched(recording_of(write_midi(rec, library=library)), find_library(library))
    for written, read in zip(rec.parts, back.parts, strict=True):
        assert written.name == read.name
        ours, theirs = (np.sort(it.notes, order=["pitch", "onset_tick"]) for it in (written, read))
        assert ours["pitch"].tolist() == theirs["pitch"].tolist()
        # Nothing can be begun before tick 0: what is there stays there.
        moved = np.abs(ours["onset_tick"] - theirs["onset_tick"])[theirs["onset_tick"] > 0]
        assert np.median(moved) <= 1


def test_an_unknown_library_is_answered_with_those_that_are_known():
    with pytest.raises(UnknownNameError, match="unknown library 'zzz'; accepted: any, gm, cc1"):
        find_library("zzz")


def test_tracks_for_each_articulation():
    names = [track.name for track in read_back(write_midi(mixed(), library="sonatina")).tracks[1:]]
    assert names == ["Violin - Sustain", "Violin - Pizzicato", "Violin - Staccato", "Violin - Tremolo", "Cellos"]


def test_late_patches_are_begun_early():
    rec = mixed()
    early, plain = (adapted(rec, find_library(name)).parts[1].notes["onset_tick"] for name in ("css", "any"))
    assert (plain - early)[1:].min() >= 60 * 1.92 - 1
    assert early.min() >= 0


def test_a_table_of_your_own(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(
        '[strings]\nswitch = "cc"\ncontroller = 58\nvalues = { long = 5, pizzicato = 9 }\n[brass]\ndynamics = 2\n', encoding="utf-8"
    )
    assert find_library(str(path)).values == {"long": 5, "pizzicato": 9}
    assert find_library(f"{path}:brass").dynamics == 2
    violin = read_back(write_midi(mixed(), library=str(path))).track("Violin")
    rows = violin.controls[violin.controls["controller"] == 58]
    assert rows["value"].tolist() == [5, 9]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[a]\nswich = 'cc'", "2:1: unknown field of a library 'swich'; did you mean 'switch'?"),
        (
            "[a]\nswitch = 'keyswich'",
            "2:1: unknown way of switching articulations 'keyswich'; did you mean 'keyswitch'? Accepted: none, cc,",
        ),
        ("[a]\n\n  dynamics = 200", "3:3: dynamics is '200'; accepted: whole numbers from 0 to 127"),
        ("[a]\nlead = true", "2:1: lead is 'True'; accepted: whole numbers from 0 to 127"),
        ("[a]\nvalues = {long = 'x'}", "2:11: long is 'x'; accepted: whole numbers"),
        ("[a]\nvalues = { long = 4, legatto = 5 }", "2:22: unknown articulation 'legatto'; did you mean 'legato'?"),
        ("[a.values]\nlong = 3\n'con sordno' = 4", "3:1: unknown articulation 'con sordno'; did you mean 'con sordino'?"),
        ("[a]\ndelay = { long = -5 }", "2:11: the delay of long is '-5'; accepted: 0 to 1000 ms"),
        ("[a]\nnames = { long = 5 }", "2:11: long is called '5'; accepted: a text"),
        ("[a]\nvalues = 5", "2:1: values is '5'; accepted: { long = 24, staccato = 26 }"),
        ("[b]\nlead = 1\n[a.instruments]\ncelo = { long = 3 }", "4:1: unknown instrument 'celo'; did you mean 'cello'"),
        ("[a.instruments]\ncello = { long = 300 }", "2:11: long is '300'; accepted: whole numbers"),
        ("[a.instruments]\ncello = 3", "2:1: cello is '3'; accepted: { long = 24, staccato = 26 }"),
        ("[a]\nabout = 3", "2:1: about is '3'; accepted: a text"),
        ("a = 1", "1:1: 'a' must be a table, as in '[a]'"),
        ("# values = { legatto = 1 }\n[a]\nvalues.legatto = 1", "3:8: unknown articulation 'legatto'"),
    ],
)
def test_mistakes_in_a_table_are_told_with_their_place(tmp_path, text, said):
    path = tmp_path / "bad.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SceneFileError) as found:
        find_library(str(path))
    assert str(found.value).startswith(f"bad.toml:{said}")
    assert len(found.value.faults) == 1


def test_all_mistakes_of_a_file_are_told_at_once(tmp_path):
    (tmp_path / "bad.toml").write_text("[a]\nlead = -1\nvalues = { lnog = 1, short = 2 }", encoding="utf-8")
    with pytest.raises(SceneFileError) as found:
        find_library(f"{tmp_path}/bad.toml:a")
    assert [(fault.line, fault.column) for fault in found.value.faults] == [(2, 1), (3, 12), (3, 22)]


def test_a_file_that_is_no_toml_is_refused_with_its_line(tmp_path):
    (tmp_path / "bad.toml").write_text("[a]\n[a", encoding="utf-8")
    with pytest.raises(NotationError, match=r"bad\.toml: .*(line 2|end of document)"):
        find_library(str(tmp_path / "bad.toml"))


def test_libraries_know_every_articulation_that_is_played():
    assert set(ARTICULATIONS) == {"long", "legato", *NAMED}


def test_an_unknown_library_is_refused_with_the_nearest():
    with pytest.raises(UnknownNameError, match="did you mean 'sonatina'"):
        write_midi(mixed(), library="sonatine")


def test_the_table_that_the_manual_shows_can_be_used(tmp_path):
    manual = (Path(__file__).parents[2] / "docs/midi.md").read_text(encoding="utf-8")
    (tmp_path / "ours.toml").write_text(manual.split("```toml\n")[1].split("```")[0], encoding="utf-8")
    found = find_library(f"{tmp_path / 'ours.toml'}:strings")
    violin, cellos = read_back(write_midi(mixed(), library=f"{tmp_path / 'ours.toml'}:strings")).tracks[1:]
    keys = [set(track.notes["pitch"][track.notes["pitch"] < 40].tolist()) for track in (violin, cellos)]
    assert keys[0] <= set(found.values_of("violin").values())
    assert keys[1] <= set(found.values.values())
    assert all(keys)
    assert max(found.values.values()) < 12  # below every instrument
