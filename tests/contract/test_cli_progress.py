"""Progress is shown on a terminal only, only when a render is slow, and is gone when it ends."""

from __future__ import annotations

import pytest

from motifgen.cli import rendering
from motifgen.story.arc import Arc
from motifgen.story.scene import Scene

STORM = Scene("1m1", 10, Arc.of((0, "calm")), title="Storm [in D]")


class Clock:
    """Stands for the timer: it goes off at once, later or never."""

    def __init__(self, seconds, show):
        self.seconds, self.show, self.daemon, self.cancelled = seconds, show, False, False
        clocks.append(self)

    def start(self):
        pass

    def cancel(self):
        self.cancelled = True


clocks: list[Clock] = []


@pytest.fixture
def terminal(monkeypatch, capsys):
    """Make standard error look like a terminal, and let the test decide when a second has passed."""
    clocks.clear()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(rendering, "Timer", Clock)
    return capsys


def test_a_slow_render_shows_the_scene_and_how_many_are_done(terminal):
    with rendering.progress(2, terminal=True) as begin:
        begin(STORM)
        assert terminal.readouterr().err == ""
        assert clocks[0].seconds == 1
        clocks[0].show()
        begin(STORM)
    assert clocks[0].cancelled
    said = terminal.readouterr().err
    assert "1m1 Storm [in D]" in said
    assert "1/2" in said


def test_a_second_that_passes_after_the_end_shows_nothing(terminal):
    with rendering.progress(1, terminal=True) as begin:
        begin(STORM)
    clocks[0].show()
    assert terminal.readouterr().err == ""


def test_a_pipe_gets_no_progress(terminal):
    with rendering.progress(1, terminal=False) as begin:
        begin(STORM)
    assert (terminal.readouterr(), clocks) == (("", ""), [])


def test_what_is_written_is_shown_beside_the_scene(terminal):
    with rendering.progress(1, terminal=True) as bar:
        bar(STORM)
        clocks[0].show()
        bar.writes("short-pdf")
    said = terminal.readouterr().err
    assert "1m1 Storm [in D]: short-pdf" in said
    assert "1/1" not in said
