"""Each measure sees what it should: faults planted in a composed scene, one at a time."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from films import HERE, sketches
from motifgen.measure.conformance import measure
from motifgen.measure.curves import curves, perceived_tension, rank_correlation
from motifgen.measure.roughness import roughness_table
from motifgen.sketch.events import notes
from motifgen.story.arc import Arc


@pytest.fixture(scope="module")
def sketch():
    return sketches(HERE / "scenes" / "storm.yaml")[0]


@pytest.fixture(scope="module")
def report(sketch):
    return measure(sketch.recording, sketch.spotting.scene)


def _changed(recording, change):
    """Return a recording whose every note row went through a change."""
    parts = tuple(replace(part, notes=notes([change(part, *map(int, row)) for row in part.notes])) for part in recording.parts)
    return replace(recording, parts=parts)


def test_a_composed_scene_does_what_is_asked(report):
    assert report.arousal > 0.6
    assert report.faults == ()
    assert report.dynamic_range_db > 15
    assert all(hit.audible for hit in report.hits)


def test_hits_moved_by_three_frames_are_seen(sketch):
    late = _changed(sketch.recording, lambda _, on, end, pitch, velocity: (on + 240, end + 240, pitch, velocity))
    before, after = (measure(recording, sketch.spotting.scene).hits for recording in (sketch.recording, late))
    accents = [number for number, hit in enumerate(before) if hit.do in {"accent", "stinger"}]
    assert accents
    for number in accents:
        assert abs(before[number].off_ms) < 1
        assert abs(after[number].off_ms) > 1


def test_sound_in_a_cut_is_seen(sketch):
    held = _changed(sketch.recording, lambda _, on, end, pitch, velocity: (on, max(end, on + 20_000), pitch, velocity))
    cuts = [hit for hit in measure(held, sketch.spotting.scene).hits if hit.do == "cut"]
    assert cuts
    assert not any(hit.audible for hit in cuts)


def test_a_part_pushed_out_of_its_range_is_seen(sketch, report):
    name = sketch.recording.parts[0].name
    high = _changed(sketch.recording, lambda part, on, end, pitch, v: (on, end, min(pitch + 40, 127) if part.name == name else pitch, v))
    found = measure(high, sketch.spotting.scene).faults
    assert any(fault.part == name and "outside" in fault.what for fault in found)
    assert not report.faults


def test_an_arc_turned_upside_down_is_seen(sketch, report):
    scene = sketch.spotting.scene
    points = [replace(point, affect=replace(point.affect, arousal=-point.affect.arousal)) for point in scene.arc.points]
    assert measure(sketch.recording, replace(scene, arc=Arc(tuple(points)))).arousal < 0 < report.arousal


def test_flattened_dynamics_are_seen(sketch, report):
    flat = replace(
        sketch.recording,
        parts=tuple(
            replace(part, controls=part.controls[:0], notes=notes([(int(a), int(b), int(p), 80) for a, b, p, _ in part.notes]))
            for part in sketch.recording.parts
        ),
    )
    assert measure(flat, sketch.spotting.scene).dynamic_range_db < report.dynamic_range_db * 0.75


def test_a_wind_player_without_breath_is_seen(sketch):
    winds = [part for part in sketch.recording.parts if part.family == "woodwind" and len(part.notes) > 4]
    name = winds[0].name

    def endless(part, on, end, *note):
        following = part.notes["onset_tick"][part.notes["onset_tick"] > on]
        return (on, int(following[0]) if part.name == name and len(following) else end, *note)

    found = measure(_changed(sketch.recording, endless), sketch.spotting.scene).faults
    assert any(fault.part == name and "breath" in fault.what for fault in found)


def test_a_louder_middle_is_felt_as_tension(sketch):
    end = sketch.recording.end_tick

    def arch(_part, on, stop, pitch, _velocity):
        return (on, stop, pitch, max(1, int(127 * (1 - abs(2 * on / end - 1)))))

    found = curves(_changed(sketch.recording, arch))
    middle = np.abs(np.linspace(-1, 1, len(found.seconds)))
    assert rank_correlation(perceived_tension(found), 1 - middle) > 0.5


def test_roughness_agrees_with_published_values():
    table = roughness_table()
    assert table[60, 61] > table[60, 62] > table[60, 63] > table[60, 64] > table[60, 65] > table[60, 67] > table[60, 72]
    assert table[36, 40] > table[60, 64] > table[84, 88]
    assert np.allclose(table, table.T)


def test_ranks_are_averaged_over_ties():
    assert rank_correlation(np.array([1.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0])) == 1.0
    assert rank_correlation(np.array([1.0, 1.0, 1.0]), np.array([1.0, 2.0, 3.0])) == 0.0


def test_curves_cover_the_scene(sketch):
    found = curves(sketch.recording)
    assert found.seconds[-1] < sketch.spotting.scene.length <= found.seconds[-1] + Fraction(1, 4)
    assert {len(getattr(found, name)) for name in ("loudness", "pitch", "density", "tempo", "roughness", "parts")} == {len(found.seconds)}
