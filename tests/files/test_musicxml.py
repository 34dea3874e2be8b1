"""The written score: valid MusicXML 4.0, bars that add up, and the notes that were composed."""

import importlib.util
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from lxml import etree

from films import HERE, sketches
from motifgen.errors import RangeError
from motifgen.files.midi_read import read_back
from motifgen.files.musicxml import write_musicxml, write_parts, write_short_musicxml
from motifgen.files.notation.signatures import signed
from motifgen.files.notation.values import pieces, readable
from motifgen.theory.time import Meter, Span

FOLDER = HERE.parent / "examples"
PATHS = (FOLDER / "two-hander" / "breakfast.yaml", HERE / "scenes" / "storm.yaml", HERE / "scenes" / "noirx.yaml")
SKETCHES = {path.stem: sketches(path)[0] for path in PATHS}


class Local(etree.Resolver):
    """The schema names two more on the network; what it needs of them is a few attributes."""

    def resolve(self, url, _, context):
        name, attributes = ("1999/xlink", "href type role title show actuate") if "xlink" in url else ("XML/1998/namespace", "lang space")
        if not url.endswith(("xlink.xsd", "xml.xsd")):
            return None
        rows = "".join(f'<xs:attribute name="{attribute}" type="xs:string"/>' for attribute in attributes.split())
        schema = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/{name}">{rows}</xs:schema>'
        return self.resolve_string(schema, context)


@pytest.fixture(scope="module")
def schema():
    folder = Path(importlib.util.find_spec("musicxml").submodule_search_locations[0])
    parser = etree.XMLParser(no_network=True)
    parser.resolvers.add(Local())
    return etree.XMLSchema(etree.parse(str(folder / "generate_classes" / "musicxml_4_0.xsd"), parser))


@pytest.fixture(scope="module", params=sorted(SKETCHES))
def sketch(request):
    return SKETCHES[request.param]


def parsed(data):
    return etree.fromstring(data, etree.XMLParser(no_network=True, load_dtd=False))


@pytest.fixture(scope="module")
def root(sketch):
    return parsed(write_musicxml(sketch.recording))


@pytest.fixture(scope="module")
def short(sketch):
    return parsed(write_short_musicxml(sketch.recording))


def test_it_is_valid_musicxml(root, short, schema):
    schema.assertValid(root)
    schema.assertValid(short)


def test_every_part_is_valid_musicxml(sketch, schema):
    parts = write_parts(sketch.recording)
    assert parts
    for data in parts.values():
        schema.assertValid(parsed(data))


@pytest.mark.parametrize("which", ["root", "short"])
def test_every_bar_of_every_part_is_full(which, sketch, request):
    root = request.getfixturevalue(which)
    bars = sketch.recording.score.bars
    for part in root.iter("part"):
        divisions = 1
        measures = part.findall("measure")
        assert len(measures) == len(bars)
        for measure, bar in zip(measures, bars, strict=True):
            divisions = int(measure.findtext("attributes/divisions") or divisions)
            place = longest = 0
            for element in measure:
                length = int(element.findtext("duration") or 0)
                if element.tag == "backup":
                    place -= length
                elif element.tag == "forward" or (element.tag == "note" and element.find("chord") is None):
                    place += length
                longest = max(longest, place)
            assert Fraction(longest, divisions) == bar.meter.bar


def test_single_lines_hold_the_notes_that_were_composed(root, sketch):
    """For players of one note at a time: as many untied heads as composed notes, at written pitch."""
    parts = {p.findtext("part-name"): p.get("id") for p in root.iter("score-part")}
    lines = {part.get("id"): part for part in root.iter("part")}
    checked = 0
    for part in sketch.recording.score.parts:
        if part.keyboard or part.clef == "percussion" or len({note.onset for note in part.notes}) < len(part.notes):
            continue
        heads = [note for note in lines[parts[part.name]].iter("note") if note.find("pitch") is not None and not _tied_back(note)]
        assert len(heads) == len(part.notes)
        assert [_midi(head) + part.transposition for head in heads] == [note.pitch.midi for note in part.notes]
        checked += 1
    assert checked or len(parts) == 1


def test_a_reader_of_signatures_and_accidentals_finds_every_pitch(root, short):
    """What is printed suffices: accidentals hold for their line until the bar line, and no longer."""
    checked = 0
    for part in (*root.iter("part"), *short.iter("part")):
        signature = {}
        for measure in part.findall("measure"):
            fifths = measure.findtext("attributes/key/fifths")
            if fifths is not None:
                signature = signed(int(fifths))
            standing = {}
            for note in _in_order(measure):
                step, octave, sign = (note.findtext(name) for name in ("pitch/step", "pitch/octave", "accidental"))
                line, alter = (note.findtext("staff"), step, octave), int(float(note.findtext("pitch/alter") or 0))
                if sign is not None:
                    standing[line] = {"flat": -1, "natural": 0, "sharp": 1}[sign]
                if not _tied_back(note):
                    assert standing.get(line, signature.get(step, 0)) == alter
                    checked += 1
    assert checked


def _in_order(measure):
    """Return the pitched notes of a measure in order of time."""
    rows, place, begun = [], 0, 0
    for element in measure:
        length = int(element.findtext("duration") or 0)
        if element.tag == "note" and element.find("chord") is None:
            begun, place = place, place + length
        place += {"backup": -length, "forward": length}.get(element.tag, 0)
        if element.find("pitch") is not None:
            rows.append((begun, element))
    return [note for _, note in sorted(rows, key=lambda row: row[0])]


def _tied_back(note):
    return any(tie.get("type") == "stop" for tie in note.findall("tie"))


def _midi(note):
    pitch = note.find("pitch")
    natural = dict(zip("CDEFGAB", (0, 2, 4, 5, 7, 9, 11), strict=True))[pitch.findtext("step")]
    return 12 * (int(pitch.findtext("octave")) + 1) + natural + int(float(pitch.findtext("alter") or 0))


def test_the_hands_of_a_keyboard_share_no_voice(root):
    voices = {}
    for part in root.iter("part"):
        for note in part.iter("note"):
            voices.setdefault((part.get("id"), note.findtext("staff") or "1"), set()).add(note.findtext("voice"))
    for (part, staff), own in voices.items():
        assert staff != "2" or not own & voices[part, "1"]


def test_no_note_has_two_marks_for_one_thing(root, short):
    for score in (root, short):
        for marks in score.iter("articulations"):
            names = [each.tag for each in marks]
            assert len(names) == len(set(names))
            assert not {"accent", "strong-accent"} <= set(names)
            assert not {"staccato", "staccatissimo"} <= set(names)


def test_equal_scores_are_equal_bytes(sketch):
    assert write_musicxml(sketch.recording) == write_musicxml(sketch.recording)


def test_titles_hits_and_themes_are_on_the_page(root, sketch):
    words = " ".join(element.text or "" for element in root.iter("words"))
    for hit in sketch.spotting.scene.hits:
        assert hit.what in words
    assert {statement["who"] for statement in sketch.ledger["statements"] if statement["parts"]}
    boxes = [element.text for element in root.iter("rehearsal")]
    lasting = [section for section in sketch.plan.sections if section.span.length >= 2 * max(bar.meter.bar for bar in sketch.spotting.bars)]
    assert len(lasting) <= len(boxes) <= len(sketch.plan.sections)
    assert [box.split()[0] for box in boxes] == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ"[: len(boxes)])


def test_a_foreign_file_has_no_score(sketch):
    with pytest.raises(RangeError, match="no written score"):
        write_musicxml(replace(sketch.recording, score=None))
    assert read_back(sketch.to_midi()).tracks


@pytest.mark.parametrize(
    ("start", "end", "meter", "lengths"),
    [
        ("0", "4", "4/4", "4"),
        ("1/2", "4", "4/4", "1/2 1 2"),
        ("1", "4", "4/4", "1 2"),
        ("0", "3", "4/4", "3"),
        ("1/3", "1", "4/4", "2/3"),
        ("0", "1/3", "4/4", "1/3"),
        ("1", "7/5", "4/4", "2/5"),
        ("0", "3", "6/8", "3"),
        ("3/2", "3", "6/8", "3/2"),
        ("0", "7/2", "7/8", "2 3/2"),
        ("3/2", "5/2", "4/4", "1/2 1/2"),
        ("1", "3", "4/4", "2"),
        ("0", "4", "5/4", "3 1"),
    ],
)
def test_values_keep_the_beats_visible(start, end, meter, lengths):
    found = [length for _, length in pieces(Span(Fraction(start), Fraction(end)), Meter.parse(meter))]
    assert found == [Fraction(length) for length in lengths.split()]


def test_only_places_off_every_grid_are_moved():
    assert readable(Fraction(7, 12)) == Fraction(7, 12)
    assert readable(Fraction(1001, 960)) == Fraction(1)
