"""The picture of a report shows what the report says, and nothing that the report does not say."""

import sys
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from films import HERE, sketches
from motifgen.cli import main
from motifgen.files.midi import write_midi
from motifgen.measure.conformance import measure
from motifgen.measure.picture import picture

NAME = "{http://www.w3.org/2000/svg}"
RED = "#b00020"


@pytest.fixture(scope="module")
def sketch():
    return sketches(HERE / "scenes" / "storm.yaml")[0]


@pytest.fixture(scope="module")
def report(sketch):
    return measure(sketch.recording, sketch.spotting.scene)


def drawn(report, title=""):
    return ET.fromstring(picture(report, title))  # noqa: S314 - our own file


def red(root):
    return [each for each in root.iter() if RED in (each.get("fill"), each.get("stroke"))]


def test_curves_hits_and_themes_are_where_they_are_in_time(report):
    root = drawn(report, "Storm & <Sea>")
    texts = ["".join(each.itertext()) for each in root.iter(f"{NAME}text")]
    assert "Storm & <Sea>" in texts
    assert f"ranks {report.tension:+.2f}" in texts
    curves = [[tuple(map(float, point.split(","))) for point in each.get("points").split()] for each in root.iter(f"{NAME}polyline")]
    assert [len(curve) for curve in curves] == [len(report.traces[0].asked)] * 6
    asked = curves[0]
    assert min(asked, key=lambda point: point[1])[0] == pytest.approx(asked[60][0])  # the storm is at its worst after a minute
    assert asked[60][1] < asked[0][1]
    hits = list(root.iter(f"{NAME}line"))
    assert [float(line.get("x1")) for line in hits] == sorted(float(line.get("x1")) for line in hits)
    assert len(hits) == len(report.hits)
    assert not red(root)
    second = (curves[0][-1][0] - curves[0][0][0]) / (len(curves[0]) - 1)
    for line, hit in zip(hits, report.hits, strict=True):
        assert float(line.get("x1")) == pytest.approx(curves[0][0][0] + hit.asked_seconds * second, abs=0.2)
    captions = [each.text for each in root.iter(f"{NAME}title")]
    assert sum("likeness" in caption for caption in captions) == sum(theme.found for theme in report.themes) > 4


def test_what_is_wrong_is_red(sketch, report):
    missed = replace(report, hits=tuple(replace(hit, audible=False) for hit in report.hits))
    assert len(red(drawn(missed))) == 2 * len(report.hits)
    lost = replace(report, themes=tuple(replace(theme, found=0, moments=()) for theme in report.themes))
    assert len(red(drawn(lost))) == len(report.themes)
    high = tuple(replace(part, notes=part.notes.copy()) for part in sketch.recording.parts)
    high[0].notes["pitch"] = 127
    faulty = measure(replace(sketch.recording, parts=high), sketch.spotting.scene, search=False)
    circles = list(drawn(faulty).iter(f"{NAME}circle"))
    assert len(circles) == len(faulty.faults) > 0
    assert any("unplayable" in "".join(each.itertext()) for each in red(drawn(faulty)))


def test_a_flat_arc_is_drawn_too(report):
    flat = replace(report, traces=tuple(replace(trace, asked=(0.0,) * len(trace.asked)) for trace in report.traces))
    assert len(list(drawn(flat).iter(f"{NAME}polyline"))) == 6


def test_the_command_draws_to_a_file(sketch, tmp_path, monkeypatch, capsys):
    (tmp_path / "storm.mid").write_bytes(write_midi(sketch.recording))
    words = ["measure", str(tmp_path / "storm.mid"), str(HERE / "scenes" / "storm.yaml"), "--picture"]
    for name, status in (("seen.svg", 0), ("seen.png", 2)):
        monkeypatch.setattr(sys, "argv", ["motifgen", *words, str(tmp_path / name)])
        with pytest.raises(SystemExit) as ended:
            main()
        assert (ended.value.code or 0) == status
    assert "accepted: one that ends in .svg" in capsys.readouterr().err
    assert ET.parse(tmp_path / "seen.svg").getroot().tag == f"{NAME}svg"  # noqa: S314 - as above
    assert not (tmp_path / "seen.png").exists()
