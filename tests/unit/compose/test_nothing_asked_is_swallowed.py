"""What was asked of a moment is in the recording of it, whatever else lies near."""

from __future__ import annotations

from fractions import Fraction

import pytest

from motifgen import Arc, Cast, Character, Hit, Motif, Scene, compose
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Asked, BarPlace

WIDE = Character("wide", Motif.parse("C3/q G3/q Eb4/q C5/q | B4/h Ab3/h | G3/w", key="C minor"))
LOW = Character("low", Motif.parse("Eb2/e Fb2 Eb2 Fb2 | Eb2/w", key="Eb minor"), voice=["contrabassoon"])
LOWER = Character("lower", Motif.parse("Bb1/w | Cb2/w | Bb1/w | Ab1/w", key="Eb minor"), voice=["tuba"])


def onsets(recording: Recording) -> list[float]:
    return sorted(float(recording.tempo.seconds(int(tick))) for part in recording.parts for tick in part.notes["onset_tick"])


@pytest.mark.parametrize("style", ["western", "action", "scifi", "chamber"])
@pytest.mark.parametrize("feel", ["anger", "serene"])
def test_music_goes_on_within_two_seconds_of_a_held_breath(style, feel):
    scene = Scene(
        "x", 40, Arc.of((0, feel), (26, "calm")), cast=[Cast(WIDE)], hits=[Hit(Fraction("21.37"), "pause", on="any")], style=style
    )
    recording = compose(scene).recording
    landed = recording.ledger["hits"][0]["landed_seconds"]
    assert min(at for at in onsets(recording) if at > landed + 0.1) - landed <= 2.05


def test_a_breath_held_where_asked_silence_ends_goes_on_as_well():
    hits = [Hit(Fraction("20.6"), "pause", on="any")]
    scene = Scene("x", 40, Arc.of((0, "anger")), cast=[Cast(WIDE, (0, 15))], hits=hits, silence=[(17, 20)], style="intimate", tempo=60)
    recording = compose(scene).recording
    assert any(20 < at < 22.8 for at in onsets(recording))


@pytest.mark.parametrize("on", ["beat", "downbeat"])
@pytest.mark.parametrize("gap", ["0.05", "0.46"])
def test_a_cut_that_has_no_beat_keeps_its_frame_and_leaves_the_blow_before_it(on, gap):
    at = Fraction(20)
    hits = [Hit(at, "accent", on="downbeat"), Hit(at + Fraction(gap), "cut", on=on, must=False)]
    sketch = compose(Scene("x", 40, Arc.of((0, "anger")), cast=[Cast(WIDE)], hits=hits, tempo=60))
    blow, cut = sketch.recording.ledger["hits"]
    assert abs(cut["landed_seconds"] - float(hits[1].at)) < 0.001
    heard = [at for at in onsets(sketch.recording) if at > blow["landed_seconds"] - 0.05]
    assert min(heard) < blow["landed_seconds"] + 0.05
    assert max(heard) <= cut["landed_seconds"]
    assert cut["met"] or any("stops the sound on its frame" in said for said in sketch.recording.ledger["warnings"])


@pytest.mark.parametrize("style", ["orchestral", "chamber"])
def test_two_low_themes_at_once_keep_all_their_notes(style):
    asked = [Asked(BarPlace(3), LOW, by="contrabassoon"), Asked(BarPlace(2), LOWER, by="tuba")]
    scene = Scene("x", 40, Arc.of((0, "calm")), cast=[Cast(LOW), Cast(LOWER)], statements=asked, style=style, meter="4/4")
    ledger = compose(scene).recording.ledger
    found = {row["who"]: len(row["notes"]) for row in ledger["statements"] if row["asked"]}
    assert found == {"low": len(LOW.motif.sounding()), "lower": len(LOWER.motif.sounding())}
    assert any("two themes lie closer than their depth allows" in said for said in ledger["warnings"])
