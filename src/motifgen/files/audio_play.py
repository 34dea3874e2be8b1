"""Sound now: through whatever player the machine has; and what of all that motifgen can use was found on it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from motifgen.errors import MissingError
from motifgen.files.audio import FONT_VARIABLE, Sound, encode, find_engine, find_soundfont

PLAYERS = (("afplay",), ("paplay",), ("pw-play",), ("aplay", "-q"), ("play", "-q"), ("ffplay", "-v", "error", "-nodisp", "-autoexit"))
_OPTIONAL = (
    ("soundfile", "writes .ogg and .mp3", "pip install soundfile"),
    ("rtmidi", "sends to MIDI ports (play --port)", "pip install 'motifgen[ports]'"),
    ("symusic", "plays a soundfont where FluidSynth is missing", "pip install 'symusic>=0.5.9,<0.6'"),
)
_PROGRAMS = (
    ("fluidsynth", "the best sound preview", "apt install fluidsynth, brew install fluid-synth, choco install fluidsynth"),
    ("ffmpeg", "writes .ogg and .mp3 where soundfile is missing", "apt install ffmpeg, brew install ffmpeg"),
)


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that motifgen can use: what for, where it was found (empty: not at all), and how to get it."""

    name: str
    purpose: str
    where: str
    get: str


def play(sound: Sound) -> str:
    """Play sound to its end and return the name of the player.

    Raises
    ------
    MissingError
        If the machine has no player, or none that can reach a sound device.
    """
    tried = [command for command in PLAYERS if shutil.which(command[0])]
    with tempfile.TemporaryDirectory(prefix="motifgen-") as folder:
        path = Path(folder) / "preview.wav"
        path.write_bytes(encode(sound, ".wav"))
        for command in tried:
            done = subprocess.run([*command, str(path)], capture_output=True, check=False)  # noqa: S603 - no shell
            if not done.returncode:
                return command[0]
    names = ", ".join(command[0] for command in PLAYERS)
    why = f"{', '.join(command[0] for command in tried)} found no sound device" if tried else f"accepted players: {names}"
    raise MissingError(f"nothing here can play sound ({why}); '--format wav' writes a file instead")


def findings() -> tuple[Finding, ...]:
    """Return what was found on this machine, engines first."""
    font = find_soundfont()
    rows = [Finding("sound engine", "makes the preview", find_engine("", font), "see fluidsynth below; a plain one is built in")]
    rows.append(
        Finding("soundfont", "the instruments of the preview", font, f"apt install fluid-soundfont-gm, or name one in ${FONT_VARIABLE}")
    )
    rows += [Finding(name, purpose, shutil.which(name) or "", get) for name, purpose, get in _PROGRAMS]
    rows += [Finding(name, purpose, _package(name), get) for name, purpose, get in _OPTIONAL]
    players = ", ".join(command[0] for command in PLAYERS if shutil.which(command[0]))
    return (*rows, Finding("player", "plays the preview at once", players, "apt install alsa-utils, or pulseaudio-utils"))


def _package(name: str) -> str:
    spec = find_spec(name)
    return str(Path(spec.origin).parent) if spec and spec.origin else ""
