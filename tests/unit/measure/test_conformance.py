"""Each measure sees what it should: faults planted in a composed scene, one at a time."""

import json
from dataclasses import fields, replace
from fractions import Fraction

import numpy as np
import pytest

from films import HERE, sketches
from motifgen.measure.conformance import measure
from motifgen.measure.curves import curves
from motifgen.measure.felt import perceived_tension
from motifgen.measure.ranks import rank_correlation
from motifgen.motif.motif import Motif
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


def test_a_hit_moved_by_three_frames_is_seen(sketch):
    """The picture is moved, not the music: every accent is asked three frames sooner than it is played."""
    scene = sketch.spotting.scene
    frames = 3 / scene.frame_rate.fps
    moved = replace(scene, hits=tuple(replace(hit, at=hit.at - frames) for hit in scene.hits))
    before, after = (measure(sketch.recording, asked).hits for asked in (scene, moved))
    accents = [number for number, hit in enumerate(before) if hit.do in {"accent", "stinger"}]
    assert accents
    for number in accents:
        assert before[number].audible
        assert abs(before[number].off_frames) < 0.05
        assert not after[number].audible
        assert abs(after[number].off_frames) > 1


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


def test_ranks_are_averaged_over_ties():
    assert rank_correlation(np.array([1.0, 1.0, 2.0]), np.array([1.0, 1.0, 2.0])) == 1.0
    assert rank_correlation(np.array([1.0, 1.0, 1.0]), np.array([1.0, 2.0, 3.0])) == 0.0


def test_curves_cover_the_scene(sketch):
    found = curves(sketch.recording)
    assert found.seconds[-1] < sketch.spotting.scene.length <= found.seconds[-1] + Fraction(1, 4)
    assert {len(getattr(found, field.name)) for field in fields(found)} == {len(found.seconds)}


def test_a_theme_that_is_taken_out_is_seen(sketch, report):
    leads = [heard for heard in report.themes if heard.role == "lead"]
    assert leads
    assert all(heard.found and heard.first_seconds is not None for heard in leads)
    level = _changed(sketch.recording, lambda _, on, end, __, velocity: (on, end, 60, velocity))
    assert not any(heard.found for heard in measure(level, sketch.spotting.scene).themes)
    assert measure(sketch.recording, sketch.spotting.scene, search=False).themes == ()


def test_a_theme_of_somebody_else_is_not_taken_for_the_one_that_is_asked(sketch):
    scene = sketch.spotting.scene
    other = Motif.parse("C5/e. B4/s Bb4/q F#5/e A3/e. Eb5/s D4/h", key="C major")
    cast = tuple(replace(each, who=replace(each.who, motif=other)) for each in scene.cast[:1])
    assert measure(sketch.recording, replace(scene, cast=cast)).themes[0].likeness < 0.6


def test_a_report_is_plain_json(report):
    said = json.loads(json.dumps(report.as_json()))
    assert [trace["axis"] for trace in said["traces"]] == ["tension", "arousal", "valence"]
    assert len(said["traces"][0]["asked"]) == len(said["traces"][0]["perceived"])
