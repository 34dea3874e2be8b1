"""The public face: every exported name is there, documented, and a whole film fits in under 25 lines."""

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest

import motifgen
import motifgen.errors

FILM = Path(__file__).parents[2] / "examples" / "film-in-code" / "film.py"
ASKED = {"Character", "Emotion", "Motif", "Scene", "Hit", "Arc", "Story", "compose", "Sketch"}


@pytest.mark.parametrize("name", sorted(set(motifgen.__all__) - {"__version__"}))
def test_every_exported_name_says_what_it_is(name):
    assert len(inspect.getdoc(getattr(motifgen, name)) or "") > 20


def test_the_asked_names_are_exported():
    assert set(motifgen.__all__) >= ASKED
    assert sorted(motifgen.__all__) == motifgen.__all__


def test_a_film_in_code_takes_under_25_lines():
    tree = ast.parse(FILM.read_text(encoding="utf-8"))
    code = {line for node in ast.walk(tree) if isinstance(node, ast.stmt) for line in range(node.lineno, node.end_lineno + 1)}
    assert len(code) < 25


def test_importing_motifgen_loads_no_slow_package():
    probe = "import sys, motifgen; print([m for m in ('music21', 'pretty_midi', 'matplotlib', 'rich', 'typer') if m in sys.modules])"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "[]"


def test_every_name_comes_from_where_the_face_says():
    assert dir(motifgen) == motifgen.__all__
    for name in set(motifgen.__all__) - {"__version__"}:
        assert getattr(motifgen, name).__name__ == name


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'Motiv'"):
        _ = motifgen.Motiv


def test_the_function_is_not_hidden_by_the_folder_of_its_name():
    probe = "import motifgen.compose.harmony, motifgen; from motifgen import compose; print(callable(compose), callable(motifgen.compose))"
    out = subprocess.run([sys.executable, "-c", probe], capture_output=True, text=True, check=True).stdout
    assert out.strip() == "True True"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("Character('mara', 'D4/q A4')", "the motif of 'mara' is 'D4/q A4'; accepted: Motif or Invention"),
        ("Character('mara', never=['retrogade'])", "unknown transformation 'retrogade'; did you mean 'retrograde'"),
        ("Character('mara', traits='brav')", "unknown emotion word 'brav'; did you mean 'brave'"),
        ("Cast('mara')", "who is in the cast is 'mara'; accepted: Character"),
        ("Motif.parse('D4/q A4') >> 'minor'", "'minor' is no transform; accepted: one, as in motif >> parse_transform('minor')"),
        ("Scene('1m1', 40, [(0, 'calm')])", "the arc of scene '1m1' is \"[(0, 'calm')]\"; accepted: Arc"),
        ("Scene('1m1', 40, Arc.of((0, 'calm')), cast=[Character('mara')])", "accepted: Cast"),
        ("compose('1m1')", "what is to be composed is '1m1'; accepted: Scene"),
        ("Hit(3, 'acent')", "unknown hit 'acent'; did you mean 'accent' or 'entry'? Accepted: accent, stinger"),
    ],
)
def test_a_mistake_in_code_is_named_where_it_is_made(wrong, said):
    with pytest.raises(motifgen.errors.MotifgenError) as caught:
        eval(wrong, {name: getattr(motifgen, name) for name in motifgen.__all__})  # noqa: S307 - the mistakes are above
    assert said in str(caught.value)


def test_a_ledger_that_is_changed_changes_no_sketch():
    sketch = motifgen.compose(motifgen.Scene("1m1", 8, motifgen.Arc.of((0, "calm")), style="piano"))
    assert ", 1 part, " in repr(sketch)
    ledger = sketch.ledger
    ledger["bars"].clear()
    ledger["chords"][0]["symbol"] = "X"
    assert sketch.ledger["bars"]
    assert sketch.ledger["chords"][0]["symbol"] != "X"
