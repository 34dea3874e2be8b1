"""The paper: a system fits, and the first page says what kind of score it is."""

import pytest

from films import HERE, sketches
from motifgen.files.musicxml import write_musicxml, write_short_musicxml
from motifgen.files.musicxml.paper import layout

SKETCHES = {name: sketches(HERE / "scenes" / f"{name}.yaml")[0] for name in ("noirx", "pianox")}


@pytest.mark.parametrize("staves", [1, 4, 12, 20, 36, 48])
def test_a_system_and_the_title_are_on_a_page(staves):
    made = layout(staves)
    height = made.pageLayout.pageHeight * made.scalingMillimeters / made.scalingTenths
    assert height == pytest.approx(297, abs=0.2)
    assert made.scalingMillimeters * staves * 3 < 297
    assert made.scalingMillimeters == {1: 6.4, 4: 5.6}.get(staves, made.scalingMillimeters)


@pytest.mark.parametrize(("name", "kind"), [("noirx", "Transposed score"), ("pianox", "Score")])
def test_the_first_page_says_what_is_read(name, kind):
    recording = SKETCHES[name].recording
    assert f">{kind}<" in write_musicxml(recording).decode()
    assert ">Short score, at sounding pitch<" in write_short_musicxml(recording).decode()
