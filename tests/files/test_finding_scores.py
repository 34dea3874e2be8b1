"""Scores read as lines: what a motif is searched in, from MIDI and MusicXML, and the command that searches."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import mido
import music21
import pytest

from motifgen.errors import NotationError
from motifgen.files.score_lines import read_lines
from motifgen.files.score_voices import xml_lines
from motifgen.measure.finding import find
from motifgen.motif.motif import Motif

CORPUS = Path(music21.__file__).parent / "corpus"
FIGURE = Motif.parse("F4/q. G4/s F4 E4/e F4", key="F major", meter="3/4")
SCORE = """<?xml version="1.0"?>
<score-partwise><part-list><score-part id="P1"><part-name>Horn</part-name></score-part></part-list>
<part id="P1">
<measure number="0"><attributes><divisions>2</divisions><time><beats>3</beats><beat-type>4</beat-type></time>
<transpose><chromatic>-7</chromatic></transpose></attributes><direction><sound tempo="60"/></direction>
<note><pitch><step>C</step><octave>5</octave></pitch><duration>2</duration><tie type="start"/><voice>1</voice></note></measure>
<measure number="1">
<note><pitch><step>C</step><octave>5</octave></pitch><duration>1</duration><tie type="stop"/><voice>1</voice></note>
<note><grace/><pitch><step>D</step><octave>5</octave></pitch><voice>1</voice></note>
<note><pitch><step>E</step><alter>-1</alter><octave>5</octave></pitch><duration>3</duration><voice>1</voice></note>
<note><chord/><pitch><step>G</step><octave>5</octave></pitch><duration>3</duration><voice>1</voice></note>
<note><rest/><duration>2</duration><voice>1</voice></note>
<backup><duration>6</duration></backup>
<note><pitch><step>G</step><octave>4</octave></pitch><duration>6</duration><voice>2</voice></note>
</measure></part></score-partwise>
"""


def listed(line):
    return [(onset, end, pitch) for onset, end, pitch, _ in line.notes.tolist()]


def test_voices_ties_chords_transposition_and_pickup_are_read():
    score = xml_lines(SCORE.encode())
    assert [line.part for line in score.lines] == ["Horn", "Horn"]
    assert listed(score.lines[0]) == [(0, 1440, 65), (1440, 2880, 68), (1440, 2880, 72)]
    assert listed(score.lines[1]) == [(960, 3840, 60)]
    assert [score.place(tick) for tick in (0, 960, 1440)] == [(0, 3.0), (1, 1.0), (1, 1.5)]
    assert score.tempo.seconds(960) == 1


def test_packed_scores_and_plain_ones_are_the_same():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("META-INF/container.xml", "<container/>")
        archive.writestr("score.xml", SCORE)
    assert [listed(line) for line in xml_lines(packed.getvalue(), packed=True).lines] == [
        listed(line) for line in xml_lines(SCORE.encode()).lines
    ]


@pytest.mark.parametrize("name", ["bach/bwv66.6.mxl", "mozart/k155/movement2.mxl"])
def test_what_is_read_is_what_music21_reads(name):
    ours = sorted((onset, end, pitch) for line in read_lines(CORPUS / name).lines for onset, end, pitch in listed(line))
    theirs = music21.converter.parse(CORPUS / name).toSoundingPitch().stripTies()
    expected = sorted(
        (
            round(Fraction(note.getOffsetInHierarchy(theirs)) * 960),
            round(Fraction(note.getOffsetInHierarchy(theirs) + note.quarterLength) * 960),
            p.midi,
        )
        for note in theirs.recurse().notes
        if note.quarterLength
        for p in note.pitches
    )
    assert ours == expected


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not MusicXML"),
        (b"<score-timewise/>", "<score-timewise>; accepted: <score-partwise>"),
        (b"<score-partwise/>", "no parts"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><score-partwise/>', "entities"),
        ('<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><score-partwise/>'.encode("utf-16"), "entities"),
        (SCORE.replace("<step>G", "<step>H").encode(), "pitch 'H' in octave '5'"),
        (SCORE.replace("<duration>6", "<duration>six").encode(), "duration 'six'"),
    ],
)
def test_what_is_no_score_is_refused(data, said):
    with pytest.raises(NotationError, match=said):
        xml_lines(data)


def midi(tmp_path, ppq=480, shift=0):
    """The figure on a track of its own, over drums, after four bars of 3/4 in half the tempo."""
    file = mido.MidiFile(ticks_per_beat=ppq)
    head = mido.MidiTrack([mido.MetaMessage("time_signature", numerator=3, denominator=4), mido.MetaMessage("set_tempo", tempo=1_000_000)])
    tune, drums = mido.MidiTrack([mido.MetaMessage("track_name", name="Oboe")]), mido.MidiTrack()
    wait = 12 * ppq
    for onset, length, pitch in FIGURE.sounding():
        tune.append(mido.Message("note_on", note=pitch.midi + shift, velocity=70, time=wait))
        tune.append(mido.Message("note_off", note=pitch.midi + shift, time=round(length * ppq)))
        drums.append(mido.Message("note_on", channel=9, note=40, velocity=70, time=round(onset) * 2))
        drums.append(mido.Message("note_off", channel=9, note=40, time=100))
        wait = 0
    file.tracks += [head, tune, drums]
    path = tmp_path / "tune.mid"
    file.save(path)
    return path


@pytest.mark.parametrize("ppq", [96, 480, 960])
def test_midi_of_any_resolution_is_searched(tmp_path, ppq):
    music = read_lines(midi(tmp_path, ppq, shift=3))
    assert [line.part for line in music.lines] == ["Oboe"]
    [found] = find(FIGURE, music)
    assert (found.part, found.bar, found.beat, found.seconds, found.transformation) == ("Oboe", 5, 1.0, 12.0, "transpose 3")


def test_a_quartet_movement_states_its_figure_as_often_as_is_counted():
    """104 by the count usually quoted, 109 to 114 by matchers that allow diatonic transposition; none in the other movements."""
    counts = [
        len(find(FIGURE, read_lines(CORPUS / f"beethoven/opus18no1/movement{number}.mxl"), tolerance=0, transforms=("transpose", "mode")))
        for number in (1, 2, 3)
    ]
    assert 104 <= counts[0] <= 114
    assert counts[1:] == [0, 0]


def run(*arguments):
    return subprocess.run([sys.executable, "-m", "motifgen", "find", *map(str, arguments)], capture_output=True, text=True, check=False)


def test_the_command_prints_a_table(tmp_path):
    done = run("F4/q. G4/s F4 E4/e F4", midi(tmp_path, shift=-2), "--key", "F major", "--meter", "3/4")
    assert done.stdout.splitlines() == [
        "part\tbar\tbeat\tseconds\ttransformation\taltered\tlikeness\tnotes",
        "Oboe\t5\t1\t12.000\ttranspose -2\t0\t1.00\t5",
    ]
    assert (done.returncode, done.stderr) == (0, "")


def test_the_command_finds_nothing_with_status_0(tmp_path):
    done = run("D4/q Bb4/e C5 D5/h. C#4/q", midi(tmp_path))
    assert (done.returncode, len(done.stdout.splitlines())) == (0, 1)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("F4/q. G4/s A4", "none.mid"), "none.mid: cannot be opened"),
        (("F4/q. G4/s A4", "none.doc"), "kind '.doc'; accepted: .mid"),
        (("F4/q. G4/s", "tune.mid"), "2 sounding notes"),
        (("F4/q. H4/s", "tune.mid"), "column"),
        (("F4/q. G4/s A4", "tune.mid", "--only", "invrt"), "did you mean 'invert'"),
        (("F4/q. G4/s A4", "tune.mid", "--tolerance", "2"), "tolerance is 2.0"),
    ],
)
def test_the_command_refuses_what_can_be_mended(tmp_path, arguments, said):
    midi(tmp_path)
    motif, score, *options = arguments
    done = run(motif, tmp_path / score, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
