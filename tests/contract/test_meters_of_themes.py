"""Whose theme leads gives the meter, from the scene arc file to bars, statements, MIDI and notation."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import mido
import pytest

from motifgen.files.midi import write_midi
from motifgen.files.musicxml.write import to_musicxml
from motifgen.files.scene_file import read_story
from motifgen.sketch.recording import Recording
from motifgen.story.scene import Scene
from motifgen.takes import compose

FATHER = """\
motifgen: 1
style: chamber
characters:
  ines: {{name: Ines, motif: {{key: D minor, meter: 3/4, notes: "A4/h Bb4/q | A4/q. G4/e F4/q | E4/h F4/q | D4/h."}}}}
  father: {{name: Father, motif: {{key: D minor, meter: 4/4, notes: "D4/h A4/q. G4/e | F4/q E4/q D4/h"}}}}
scenes:
  - id: 1m1
    {more}
    length: 1:50
    arc: [{{at: 0, feel: calm}}, {{at: 0:40, feel: longing}}, {{at: 1:02, feel: fear}}, {{at: 1:50, feel: sadness}}]
    cast: [{{who: ines}}, {{who: father, from: 1:02}}]
    hits: [{{at: 0:21.5, do: accent}}, {{at: 1:02, do: reveal, who: father}}, {{at: 1:20, do: accent}}]
"""
ALONE = """\
motifgen: 1
style: {style}
characters:
  host: {{name: The Host, motif: {{key: E minor, meter: {meter}, notes: "{notes}"}}}}
scenes:
  - id: 1m1
    length: 0:50
    arc: [{{at: 0, feel: tension}}, {{at: 0:30, feel: anger}}, {{at: 0:50, feel: triumph}}]
    cast: [{{who: host}}]
    hits: [{{at: 0:12, do: accent}}, {{at: 0:30, do: stinger}}]
"""


def composed(tmp_path: Path, text: str) -> Recording:
    path = tmp_path / "film.yaml"
    path.write_text(text, encoding="utf-8")
    story = read_story(path)
    (scene,) = (it for it in story.scenes if isinstance(it, Scene))
    return compose(scene, story).recording


def test_a_reveal_begins_a_stretch_in_the_meter_of_its_theme(tmp_path: Path) -> None:
    recording = composed(tmp_path, FATHER.format(more="style: chamber"))
    ledger = recording.ledger
    turn = next(hit for hit in ledger["hits"] if hit["do"] == "reveal")
    assert (turn["beat"], turn["met"]) == (1.0, True)
    before = {bar["meter"] for bar in ledger["bars"] if bar["bar"] < turn["bar"]}
    after = {bar["meter"] for bar in ledger["bars"] if bar["bar"] >= turn["bar"]}
    assert (before, after) == ({"3/4"}, {"4/4"})
    assert f"from bar {turn['bar']} the meter is 4/4, for Father" in ledger["warnings"]
    told = [it for it in ledger["statements"] if it["who"] == "father"]
    assert told
    assert not any("meter" in step for it in told for step in it["transforms"])
    assert (told[0]["bar"], told[0]["beat"], told[0]["likeness"]) == (turn["bar"], 1.0, 1.0)
    waltz = [it for it in ledger["statements"] if it["who"] == "ines" and it["bar"] < turn["bar"]]
    assert waltz
    assert not any("meter" in step for it in waltz for step in it["transforms"])


def test_a_meter_in_the_file_binds_the_scene_and_the_theme_is_recast(tmp_path: Path) -> None:
    ledger = composed(tmp_path, FATHER.format(more="meter: 3/4")).ledger
    assert {bar["meter"] for bar in ledger["bars"]} == {"3/4"}
    assert any("is in 4/4 and the scene in 3/4: it is recast" in text for text in ledger["warnings"])
    assert any("meter 3/4" in it["transforms"] for it in ledger["statements"] if it["who"] == "father")


@pytest.mark.parametrize(
    ("style", "meter", "notes"),
    [
        ("epic", "7/8", "E4/q G4/q B4/q. | A4/q G4/q E4/q."),
        ("western", "12/8", "E4/q. B4/q. A4/q G4/e E4/q. | D4/q. E4/h. B3/q."),
        ("noir", "5/4", "E4/q G4/q B4/q A#4/q B4/q | C5/h. B4/h"),
        ("electronic", "3/4", "E4/q. F#4/e G4/q | B4/h A4/q"),
    ],
)
def test_a_first_lead_brings_its_own_meter_whatever_the_style_lists(tmp_path: Path, style: str, meter: str, notes: str) -> None:
    ledger = composed(tmp_path, ALONE.format(style=style, meter=meter, notes=notes)).ledger
    meters = [bar["meter"] for bar in ledger["bars"]]
    assert meters.count(meter) > 0.85 * len(meters)
    assert all(hit["met"] for hit in ledger["hits"])
    assert not any("recast" in text or "across the bar lines" in text for text in ledger["warnings"])
    assert max(it["likeness"] for it in ledger["statements"]) == 1.0


def test_the_midi_file_and_the_page_change_where_the_bars_do(tmp_path: Path) -> None:
    recording = composed(tmp_path, FATHER.format(more="style: chamber"))
    bars = {bar.tick: bar.meter for bar in recording.bars}
    conductor = mido.MidiFile(file=BytesIO(write_midi(recording))).tracks[0]
    signs, tick = [], 0
    for message in conductor:
        tick += message.time
        if message.type == "time_signature":
            signs.append((tick, f"{message.numerator}/{message.denominator}"))
    assert [sign for _, sign in signs] == ["3/4", "4/4"]
    assert all(str(bars[at]) == sign for at, sign in signs)
    part = ET.fromstring(to_musicxml(recording)).find("part")  # noqa: S314 - our own page
    assert part is not None
    measures = part.findall("measure")
    shown = [(n, f"{time.findtext('beats')}/{time.findtext('beat-type')}") for n, it in enumerate(measures) for time in it.iter("time")]
    assert [(recording.bars[n].tick, sign) for n, sign in shown] == signs
