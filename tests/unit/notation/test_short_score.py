"""The short score: three or four staves that hold the themes, the harmony, the bass and who plays them."""

import pytest

from films import HERE, sketches
from motifgen.files.notation import short_score
from motifgen.files.notation.cues import label
from motifgen.sketch.score import StaffPart

SCENES = {name: sketches(HERE / "scenes" / f"{name}.yaml")[0] for name in ("storm", "waltz", "pianox")}


@pytest.fixture(scope="module", params=sorted(SCENES))
def scene(request):
    score = SCENES[request.param].recording.score
    return score, short_score(score)


def test_it_has_three_or_four_staves_that_can_be_read(scene):
    score, sheet = scene
    struck = any(part.clef == "percussion" and part.notes for part in score.parts)
    assert [staff.name for staff in sheet.staves] == ["Melody", "Harmony", "Bass", *(["Percussion"] if struck else [])]
    for staff in sheet.staves:
        for voiced in staff.voices:
            assert len(voiced) <= 2
            for sound in (sound for voice in voiced for sound in voice if not staff.drums):
                assert len(sound.notes) <= 4
                keys = [note.pitch.midi for note in sound.notes]
                assert not keys or max(keys) - min(keys) <= 24


def test_the_themes_are_on_the_melody_staff(scene):
    """Every bar of a theme shows its notes by name; of three themes at once, the weightiest two."""
    score, sheet = scene
    shown = {(note.onset, note.pitch.midi % 12) for note in sheet.staves[0].notes}
    told = missed = 0
    for part in score.parts:
        for note in part.notes:
            if note.statement >= 0 and part.clef != "percussion" and note.onset < sheet.bars[-1].end:
                told += 1
                missed += (note.onset, note.pitch.midi % 12) not in shown
    assert told
    assert missed <= 0.15 * told


def test_nothing_is_shown_that_is_not_played(scene):
    score, sheet = scene
    for staff in sheet.staves[:3]:
        for note in staff.notes:
            assert any(
                each.onset <= note.onset < each.end and each.pitch.midi % 12 == note.pitch.midi % 12
                for part in score.parts
                for each in part.notes
            )


def test_cues_name_players_where_they_change(scene):
    _, sheet = scene
    for staff in sheet.staves:
        cues = [text for text in staff.texts if text.kind.startswith("cue")]
        assert cues or not staff.notes
        assert all(text.text and len(text.text) < 60 for text in cues)
    assert {text.kind for text in sheet.texts} >= {"rehearsal", "chord"}


def player(name, instrument):
    return StaffPart(name, instrument, 0, "treble", 40, keyboard=False, notes=(), family="strings")


def test_a_whole_family_has_one_name():
    strings = [player("Violins I", "violin"), player("Violins II", "violin"), player("Violas", "viola"), player("Cellos", "cello")]
    assert label(strings) == "Str."
    assert label(strings[:2]) == "Vln. I+II"
