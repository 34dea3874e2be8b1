"""What is heard: sound formats, stems, the film's page, and how the command line says for whom it is played."""

from __future__ import annotations

import base64
import io
import re
import wave

import pytest

from motifgen import output
from motifgen.cli.watching import watch_file
from motifgen.files.midi import write_midi
from motifgen.files.midi_read import read_back
from motifgen.files.scene_file import read_story
from motifgen.takes import compose

FILM = """\
motifgen: 1
title: Two <Rooms>
style: chamber
characters:
  mara: {motif: {key: D minor, notes: "D4/q A4/q. G4/e | F4/h."}, voice: cello}
scenes:
  - {id: 1m1, title: Storm & Stress, length: 0:06, arc: [{at: 0, feel: calm}], cast: [{who: mara}], hits: [{at: 3, what: the <door>}]}
  - {id: 1m2, start: 01:01:00:00, length: 0:30, source: {title: Harbour Lights}}
"""


@pytest.fixture
def run(command, tmp_path, monkeypatch):
    monkeypatch.setattr("motifgen.files.audio.ENGINES", ("additive",))
    monkeypatch.setattr("motifgen.files.audio.find_engine", lambda *_: "additive")
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    return command


def samples(data):
    with wave.open(io.BytesIO(data)) as file:
        return file.getnframes() / file.getframerate(), file.readframes(file.getnframes())


def test_a_sound_file_lasts_as_long_as_the_scene_and_is_not_silent(run, tmp_path):
    assert run("render", "film.yaml", "--format", "wav,flac")[0] == 0
    assert sorted(path.name for path in (tmp_path / "film").iterdir()) == ["1m1.flac", "1m1.wav"]
    seconds, sound = samples((tmp_path / "film/1m1.wav").read_bytes())
    assert seconds >= 6
    assert any(sound)
    assert (tmp_path / "film/1m1.flac").read_bytes()[:4] == b"fLaC"


def test_stems_are_written_of_each_family(run, tmp_path):
    assert run("render", "film.yaml", "--format", "wav", "--stems")[0] == 0
    story = read_story(tmp_path / "film.yaml")
    families = {part.family for part in compose(story.scenes[0], story).recording.parts}
    written = sorted((tmp_path / "film").iterdir())
    assert [path.name for path in written] == sorted(["1m1.wav", *(f"1m1.{it}.wav" for it in families)])
    # An engine that loops layers needs them to be of one length, to the sample.
    assert len({path.stat().st_size for path in written}) == 1


def test_a_stem_of_a_family_that_plays_no_more_does_not_stay(run, tmp_path):
    (tmp_path / "film").mkdir()
    for name in ("1m1.plucked.wav", "1m1.plucked.flac", "1m2.plucked.wav", "1m1.mine.wav"):
        (tmp_path / "film" / name).write_bytes(b"earlier")
    assert run("render", "film.yaml", "--format", "wav", "--stems")[0] == 0
    left = {path.name for path in (tmp_path / "film").iterdir() if path.read_bytes() == b"earlier"}
    assert left == {"1m1.plucked.flac", "1m2.plucked.wav", "1m1.mine.wav"}


def test_library_and_humanize_of_the_command_line_are_those_of_the_file(run, tmp_path):
    assert run("render", "film.yaml", "--format", "mid", "--library", "vsco", "--humanize", "0")[0] == 0
    by_option = (tmp_path / "film/1m1.mid").read_bytes()
    (tmp_path / "film.yaml").write_text(FILM.replace("style:", "library: vsco\nhumanize: 0\nstyle:"), encoding="utf-8")
    assert run("render", "film.yaml", "--format", "mid")[0] == 0
    assert (tmp_path / "film/1m1.mid").read_bytes() == by_option
    story = read_story(tmp_path / "film.yaml")
    assert write_midi(compose(story.scenes[0], story).recording) == by_option
    (tmp_path / "film.yaml").write_text(FILM, encoding="utf-8")
    run("render", "film.yaml", "--format", "mid", "-o", "plain")
    assert (tmp_path / "plain/1m1.mid").read_bytes() != by_option


def test_check_says_how_it_will_be_played(run, tmp_path):
    (tmp_path / "film.yaml").write_text(FILM.replace("style:", "library: vsco\nhumanize: 0.5\nstyle:"), encoding="utf-8")
    assert "chamber, seed 0, for the sample library vsco, humanized by 0.5." in run("check", "film.yaml")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--library", "vsko"], "unknown library 'vsko'; did you mean 'vsco'"),
        (["--library", "mine.toml"], "mine.toml cannot be read: No such file"),
        (["--humanize", "2"], "--humanize"),
        (["--stems"], "--stems needs a sound format; accepted: --format flac or wav or ogg or mp3"),
        (["--soundfont", "x.sf2"], "--soundfont needs something that is heard"),
        (["--format", "wav", "--soundfont", "x.sf2"], "the soundfont 'x.sf2' is not there"),
    ],
)
def test_what_cannot_be_heard_is_refused_before_anything_is_composed(run, tmp_path, arguments, said):
    status, out, err = run("render", "film.yaml", *arguments)
    assert (status, out) == (2, "")
    assert said in err
    assert not (tmp_path / "film").exists()


def test_a_format_that_nothing_here_writes_is_refused_and_left_out_of_all(run, tmp_path, monkeypatch):
    monkeypatch.setattr("motifgen.files.audio.writable", lambda: (".flac", ".wav"))
    status, _, err = run("render", "film.yaml", "--format", "mp3")
    assert (status, "nothing installed writes mp3; 'motifgen doctor' says what does" in err) == (2, True)
    assert output.missing_formats() == ("ogg", "mp3")
    assert not {"ogg", "mp3"} & set(output.chosen_formats(["all"]))
    assert not (tmp_path / "film").exists()


def test_the_film_is_one_page_that_needs_no_network(run, tmp_path):
    assert run("render", "film.yaml", "--format", "html")[0] == 0
    page = (tmp_path / "film/index.html").read_text(encoding="utf-8")
    assert sorted(path.name for path in (tmp_path / "film").iterdir()) == ["index.html"]
    assert not re.findall(r'(?:src|href)="(?!data:)', page)
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    for said in (
        "Two &lt;Rooms&gt;",
        "Storm &amp; Stress",
        "the &lt;door&gt;",
        "<strong>Mara</strong>",
        "Harbour Lights",
        "Logic Pro",
        "likeness",
    ):
        assert said in page
    assert "<door>" not in page
    kind, data = re.search(r'src="data:(audio/\w+);base64,([^"]+)"', page).groups()
    assert base64.b64decode(data)[:4] == {"audio/flac": b"fLaC"}.get(kind, base64.b64decode(data)[:4])
    assert len(data) > 10_000
    assert page.count("<polyline") == 3
    assert page.count("<section") == 1


def test_markers_notes_and_the_usage_map_name_hits_and_people(run, tmp_path):
    names = ["resolve", "premiere", "reaper", "avid", "otio", "markers", "spotting-notes", "streamers", "usage"]
    status, out, _ = run("render", "film.yaml", "--format", ",".join(names))
    known = output.formats()
    scene, *files = out.splitlines()
    assert (status, files) == (0, [f"film/{known[name]}" for name in names])
    assert scene.endswith("1 of 1 hits met")
    for name in names[:-1]:
        assert "door" in (tmp_path / "film" / known[name]).read_text(encoding="utf-8")
    assert "Mara" in (tmp_path / "film/usage.svg").read_text(encoding="utf-8")


class Played:
    """Stands for the sound device: it remembers how long each sound was."""

    def __init__(self):
        self.seconds = []

    def __call__(self, sound):
        self.seconds.append(len(sound.samples) / sound.rate)
        return "a loudspeaker"


@pytest.fixture
def loudspeaker(monkeypatch):
    heard = Played()
    monkeypatch.setattr("motifgen.cli.playing.play", heard)
    return heard


def test_play_plays_scenes_and_midi_files(run, loudspeaker):
    status, out, _ = run("play", "film.yaml")
    assert status == 0
    assert re.fullmatch(r"1m1: \d+\.\d s by additive, through a loudspeaker\n", out)
    run("render", "film.yaml", "--format", "mid", "-o", ".")
    assert run("play", "1m1.mid")[1].startswith("1m1.mid: ")
    assert len(loudspeaker.seconds) == 2
    assert all(seconds >= 6 for seconds in loudspeaker.seconds)


def test_a_machine_without_a_sound_device_says_so(run, monkeypatch):
    monkeypatch.setattr("motifgen.files.audio_play.PLAYERS", ())
    status, out, err = run("play", "film.yaml")
    assert (status, out) == (2, "")
    assert "nothing here can play sound" in err
    assert "'--format wav' writes a file instead" in err


def test_doctor_says_what_was_found_and_how_to_get_the_rest(run, monkeypatch):
    monkeypatch.setattr("motifgen.files.audio_play.shutil.which", lambda name: "/bin/ffmpeg" if name == "ffmpeg" else None)
    status, out, err = run("doctor")
    rows = {line.split("\t")[0]: line.split("\t") for line in out.splitlines()}
    assert (status, err) == (0, "")
    assert rows["what"] == ["what", "what for", "found", "how to get it"]
    assert rows["ffmpeg"][2:] == ["/bin/ffmpeg", ""]
    assert rows["fluidsynth"][2] == "not found"
    assert "apt install fluidsynth" in rows["fluidsynth"][3]


def watched(tmp_path, *edits, **options):
    """Watch the film while it is edited: each edit is made between two looks at the file; then the watch ends."""
    left = list(edits)

    def wait():
        if left:
            left.pop(0)()
            return True
        return False

    watch_file(tmp_path / "film.yaml", tmp_path / "out", (), ("ledger",), wait=wait, **options)


def saved(tmp_path, text):
    """Return an edit that puts another text in the film's place, as editors do."""

    def edit():
        (tmp_path / "new").write_text(text, encoding="utf-8")
        (tmp_path / "new").replace(tmp_path / "film.yaml")

    return edit


def test_watch_renders_at_once_and_after_each_save_alone(run, tmp_path, capsys):
    assert run
    watched(tmp_path, lambda: None, saved(tmp_path, FILM.replace("Storm", "Calm")), lambda: None, (tmp_path / "film.yaml").unlink)
    said = capsys.readouterr()
    assert [line.split(":")[0] for line in said.out.splitlines()] == ["1m1 Storm & Stress", "1m1 Calm & Stress"]
    assert said.err.count("waiting for ") == 2
    assert "Calm" in (tmp_path / "out/1m1.ledger.json").read_text(encoding="utf-8")


def test_watch_does_not_wait_for_a_file_that_was_never_there(run):
    status, _, err = run("watch", "flim.yaml")
    assert status == 2
    assert "cannot be read: No such file or directory; did you mean 'film.yaml'?" in err


def test_watch_says_what_is_wrong_and_goes_on(run, tmp_path, capsys):
    assert run
    watched(tmp_path, saved(tmp_path, FILM.replace("calm", "clam")), saved(tmp_path, FILM.replace("Storm", "Calm")))
    said = capsys.readouterr()
    assert "film.yaml:7:" in said.err
    assert "did you mean 'calm'" in said.err
    assert [line.split(":")[0] for line in said.out.splitlines()] == ["1m1 Storm & Stress", "1m1 Calm & Stress"]


def test_watch_plays_after_each_render_if_asked(run, tmp_path, loudspeaker):
    assert run
    watched(tmp_path, saved(tmp_path, FILM.replace("Storm", "Calm")), sounding=True)
    assert len(loudspeaker.seconds) == 2


def test_play_sends_to_a_midi_port_in_place_of_sound(run, monkeypatch, loudspeaker):
    sent = []

    class Port:
        def __enter__(self):
            return self

        def __exit__(self, *_):
            sent.append("closed")

    monkeypatch.setattr("motifgen.cli.playing.find_port", lambda name: f"{name} 1")
    monkeypatch.setattr("motifgen.cli.playing.open_port", lambda name: sent.append(name) or Port())
    monkeypatch.setattr("motifgen.cli.playing.send", lambda recording, _, **how: sent.append((recording.title, how)))
    assert run("play", "film.yaml", "--port", "Desk")[:2] == (0, "1m1: sent to Desk 1\n")
    assert run("play", "film.yaml", "--port", "Desk", "--clock", "--from", "0:02")[0] == 0
    assert run("play", "film.yaml", "--port", "Desk", "--from", "0:06")[::2] == (2, "motifgen: --from 6 s is after the end of 1m1 (6 s)\n")
    title = "1m1 Storm & Stress 01:00:00:00"
    assert sent[:3] == ["Desk 1", (title, {"clock": False, "start": 0}), "closed"]
    assert sent[4][0] == title
    assert sent[4][1]["clock"]
    assert sent[4][1]["start"] > 960
    assert loudspeaker.seconds == []


@pytest.mark.parametrize("option", [["--clock"], ["--from", "0:02"]])
def test_what_is_for_ports_needs_a_port(run, loudspeaker, option):
    status, _, said = run("play", "film.yaml", *option)
    assert (status, said) == (2, f"motifgen: {option[0]} is for a MIDI port; accepted: with --port NAME\n")
    assert loudspeaker.seconds == []


def test_a_pre_roll_and_clicks_are_written_on_request_and_move_no_note(run, tmp_path):
    assert run("render", "film.yaml", "-o", "plain")[0] == 0
    assert run("render", "film.yaml", "-o", "led", "--click", "warning", "--preroll", "2")[0] == 0
    plain, led = (read_back((tmp_path / folder / "1m1.mid").read_bytes()) for folder in ("plain", "led"))
    [first] = [tick for tick, text in led.markers if text == "FIRST FRAME"]
    assert first > 0
    clicks = [track for track in led.tracks if "lick" in track.name and track.name not in {each.name for each in plain.tracks}]
    assert [len(track.notes) for track in clicks] == [8]
    for track in plain.tracks[1:]:
        moved = led.track(track.name).notes
        assert (moved["onset_tick"] - first).tolist() == track.notes["onset_tick"].tolist()
    assert (tmp_path / "plain/1m1.ledger.json").read_bytes() == (tmp_path / "led/1m1.ledger.json").read_bytes()


def test_measuring_hears_past_pre_roll_clicks_and_switches(run):
    assert run("render", "film.yaml", "-o", "plain")[0] == 0
    assert run("render", "film.yaml", "-o", "led", "--click", "all", "--preroll", "2", "--library", "vsco")[0] == 0
    plain = run("measure", "plain/1m1.mid", "film.yaml")[1]
    led = run("measure", "led/1m1.mid", "film.yaml", "--library", "vsco")[1]
    telling = [line for line in plain.splitlines() if line.startswith(("hit", "theme", "unplayable"))]
    assert telling
    assert [line.rpartition(", ")[0] for line in telling] == [
        line.rpartition(", ")[0] for line in led.splitlines() if line.startswith(("hit", "theme", "unplayable"))
    ]


@pytest.mark.parametrize(("options", "message"), [(["--click", "al"], "did you mean 'all'"), (["--click", "warning"], "--preroll 1 to 8")])
def test_clicks_that_cannot_be_are_refused(run, tmp_path, options, message):
    status, _, said = run("render", "film.yaml", *options)
    assert status == 2
    assert message in said
    assert not (tmp_path / "film").exists()
