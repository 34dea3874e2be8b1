"""Players' parts: what the score has for each player, with rests of several bars counted."""

import io
import zipfile

import pytest
from lxml.etree import fromstring

from films import HERE, sketches
from motifgen.files.musicxml import write_musicxml, write_parts, write_parts_zip
from motifgen.files.notation import full_score, part_sheets

NAMES = ("noirx", "western")
RECORDINGS = {name: sketches(HERE / "scenes" / f"{name}.yaml")[0].recording for name in NAMES}


@pytest.fixture(scope="module", params=NAMES)
def recording(request):
    return RECORDINGS[request.param]


@pytest.fixture(scope="module")
def parts(recording):
    return {name: fromstring(data) for name, data in write_parts(recording).items()}


def _heads(part):
    return [[each.findtext(f"pitch/{name}") for name in ("step", "alter", "octave")] for each in part.iter("note")]


def test_every_player_has_the_part_that_stands_in_the_score(recording, parts):
    score = fromstring(write_musicxml(recording))
    playing = [part for part in score.findall("part") if part.find(".//pitch") is not None or part.find(".//unpitched") is not None]
    assert [_heads(part) for part in playing] == [_heads(root) for root in parts.values()]


def test_rests_of_several_bars_are_counted_and_hide_nothing(recording, parts):
    counted = 0
    for root in parts.values():
        measures = root.findall("part/measure")
        assert len(measures) == len(recording.score.bars)
        for number, measure in enumerate(measures):
            bars = int(measure.findtext("attributes/measure-style/multiple-rest") or 0)
            counted += bars
            for each in measures[number : number + bars]:
                assert all(note.find("rest") is not None for note in each.findall("note"))
            for each in measures[number + 1 : number + bars]:
                assert {element.tag for element in each} <= {"note", "backup", "barline"}
                assert each.find("attributes/measure-style") is None
    assert counted


def test_two_bars_of_rest_are_never_left_uncounted(parts):
    for root in parts.values():
        covered = 0
        for before, measure in zip([None, *(measures := root.findall("part/measure"))], measures, strict=False):
            covered = max(covered - 1, int(measure.findtext("attributes/measure-style/multiple-rest") or 0))
            if covered:
                continue
            bare = all(each.tag == "note" and each.find("rest[@measure]") is not None for each in measure if each.tag != "barline")
            silent = before is not None and all(note.find("rest[@measure]") is not None for note in before.findall("note"))
            assert not (bare and silent) or before.find("forward") is not None or _late(before)


def _late(measure):
    """Tell whether a direction stands over a later place of a measure of rest."""
    tags = [each.tag for each in measure]
    return "direction" in tags[tags.index("note") :]


def test_only_who_plays_from_them_reads_chord_symbols_and_nobody_reads_themes(recording):
    full = full_score(recording.score)
    assert any(text.kind == "theme" for staff in full.staves for text in staff.texts)
    for _, sheet in part_sheets(recording.score):
        chords = any(text.kind == "chord" for text in sheet.texts)
        assert chords == (sheet.staves[0].family in {"plucked", "keys"} and sheet.staves[0].instrument != "harp")
        assert not [text for staff in sheet.staves for text in staff.texts if text.kind == "theme"]
        assert [text for text in sheet.texts if text.kind == "rehearsal"] == [text for text in full.texts if text.kind == "rehearsal"]


def test_parts_are_headed_by_who_plays_and_in_what_key(parts):
    for name, root in parts.items():
        assert name in [each.findtext("credit-words") for each in root.iter("credit")]
        down = root.findtext(".//transpose/chromatic")
        assert (" in " in name) == (down is not None and int(down) % 12 != 0)


def test_the_zip_holds_them_in_order_and_is_the_same_each_time(recording):
    data = write_parts_zip(recording)
    assert data == write_parts_zip(recording)
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        names = [name.removesuffix(".musicxml") for name in book.namelist()]
        assert [name[3:] for name in names] == list(write_parts(recording))
        assert [name[:2] for name in names] == [f"{number:02}" for number in range(1, len(names) + 1)]
