"""Threads: one held note where a clearing or a rest of the tune would leave nothing."""

from __future__ import annotations

import pytest

from motifgen import Arc, Hit, Scene, compose

ARC = Arc.of((0, "calm"), (14, "dread"), (30, "terror"))
HITS = (Hit(19, "stinger", "a door"), Hit(26, "cut", "dark"))


@pytest.fixture(scope="module", params=["intimate", "noir", "piano"])
def sketch(request):
    return compose(Scene("1m1", 36, ARC, style=request.param, hits=HITS, seed=3))


def covered(spans, start, end):
    """Return the seconds of a stretch in which something sounds."""
    total, until = 0.0, start
    for one, other in sorted(spans):
        total += max(min(other, end) - max(one, until), 0.0)
        until = max(until, min(other, end))
    return total


def seconds(sketch, notes):
    at = sketch.spotting.seconds
    return [(float(at(note.onset)), float(at(note.end))) for note in notes]


def test_before_a_stinger_somebody_holds_a_note(sketch):
    played = seconds(sketch, (note for part in sketch.scoring.parts for note in part.notes))
    assert covered(played, 18.0, 19.0) > 0.8


def test_what_a_cut_silences_stays_silent(sketch):
    played = seconds(sketch, (note for part in sketch.scoring.parts for note in part.notes))
    rest = next(rest for rest in sketch.spotting.rests if abs(float(sketch.spotting.seconds(rest.start)) - 26) < 0.1)
    start, end = (float(sketch.spotting.seconds(at)) for at in (rest.start, rest.end))
    assert covered(played, start, end) == pytest.approx(0, abs=1e-6)


def test_a_thread_is_played_however_full_the_bar_around_it_is(sketch):
    threads = [note for line in sketch.texture.lines if line.role == "drone" for note in line.notes if "solo" in note.marks]
    played = {note.onset for part in sketch.scoring.parts for note in part.notes}
    assert threads
    assert {note.onset for note in threads} <= played


def test_a_thread_trembles_where_it_is_tense_and_nowhere_else(sketch):
    for line in sketch.texture.lines:
        for note in line.notes:
            if line.role == "drone" and "solo" in note.marks:
                assert ("tremolo" in note.marks) == (sketch.spotting.affect(note.onset).tension > 0.5)
