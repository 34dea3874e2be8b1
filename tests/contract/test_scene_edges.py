"""Extreme but right scene files: each is composed, lasts as long as it says, keeps its silences and can be read back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from motifgen.compose.compose import compose
from motifgen.files.export import ledger_json
from motifgen.files.midi import write_midi
from motifgen.files.midi_read import read_back
from motifgen.files.scene_file import read_story
from motifgen.motif.transform.table import transform_names
from motifgen.story.scene import Scene

FILM = """\
motifgen: 1
characters:
  mara: {motif: {key: D minor, notes: "D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h"}}
  tom: {TOM}
scenes:
  - id: 1m1
    style: STYLE
    length: LENGTH
    arc: [ARC]
    cast: [CAST]
    MORE
"""
USUAL = {
    "TOM": "",
    "STYLE": "piano",
    "LENGTH": "16",
    "ARC": "{at: 0, feel: calm}, {at: 8, feel: fear}",
    "CAST": "{who: mara}",
    "MORE": "title: Storm",
}
HITS = ("accent", "stinger", "swell", "entry", "reveal", "pause", "cut")


def motif(fields: str) -> dict[str, str]:
    """Return a film whose only theme has these fields."""
    return {"TOM": f"motif: {{{fields}}}", "CAST": "{who: tom}"}


def more(line: str) -> dict[str, str]:
    """Return a film with one more line in its scene."""
    return {"MORE": line}


EDGES: dict[str, dict[str, str]] = {
    "one second": {"LENGTH": "1", "ARC": "{at: 1, feel: terror}", "MORE": "hits: [{at: 0.4}, {at: 0.9, do: cut}]"},
    "a long second": {"LENGTH": "1.5", "ARC": "{at: 0, feel: fear}"},
    "an odd length": {"LENGTH": "7.777", "ARC": "{at: 0, feel: hope}"},
    "no cast": {"CAST": ""},
    "a cast of a frame": {"CAST": "{who: mara, to: 0.04}, {who: tom, from: 15.96}"},
    "hints only": {"CAST": "{who: mara, role: hint}, {who: tom, role: hint}"},
    "one in two roles": {"CAST": "{who: mara}, {who: mara, role: support}"},
    "a jump": {"ARC": "{at: 0, feel: terror}, {at: 0, feel: calm}"},
    "a trembling arc": {"ARC": ", ".join(f"{{at: {tenth / 10}, feel: {'terror' if tenth % 2 else 'calm'}}}" for tenth in range(160))},
    "the slowest": more("tempo: 20"),
    "the fastest": more("tempo: 300"),
    "one bar of one": more("meter: 1/1"),
    "a long bar": more("meter: 99/32"),
    "uneven bars": more("meter: 11/16"),
    "seven flats": more("key: Cb major"),
    "double flats": more("key: Bbb major"),
    "silence throughout": more("silence: [{}]"),
    "silences that overlap": more("silence: [{from: 3, to: 9}, {from: 5, to: 12}, {from: 5, to: 6}]"),
    "many silences": more(f"silence: [{', '.join(f'{{from: {at}, to: {at + 0.5}}}' for at in range(15))}]"),
    "words throughout": more("dialogue: [{}]"),
    "a hit in silence": more("silence: [{from: 3, to: 9}]\n    hits: [{at: 5}]"),
    "a cut at the end": more("hits: [{at: 16, do: cut}]"),
    "a swell to the end": more("hits: [{at: 16, do: swell}]"),
    "too many hits": more(f"hits: [{', '.join(f'{{at: {at * 0.37:.2f}}}' for at in range(40))}]"),
    "too many downbeats": more(f"hits: [{', '.join(f'{{at: {at * 0.93:.2f}, on: downbeat}}' for at in range(16))}]"),
    **{f"{do} on the first frame": more(f"hits: [{{at: 0, do: {do}}}]") for do in HITS},
    **{f"{do} on the last frame": more(f"hits: [{{at: 15.96, do: {do}}}]") for do in HITS},
    "all at once": more(f"hits: [{', '.join(f'{{at: 8, do: {do}}}' for do in HITS)}]"),
    "a statement on the last frame": more("statements: [{at: 15.96, who: mara}]"),
    "a statement after the last bar": more("statements: [{at: bar 9999, who: mara}]"),
    "a statement in silence": more("silence: [{from: 2, to: 9}]\n    statements: [{at: 4, who: mara}]"),
    "a statement fifty times as long": more("statements: [{at: 0, who: mara, as: augment 50}]"),
    "a statement beyond hearing": more("statements: [{at: 0, who: mara, as: transpose 100}]"),
    "a theme for a drum": {"STYLE": "chamber", "MORE": "statements: [{at: 3, who: mara, by: snare drum}]"},
    "statements on statements": more(f"statements: [{', '.join(f'{{at: {at}, who: mara}}' for at in range(16))}]"),
    "only a rest": motif('key: C major, notes: "r/w"'),
    "a spark": motif('key: C major, notes: "C4/t"'),
    "from the bottom to the top": motif('key: C major, notes: "C-1/q C12/q"'),
    "one long note": motif('key: C major, notes: "C4/w~ C4/w~ C4/w~ C4/w"'),
    "very many notes": motif(f'key: C major, notes: "{"C4/e D4 E4 F4 " * 50}"'),
    "double sharps": motif('key: F## major, notes: "F##4/q C###5/q"'),
    "tuplets": motif('key: C major, notes: "C4/e3 D4 E4 F4/q5 G4 A4/s7"'),
    "chords of another world": motif('key: C locrian, notes: "[Bdim] C4/q [F#maj7/E] D4/q"'),
    "one invented note": motif("invent: {notes: 1}"),
    "very many invented notes": motif("invent: {notes: 64}"),
    "nothing may be done": {"TOM": f"keep: 1, never: [{', '.join(transform_names())}]", "CAST": "{who: tom}"},
}  # fmt: skip


@pytest.mark.parametrize("edge", EDGES.values(), ids=EDGES.keys())
def test_an_extreme_film_is_composed_as_it_says(tmp_path: Path, edge: dict[str, str]) -> None:
    text = FILM
    for place, usual in USUAL.items():
        text = text.replace(place, edge.get(place, usual), 1)
    (tmp_path / "film.yaml").write_text(text, encoding="utf-8")
    story = read_story(tmp_path / "film.yaml")
    scene = story.scenes[0]
    assert isinstance(scene, Scene)
    made = compose(scene, story).recording
    # A tick at the slowest tempo is some 3 ms; the end is a tick.
    assert float(made.tempo.seconds(made.end_tick)) == pytest.approx(float(scene.length), abs=0.004)
    assert json.loads(ledger_json(made))["length_seconds"] == pytest.approx(float(scene.length))
    back = {track.name: len(track.notes) for track in read_back(write_midi(made)).tracks}
    assert [(part.name, back[part.name]) for part in made.parts] == [(part.name, len(part.notes)) for part in made.parts]
    onsets = [float(made.tempo.seconds(int(tick))) for part in made.parts for tick in part.notes["onset_tick"]]
    # Players are human: half a frame before a silence ends they may have begun.
    assert not [at for at in onsets for span in scene.silence if span.start + 1 / 100 < at < span.end - 1 / 48]
