"""Pages: PDF and SVG by what is installed, the same every time, and a plain word where nothing is."""

import re
from fractions import Fraction
from types import SimpleNamespace

import pytest
from lxml import etree

from films import HERE, sketches
from motifgen.errors import MissingError, UnknownNameError
from motifgen.files import pages
from motifgen.files.export import write
from motifgen.files.musicxml import write_musicxml, write_parts, write_short_musicxml
from motifgen.files.notation import full_score
from motifgen.files.pages import by_verovio, programs
from motifgen.files.pages.drawing import Shape, Words, drawing
from motifgen.files.pages.for_lilypond import spoken
from motifgen.files.pages.for_verovio import uncovered
from motifgen.files.pages.outlines import moves
from motifgen.sketch.score import Score, StaffBar, StaffNote, StaffPart
from motifgen.theory.chord import Chord
from motifgen.theory.pitch import Pitch
from motifgen.theory.scale import Key
from motifgen.theory.time import Meter

SKETCH = sketches(HERE / "scenes" / "pianox.yaml")[0]
SHORT = write_short_musicxml(SKETCH.recording)


def texts(page):
    return " ".join("".join(each.itertext()).strip() for each in etree.fromstring(page).iter("{*}text"))


def test_verovio_draws_every_bar_and_every_word():
    made = by_verovio.svg_pages(SHORT)
    assert made == by_verovio.svg_pages(SHORT)
    drawn = b"".join(made)
    assert len(re.findall(rb'class="measure"', drawn)) == len(SKETCH.recording.score.bars)
    words = " ".join(texts(page) for page in made)
    for section in SKETCH.plan.sections:
        assert section.function in words
    for name in ("Melody", "Harmony", "Bass", "Ann"):
        assert name in words


def test_chord_symbols_are_smaller_than_the_room_that_verovio_gives_them():
    import verovio  # noqa: PLC0415 - an extra

    press = verovio.toolkit()
    press.loadData(SHORT.decode())
    plain = re.search(r'class="harm">.*?font-size="([1-9]\d*)px"', press.renderToSVG(1), re.DOTALL)
    ours = re.search(r'class="harm">.*?font-size="([1-9]\d*)px"', by_verovio.svg_pages(SHORT)[0].decode(), re.DOTALL)
    assert 0.8 < int(ours[1]) / int(plain[1]) < 0.9


def test_a_pdf_has_as_many_pages_and_the_paper_of_the_score():
    width, height, _ = by_verovio.paper(SHORT)
    made = by_verovio.pdf_pages(SHORT)
    assert made == by_verovio.pdf_pages(SHORT)
    assert made.startswith(b"%PDF")
    assert made.rstrip().endswith(b"%%EOF")
    boxes = re.findall(rb"/MediaBox \[ 0 0 ([\d.]+) ([\d.]+) \]", made)
    assert len(boxes) == len(by_verovio.svg_pages(SHORT))
    assert [float(each) for each in boxes[0]] == pytest.approx([width / 25.4 * 72, height / 25.4 * 72], abs=0.5)


def test_what_stands_on_a_page_is_on_the_paper():
    (width, height), things = drawing(by_verovio.svg_pages(SHORT)[0].decode())
    shapes, words = [each for each in things if isinstance(each, Shape)], [each for each in things if isinstance(each, Words)]
    assert len(shapes) > 300
    assert any(span.music for each in words for span in each.spans)
    for shape in shapes:
        a, b, c, d, e, f = shape.matrix
        for x, y in (point for _, points in shape.moves for point in points):
            assert -100 <= a * x + c * y + e <= width + 100
            assert -100 <= b * x + d * y + f <= height + 100


def test_every_music_glyph_in_a_text_has_an_outline():
    things = [each for page in by_verovio.svg_pages(SHORT) for each in drawing(page.decode())[1] if isinstance(each, Words)]
    glyphs = {sign for each in things for span in each.spans if span.music for sign in span.text if not sign.isspace()}
    assert glyphs
    assert all(by_verovio._glyph(sign) for sign in glyphs)  # noqa: SLF001 - nothing else can tell


def test_smooth_and_square_curves_are_cubic_ones():
    assert list(moves("M0 0c0 1 1 2 2 2s2 1 2 2"))[2] == ("C", ((3.0, 2.0), (4.0, 3.0), (4.0, 4.0)))
    assert list(moves("M0 0Q3 3 6 0"))[1] == ("C", ((2.0, 2.0), (4.0, 2.0), (6.0, 0.0)))
    with pytest.raises(ValueError, match="beyond lines and curves"):
        list(moves("M0 0A1 1 0 0 1 2 2"))


@pytest.mark.skipif(not programs.musescore(), reason="MuseScore is not installed here; .ci/run installs it")
@pytest.mark.parametrize(("kind", "begins"), [("pdf", b"%PDF"), ("svg", b"<?xml")])
def test_musescore_opens_the_score_and_draws_it(kind, begins):
    made = programs.by_musescore(SHORT, kind)
    assert all(page.startswith(begins) for page in made)


@pytest.mark.skipif(not programs.lilypond(), reason="LilyPond is not installed here")
def test_lilypond_opens_the_score_and_draws_it():
    assert programs.by_lilypond(SHORT, "pdf")[0].startswith(b"%PDF")


def bare(monkeypatch):
    monkeypatch.setattr(by_verovio, "there", lambda: False)
    monkeypatch.setattr(programs, "musescore", lambda: "")
    monkeypatch.setattr(programs, "lilypond", lambda: "")


def test_where_nothing_engraves_it_says_what_would_and_leaves_the_old_file(monkeypatch, tmp_path):
    bare(monkeypatch)
    (tmp_path / "score.pdf").write_bytes(b"old")
    with pytest.raises(MissingError, match=r"motifgen\[pages\].*musescore.*lilypond"):
        write(SKETCH.recording, tmp_path / "score.pdf")
    assert (tmp_path / "score.pdf").read_bytes() == b"old"
    with pytest.raises(MissingError, match="MuseScore is not installed"):
        pages.chosen_engraver("musescore")


def test_an_unknown_engraver_gets_the_nearest_name():
    with pytest.raises(UnknownNameError, match="did you mean 'verovio'"):
        pages.chosen_engraver("verovia")


def test_a_program_that_fails_is_quoted(monkeypatch, tmp_path):
    program = tmp_path / "mscore"
    program.write_text("#!/bin/sh\necho 'cannot open display' >&2\nexit 3\n")
    program.chmod(0o755)
    monkeypatch.setattr(programs, "musescore", lambda: str(program))
    with pytest.raises(MissingError, match="mscore failed: cannot open display"):
        programs.by_musescore(SHORT, "pdf")
    program.write_text("#!/bin/sh\nexit 0\n")
    with pytest.raises(MissingError, match="wrote no pdf"):
        programs.by_musescore(SHORT, "pdf")


def test_a_score_is_written_by_its_ending(tmp_path):
    write(SKETCH.recording, tmp_path / "a.short.musicxml")
    write(SKETCH.recording, tmp_path / "a.pdf")
    assert (tmp_path / "a.short.musicxml").read_bytes() == SHORT
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_the_book_of_parts_says_all_that_stands_over_rests():
    recording = sketches(HERE / "scenes" / "noirx.yaml")[0].recording
    parts = write_parts(recording)
    made = pages.write_book(recording)
    assert made.startswith(b"%PDF")
    assert made == by_verovio.pdf_book(parts.values())
    assert len(re.findall(rb"/MediaBox", made)) >= len(parts)
    for data in parts.values():
        drawn = " ".join(texts(page) for page in by_verovio.svg_pages(uncovered(data)))
        for words in etree.fromstring(data).iter("rehearsal"):
            assert words.text in drawn


def test_a_book_of_parts_is_drawn_by_verovio_alone(monkeypatch):
    monkeypatch.setattr(programs, "musescore", lambda: "/usr/bin/mscore")
    with pytest.raises(MissingError, match="drawn by verovio, not by musescore; --format parts"):
        pages.check_book("musescore")
    monkeypatch.setattr(by_verovio, "there", lambda: False)
    with pytest.raises(MissingError, match="verovio is not installed here"):
        pages.check_book()


def test_every_staff_has_its_own_signature_where_the_key_changes():
    """verovio reads the key changes of the first part alone, and gives them to players who transpose and to drums."""
    players = (("Oboe", "oboe", 0, "woodwind"), ("Horn", "horn", -7, "brass"), ("Snare Drum", "snare drum", 0, "percussion"))
    names, bars = ("C4 E4 G4 B4", "Db4 F4 Ab4 Gb4"), 8
    notes = [
        StaffNote(Fraction(4 * bar + beat), Fraction(1), Pitch.parse(name), 0.5)
        for bar in range(bars)
        for beat, name in enumerate(names[bar >= bars // 2].split())
    ]
    parts = tuple(
        StaffPart(
            name, kind, down, "percussion" if family == "percussion" else "treble", 0, keyboard=False, notes=tuple(notes), family=family
        )
        for name, kind, down, family in players
    )
    keys = ((Fraction(0), Key.parse("C major")), (Fraction(16), Key.parse("Db major")))
    score = Score(tuple(StaffBar(Fraction(4 * bar), Meter(4, 4), 90.0) for bar in range(bars)), keys, parts, ())
    made = write_musicxml(SimpleNamespace(title="Test", score=score))
    drawn = b"".join(by_verovio.svg_pages(made)).decode()
    staves = [(each.get("class"), len(each.findall(".//*[@class='keyAccid']"))) for each in etree.fromstring(drawn.encode()).iter("{*}g")]
    changed = [count for kind, count in staves if kind == "keySig"]
    assert changed.count(5) == changed.count(4) > 0
    assert set(changed) <= {0, 1, 4, 5}


def test_the_top_staff_stays_where_it_is_silent():
    recording = sketches(HERE / "scenes" / "noirx.yaml")[0].recording
    chords = [text.text for text in full_score(recording.score).texts if text.kind == "chord"]
    drawn = b"".join(by_verovio.svg_pages(write_musicxml(recording)))
    assert len(re.findall(rb'class="harm"', drawn)) >= len(chords)


def test_lilypond_is_told_chords_in_words_where_they_stand():
    made = write_musicxml(sketches(HERE / "scenes" / "noirx.yaml")[0].recording)
    before, after = etree.fromstring(made), etree.fromstring(spoken(made))
    assert before.find(".//harmony") is not None
    assert after.find(".//harmony") is None
    chords = [text.text for text in full_score(sketches(HERE / "scenes" / "noirx.yaml")[0].recording.score).texts if text.kind == "chord"]
    words = [each.text.replace("♭", "b").replace("♯", "#") for each in after.find("part").iter("words")]
    for chord in chords:
        plain = Chord.parse(chord)
        assert any(each.startswith(str(plain.root)) for each in words)
        assert plain.quality not in {"", "m", "7", "m7"} or chord in words
    for one, other in zip(before.iter("measure"), after.iter("measure"), strict=True):
        assert len(one) == len(other)
