"""Hard scenes, told from the bytes of the MIDI file alone: hits fall on beats, cuts and pauses are silent."""

from __future__ import annotations

import io
from fractions import Fraction
from itertools import pairwise

import mido
import pytest

from motifgen.files.midi import write_midi
from motifgen.files.scene_file import read_story
from motifgen.story.timecode import RATES, FrameRate
from motifgen.takes import compose

MS = Fraction(1, 1000)
HEAD = """\
motifgen: 1
frame_rate: {rate}
style: {style}
characters:
  mara: {{motif: {{key: D minor, notes: "A3/q | D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h"}}}}
scenes:
  - id: 1m1
    start: {start}
    length: 30
    arc: [{{at: 0, feel: calm}}, {{at: 12, feel: terror}}]
    cast: [{{who: mara}}]
    hits:
"""


def composed(tmp_path, hits, rate="24", style="piano", start="01:00:00:00"):
    path = tmp_path / "film.yaml"
    path.write_text(HEAD.format(rate=rate, style=style, start=start) + "".join(f"      - {{{hit}}}\n" for hit in hits))
    story = read_story(path)
    return story.scenes[0], Told(write_midi(compose(story.scenes[0], story).recording))


class Told:
    """What a file says, in seconds: its beats, and when each note begins and ends."""

    def __init__(self, data):
        self.file = mido.MidiFile(file=io.BytesIO(data), charset="utf-8")
        self.tempi = [(tick, event.tempo) for tick, event in self._events(0) if event.type == "set_tempo"]
        meters = [(tick, event.denominator) for tick, event in self._events(0) if event.type == "time_signature"]
        end = max(tick for number in range(len(self.file.tracks)) for tick, _ in self._events(number))
        spans = zip(meters, [*(tick for tick, _ in meters[1:]), end], strict=True)
        self.beats = [
            self.second(tick) for (first, unit), last in spans for tick in range(first, last, 4 * self.file.ticks_per_beat // unit)
        ]
        self.notes = sorted(note for number in range(1, len(self.file.tracks)) for note in self._notes(number))

    def _events(self, number):
        now = 0
        for event in self.file.tracks[number]:
            now += event.time
            yield now, event

    def _notes(self, number):
        begun = {}
        for tick, event in self._events(number):
            if event.type == "note_on" and event.velocity > 1:
                begun[event.channel, event.note] = tick
            elif event.type in {"note_on", "note_off"} and (event.channel, event.note) in begun:
                yield self.second(begun.pop((event.channel, event.note))), self.second(tick)

    def second(self, tick):
        steps = pairwise([*self.tempi, (10**9, 0)])
        passed = sum(max(min(tick, end) - start, 0) * tempo for (start, tempo), (end, _) in steps)
        return Fraction(passed, self.file.ticks_per_beat * 1_000_000)

    def off(self, at):
        return min(abs(beat - at) for beat in self.beats)


@pytest.mark.parametrize("rate", RATES)
def test_hits_before_and_after_midnight_fall_on_beats_at_every_rate(tmp_path, rate):
    exact = FrameRate.named(rate)
    last, colon = exact.nominal - 1, ":;"[exact.drop]
    hits = [
        f"at: 23:59:54{colon}{last // 2:02}, what: before",
        f"at: 00:00:01{colon}{last:02}, what: after, on: downbeat",
        f"at: 00:00:07{colon}01, do: cut",
    ]
    scene, told = composed(tmp_path, hits, rate, start=f"23:59:50{colon}00")
    before, after, cut = (hit.at for hit in scene.hits)
    assert before < 5
    assert 11 < after < 13 < cut
    assert [told.off(at) <= MS for at in (before, after, cut)] == [True] * 3
    assert not [note for note in told.notes if note[0] < cut < note[1] - Fraction(50, 1000)]


@pytest.mark.parametrize("style", ["piano", "orchestral", "electronic", "folk"])
def test_pauses_next_to_cuts_are_silent_and_on_their_frames(tmp_path, style):
    hits = [
        "at: 9, do: pause",
        "at: 10.5, do: cut",
        "at: 11, do: accent",
        "at: 17.3, do: swell",
        "at: 20, do: cut",
        "at: 24, do: entry, who: mara",
    ]
    scene, told = composed(tmp_path, hits, style=style)
    assert max(told.off(hit.at) for hit in scene.hits) <= MS
    for start, end in ((Fraction(9), Fraction("9.45")), (Fraction("10.5"), Fraction("10.9")), (Fraction(20), Fraction("23.9"))):
        assert not [note for note in told.notes if note[0] < end - Fraction(50, 1000) and note[1] > start + Fraction(50, 1000)]


def test_hits_at_the_first_frames_and_at_the_last(tmp_path):
    hits = ["at: 0, do: accent", "at: 01:00:00:03, do: stinger", "at: 01:00:29:20, do: accent", "at: 01:00:29:23, do: cut"]
    scene, told = composed(tmp_path, hits)
    first, _, _, cut = (hit.at for hit in scene.hits)
    assert told.off(first) == 0
    assert told.off(cut) <= scene.frame_rate.seconds(1) + MS
    ledger = compose(scene).recording.ledger
    assert [hit["met"] for hit in ledger["hits"]] == [True] * 4
    assert not [note for note in told.notes if note[1] > cut + Fraction(50, 1000)]


def test_a_range_of_tempi_that_forbids_a_hit_is_kept_and_the_hit_is_named(tmp_path):
    hits = [f"at: {at}, what: h{number}" for number, at in enumerate(("4.1", "6.7", "9.9", "13.3", "15.15", "21.7", "26.6"))]
    path = tmp_path / "film.yaml"
    text = HEAD.format(rate=24, style="piano", start="01:00:00:00").replace("length: 30", "length: 30\n    tempo: [80, 82]")
    path.write_text(text + "".join(f"      - {{{hit}}}\n" for hit in hits))
    story = read_story(path)
    recording = compose(story.scenes[0], story).recording
    assert all(80 <= 60_000_000 / step <= 82.001 for _, step in recording.tempo.steps)
    missed = [hit["what"] for hit in recording.ledger["hits"] if not hit["met"]]
    assert missed
    for what in missed:
        (said,) = [text for text in recording.ledger["warnings"] if f"'{what}'" in text and "is missed" in text]
        assert "frames" in said
        assert "where 80.0 to 82.0 are allowed" in said
