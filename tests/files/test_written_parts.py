"""Parts that are hard to write: very high, very low, transposed, struck, in unequal meters; read back, they sound as composed."""

from dataclasses import replace
from fractions import Fraction
from types import SimpleNamespace

import pytest
from lxml import etree

from motifgen.files.musicxml import write_musicxml
from motifgen.files.score_voices import xml_lines
from motifgen.sketch.score import Score, StaffBar, StaffNote, StaffPart
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

F = Fraction
EIGHTH = F(1, 2)
LOW = ("E2", "F2", "G2", "A2")
PARTS = {
    "violin": StaffPart("Violins I", "violin", 0, "treble", 40, keyboard=False, notes=(), family="strings"),
    "horn": StaffPart("Horn 1", "horn", -7, "treble", 60, keyboard=False, notes=(), family="brass"),
    "bass clarinet": StaffPart("Bass Clarinet", "bass clarinet", -14, "treble", 71, keyboard=False, notes=(), family="woodwind"),
    "double bass": StaffPart("Double Basses", "double bass", -12, "bass", 43, keyboard=False, notes=(), family="strings"),
    "tenor": StaffPart("Tenors", "tenor", -12, "treble", 52, keyboard=False, notes=(), family="voice"),
    "piano": StaffPart("Piano", "piano", 0, "treble", 0, keyboard=True, notes=(), family="keys"),
    "snare drum": StaffPart("Snare Drum", "snare drum", 0, "percussion", 0, keyboard=False, notes=(), family="percussion"),
}


def written(name, names, length=EIGHTH, meter="4/4", key="C major"):
    """Return the MusicXML of a part that plays notes one after the other."""
    notes = tuple(StaffNote(length * n, length, Pitch.parse(each), 0.5) for n, each in enumerate(names))
    metered = Meter.parse(meter)
    bars = tuple(StaffBar(metered.bar * n, metered, 90.0) for n in range(-(-length * len(names) // metered.bar)))
    score = Score(bars, ((F(0), Key.parse(key)),), (replace(PARTS[name], notes=notes),), ())
    return write_musicxml(SimpleNamespace(title="Test", score=score))


def read(data):
    return sorted((int(row["onset_tick"]), int(row["pitch"])) for line in xml_lines(data).lines for row in line.notes)


@pytest.mark.parametrize(
    ("name", "names", "clef"),
    [
        ("violin", ("E7", "F7", "G7", "F7") * 4, "G"),
        ("horn", LOW * 4, "F"),
        ("horn", ("C4", "E4", "G4", "C5") * 4, "G"),
        ("bass clarinet", LOW * 4, "G"),
        ("double bass", LOW * 4, "F"),
        ("piano", ("C7", "E7", "G7", "B7") * 4, "G"),
    ],
)
@pytest.mark.parametrize("key", ["C major", "F# major", "Eb minor"])
def test_what_is_read_back_is_what_was_composed(name, names, clef, key):
    data = written(name, names, key=key)
    assert read(data) == [(480 * n, Pitch.parse(each).midi) for n, each in enumerate(names)]
    assert etree.fromstring(data).findtext(".//clef/sign") == clef


def test_very_high_notes_stand_under_an_octave_sign_that_ends():
    data = etree.fromstring(written("violin", ("E7", "F7", "G7", "F7") * 4))
    assert [each.get("type") for each in data.iter("octave-shift")] == ["down", "stop"]
    assert not list(etree.fromstring(written("violin", ("E5", "F5", "G5", "F5") * 4)).iter("octave-shift"))


def test_triplets_have_brackets_and_beams():
    data = etree.fromstring(written("violin", ("C5", "D5", "E5") * 4, length=F(1, 3)))
    assert [each.get("type") for each in data.iter("tuplet")] == ["start", "stop"] * 4
    assert [each.text for each in data.iter("beam")] == ["begin", "continue", "end"] * 4


@pytest.mark.parametrize(
    ("meter", "beams"),
    [("4/4", "begin continue continue end " * 2), ("6/8", "begin continue end " * 2), ("7/8", "begin end begin end begin continue end")],
)
def test_eighths_are_beamed_as_the_meter_groups_them(meter, beams):
    count = int(Meter.parse(meter).bar * 2)
    data = etree.fromstring(written("violin", ("C5", "D5", "E5", "F5", "G5", "A5", "B5", "C6")[:count], meter=meter))
    assert [each.text for each in data.iter("beam")] == beams.split()


def test_drums_have_no_pitch():
    data = etree.fromstring(written("snare drum", ("D2", "D2", "E2", "D2")))
    assert not list(data.iter("pitch"))
    assert {each.findtext("display-step") for each in data.iter("unpitched")} == {"C"}
    assert data.findtext(".//clef/sign") == "percussion"


def test_bars_of_rest_have_the_numbers_and_lengths_that_they_need():
    notes = (StaffNote(F(0), F(1), Pitch.parse("C5"), 0.5), StaffNote(F(15), F(1), Pitch.parse("C5"), 0.5))
    meters = [Meter.parse(text) for text in ("4/4", "4/4", "3/4", "3/4", "4/4")]
    starts = [sum((each.bar for each in meters[:n]), F(0)) for n in range(5)]
    bars = tuple(StaffBar(start, meter, 90.0) for start, meter in zip(starts, meters, strict=True))
    score = Score(bars, ((F(0), Key.parse("C major")),), tuple(replace(PARTS[each], notes=notes) for each in ("violin", "horn")), ())
    for part in etree.fromstring(write_musicxml(SimpleNamespace(title="Test", score=score))).iter("part"):
        measures = part.findall("measure")
        divisions = int(part.findtext(".//divisions"))
        assert [each.get("number") for each in measures] == list("12345")
        lengths = [sum(int(note.findtext("duration")) for note in each.iter("note")) for each in measures]
        assert [F(length, divisions) for length in lengths] == [meter.bar for meter in meters]
        assert measures[-1].findtext(".//bar-style") == "light-heavy"


def test_tenors_read_a_treble_clef_with_an_eight_and_are_not_transposed():
    data = written("tenor", ("C3", "G3", "E4", "G4"))
    root = etree.fromstring(data)
    assert [root.findtext(f".//clef/{name}") for name in ("sign", "line", "clef-octave-change")] == ["G", "2", "-1"]
    assert root.find(".//transpose") is None
    assert [pitch for _, pitch in read(data)] == [48, 55, 64, 67]
