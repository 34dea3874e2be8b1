"""After a recut the music that was not touched is the music that was there."""

from __future__ import annotations

from fractions import Fraction

import pytest

from motifgen.files.scene_file import read_story
from motifgen.files.timelines.change_list import read_changes
from motifgen.files.timelines.recut import edit, recut
from motifgen.sketch.events import PPQ
from motifgen.story.timecode import Timecode
from motifgen.takes import compose

SCENE = """motifgen: 1
style: chamber
characters:
  mara: {motif: {key: D minor, meter: 4/4, notes: "D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h"}}
scenes:
  - id: 1m1
    start: 01:00:00:00
    length: 1:20
    arc: [{at: 0, feel: calm}, {at: 0:30, feel: hope}, {at: 1:10, feel: fear}]
    cast: [{who: mara}]
    hits:
      - {at: 0:20, what: the door, on: downbeat}
      - {at: 0:50, what: the lamp}
      - {at: 1:10, what: the fall}
"""
COUNT, APART = 60, 24 * 60
FIRST = 86_400


def at(frame: int) -> str:
    return str(Timecode(frame))


def film() -> str:
    """Sixty cues a minute apart, of 20 to 39 s, each with a comment; every tenth is source music."""
    lines = ["# the locked cut of May", "motifgen: 1", "style: piano", "characters:"]
    lines += ['  mara: {motif: {key: D minor, notes: "D4/q A4/q. G4/e F4/q | E4/h D4/h"}}', "scenes:"]
    for n in range(COUNT):
        start = FIRST + n * APART
        lines += [f"  - id: {n // 20 + 1}m{n % 20 + 1}   # cue {n}", f"    start: {at(start)}", f"    length: {20 + n % 20}  # as spotted"]
        if n % 10 == 9:
            lines.append("    source: {title: Harbour Lights}")
        else:
            lines += ["    arc: [{at: 0, feel: calm}, {at: 12, feel: hope}]", "    cast: [{who: mara}]  # only she"]
            lines.append(f"    hits: [{{at: {at(start + 24 * 10)}, what: hit {n}}}, {{at: 16.5, what: late {n}}}]")
    return "\n".join([*lines, ""])


def played(path, number=0):
    story = read_story(path)
    return compose(story.scenes[number], story).recording


def themes(recording, until):
    """Return the statements that are over by a moment: where, whose, changed how, and each note's written place and pitch."""
    rows = [row for row in recording.ledger["statements"] if row["end_seconds"] <= until]
    places = [tuple(str(row[name]) for name in ("bar", "beat", "who", "transforms", "key")) for row in rows]
    return list(zip(places, [[_beat(recording, *note) for note in row["notes"]] for row in rows], strict=True))


def _beat(recording, seconds, pitch):
    # Players are a few ticks off, differently where the tempo differs by a hair; what is written is a sixteenth.
    return round(recording.tempo.exact_tick(Fraction(seconds)) / PPQ * 4), pitch


@pytest.mark.parametrize(("where", "by"), [("0:42", "-14f"), ("0:42", "+5f"), ("1:00", "-2f"), ("0:55", "+30f")])
def test_themes_before_an_edit_are_the_same_in_the_same_bars(tmp_path, where, by):
    path = tmp_path / "film.yaml"
    path.write_text(SCENE)
    before, story = played(path), read_story(path)
    path.write_text(recut(path, [edit(where, by, story)])[0])
    after = played(path)
    minutes, seconds = where.split(":")
    until = 60 * int(minutes) + int(seconds) - 2
    assert themes(before, until) == themes(after, until)
    # Enough to compare: a theme in every fourteen seconds.
    assert 14 * len(themes(before, until)) >= until
    bars = [[(row["bar"], row["meter"]) for row in each.ledger["bars"] if row["start_seconds"] <= until] for each in (before, after)]
    assert bars[0] == bars[1]
    assert all(row["met"] for row in after.ledger["hits"])


def test_sixty_cues_follow_a_change_list_in_one_pass(tmp_path):
    path = tmp_path / "film.yaml"
    text = film()
    path.write_text(text)
    before = read_story(path)
    # Inside cue 3, between cues 10 and 11, inside cue 40; the list counts the picture as it was.
    places = [at(FIRST + cue * APART + 24 * second) for cue, second in ((3, 12), (10, 50), (40, 5))]
    changes = f"at,by\n{places[0]} -14f\n{places[1]},+100f\n{places[2]} -24f  # less\n"
    new, said = recut(path, read_changes(changes, "changes.csv", before))
    path.write_text(new)
    after = read_story(path)
    moved = [(-14 if n > 3 else 0) + (100 if n > 10 else 0) + (-24 if n > 40 else 0) for n in range(COUNT)]
    assert [b.start.frames - a.start.frames for a, b in zip(before.scenes, after.scenes, strict=True)] == moved
    shorter = {3: Fraction(14, 24), 40: Fraction(1)}
    for n, (one, other) in enumerate(zip(before.scenes, after.scenes, strict=True)):
        assert abs(one.length - other.length - shorter.get(n, 0)) < Fraction(1, 10**6)
        if n not in shorter and n % 10 != 9:
            assert [hit.at for hit in one.hits] == [hit.at for hit in other.hits]
    assert [line.partition("#")[2] for line in new.split("\n")] == [line.partition("#")[2] for line in text.split("\n")]
    untouched = [line for line, old in zip(new.split("\n"), text.split("\n"), strict=True) if line == old]
    assert len(untouched) == len(text.split("\n")) - len({line for line in said if "->" in line}) + _two_on_a_line(said)


def _two_on_a_line(said):
    """Return how many moved times share a line with another: of a cue's two hits, those that both moved."""
    hits = [line.split(":")[0] for line in said if ": hits" in line and "->" in line]
    return len(hits) - len(set(hits))


def test_a_cue_that_only_moved_is_the_same_to_the_note(tmp_path):
    path = tmp_path / "film.yaml"
    path.write_text(film())
    story = read_story(path)
    before = [played(path, number) for number in (2, 12)]
    path.write_text(recut(path, [edit(at(FIRST + 3 * APART + 24 * 12), "-14f", story)])[0])
    after = [played(path, number) for number in (2, 12)]
    for one, other in zip(before, after, strict=True):
        assert [part.notes.tobytes() + part.controls.tobytes() for part in one.parts] == [
            part.notes.tobytes() + part.controls.tobytes() for part in other.parts
        ]
        assert one.tempo == other.tempo
        assert {**one.ledger, "start_timecode": ""} == {**other.ledger, "start_timecode": ""}
    assert before[0].ledger["start_timecode"] == after[0].ledger["start_timecode"]
    assert before[1].ledger["start_timecode"] != after[1].ledger["start_timecode"]
