"""The score: each part says what it is said to say, and reacts to what it should."""

from dataclasses import replace

import pytest

from films import HERE, sketches
from motifgen.measure.conformance import measure
from motifgen.measure.score import score, summary
from motifgen.story.arc import Arc


@pytest.fixture(scope="module")
def report():
    sketch = sketches(HERE / "scenes" / "storm.yaml")[0]
    return measure(sketch.recording, sketch.spotting.scene)


def test_each_part_reacts_to_its_own_fault_alone(report):
    whole = score(report)
    hit, theme, fault = report.hits[0], report.themes[0], report.faults
    assert fault == ()
    planted = {
        "hits": replace(report, hits=(replace(hit, audible=False), *report.hits[1:])),
        "tension": replace(report, tension=report.tension - 0.4),
        "arousal": replace(report, arousal=report.arousal - 0.4),
        "valence": replace(report, valence=report.valence_asked + 1),
        "themes": replace(report, themes=(replace(theme, found=0, likeness=0.0), *report.themes[1:])),
        "expressive": replace(report, dynamic_range_db=3.0),
        "varied": replace(report, variety=replace(report.variety, part_bars_repeated=0.8)),
    }
    for name, faulty in planted.items():
        found = score(faulty)
        assert getattr(found, name) < getattr(whole, name), name
        assert replace(found, **{name: getattr(whole, name)}) == whole
        assert found.worsens(whole) == 1
        assert found.total < whole.total


def test_full_marks_are_for_what_is_not_asked(report):
    still = tuple(replace(trace, asked=(0.3,) * 10) for trace in report.traces)
    found = score(replace(report, traces=still, tension=-1.0, arousal=-1.0, hits=(), themes=()))
    assert (found.tension, found.arousal, found.hits, found.themes) == (1.0, 1.0, 1.0, 1.0)
    hints = tuple(replace(theme, role="hint", likeness=0.0) for theme in report.themes)
    assert score(replace(report, themes=hints)).themes == 1.0


def test_a_constant_arc_is_met_by_any_music():
    sketch = sketches(HERE / "scenes" / "storm.yaml")[0]
    scene = replace(sketch.spotting.scene, arc=Arc.of((0, "calm")))
    found = score(measure(sketch.recording, scene, search=False))
    assert (found.tension, found.arousal) == (1.0, 1.0)


def test_the_summary_says_the_score_of_its_report(report):
    said = summary(report)
    assert said["score"]["total"] == score(report).total
    assert said["arc"]["tension"]["correlation"] == report.tension
    assert len(said["hits"]) == len(report.hits)
