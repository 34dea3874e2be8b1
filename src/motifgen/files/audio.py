"""A sound preview: the best engine that is installed, levelled, silent where the picture asks for silence; and its encodings."""

from __future__ import annotations

import io
import os
import shutil
import struct
import subprocess
import wave
from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.util import find_spec
from math import ceil
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from motifgen.errors import MissingError, UnknownNameError
from motifgen.files.audio_flac import flac
from motifgen.files.audio_fluidsynth import played
from motifgen.files.audio_level import levelling
from motifgen.files.audio_voices import additive_tone, mixed, symusic_tone
from motifgen.files.libraries import adapted, find_library
from motifgen.sketch.recording import LOOP_END, Part, Recording

Samples = NDArray[np.float32]

RATE = 44_100
ENGINES = ("fluidsynth", "symusic", "additive")
ENDINGS = (".wav", ".flac", ".ogg", ".mp3")
FONT_VARIABLE = "MOTIFGEN_SF2"
_FOLDERS = ("/usr/share/sounds/sf2", "/usr/share/sounds/sf3", "/usr/share/soundfonts", "/opt/homebrew/share/soundfonts",
            "/usr/local/share/soundfonts")  # fmt: skip
_FADE = 0.015
_BLOCK = 65_536
_QUIET = 10 ** (-66 / 20)
_SUBTYPES = {".ogg": ("OGG", "VORBIS"), ".mp3": ("MP3", "MPEG_LAYER_III")}


@dataclass(frozen=True, slots=True, eq=False)
class Sound:
    """Stereo sound: samples a second, frames by 2 from -1 to 1, what made it, and whether its end goes on to its beginning."""

    rate: int
    samples: Samples
    engine: str
    loop: bool = False


def render(recording: Recording, *, engine: str = "", soundfont: str = "", rate: int = RATE) -> Sound:
    """Return the sound of a recording at about -18 LUFS, never clipping, its tail kept.

    The sound of a scene that loops is as long as the loop, to the sample, and its tail is heard over its beginning, where it would be
    heard from the second time on.

    Parameters
    ----------
    recording : Recording
    engine : str
        One of `ENGINES`; empty takes the first that is installed.
    soundfont : str
        A ``.sf2`` or ``.sf3`` file; empty searches ``$MOTIFGEN_SF2``, the usual folders and pretty_midi's own.
    rate : int
        Samples a second.

    Raises
    ------
    MissingError
        If the engine or the soundfont is not there.
    UnknownNameError
        For an unknown engine.
    """
    chosen, raw = _raw(recording, recording.parts, engine, soundfont, rate)
    return Sound(rate, raw * levelling(raw, rate)[:, None], chosen, loop=_loop_end(recording) is not None)


def stems(recording: Recording, *, engine: str = "", soundfont: str = "", rate: int = RATE) -> dict[str, Sound]:
    """Return the sound of each family of instruments alone, all equally long; together they are the mix, at its level.

    Parameters and errors are those of `render`.
    """
    families = sorted({part.family for part in recording.parts})
    raw = {name: _raw(recording, [part for part in recording.parts if part.family == name], engine, soundfont, rate) for name in families}
    total = np.zeros((max((len(samples) for _, samples in raw.values()), default=0), 2), dtype=np.float32)
    for _, samples in raw.values():
        total[: len(samples)] += samples
    gain = levelling(total, rate)[:, None]
    loop = _loop_end(recording) is not None
    return {name: Sound(rate, fitted(samples, len(total)) * gain, chosen, loop) for name, (chosen, samples) in raw.items()}


def fitted(samples: Samples, length: int) -> Samples:
    """Return sound of a length: with silence behind it, or without its end."""
    missing = max(length - len(samples), 0)
    return np.concatenate([samples[:length], np.zeros((missing, 2), dtype=samples.dtype)]) if missing else samples[:length]


def sound_file(recording: Recording, ending: str) -> bytes:
    """Return a recording as a sound file of one of `ENDINGS`: `render`, then `encode`."""
    if ending not in ENDINGS:
        raise UnknownNameError("sound format", ending, ENDINGS)
    return encode(render(recording), ending)


def encode(sound: Sound, ending: str) -> bytes:
    """Return sound as a file of one of `ENDINGS`, 16 bits deep where that can be said.

    Equal sound gives equal bytes as ``.wav`` and ``.flac``; encoders of ``.ogg`` and ``.mp3`` may differ from call to call.

    Raises
    ------
    MissingError
        If nothing that is installed can write ``.ogg`` or ``.mp3``; ``.wav`` and ``.flac`` can always be written.
    UnknownNameError
        For another ending.
    """
    if ending not in ENDINGS:
        raise UnknownNameError("sound format", ending, ENDINGS)
    if ending == ".wav":
        return _wav(sound)
    if ending == ".flac":
        return flac(_pcm(sound), sound.rate)
    if find_spec("soundfile"):
        return _by_soundfile(sound, ending)
    if program := shutil.which("ffmpeg"):
        return _by_ffmpeg(program, sound, ending)
    raise MissingError(
        f"nothing installed writes {ending}; 'pip install soundfile' or the program ffmpeg does, and .flac and .wav need neither"
    )


def writable() -> tuple[str, ...]:
    """Return the endings that can be written here, the best for a preview first."""
    packed = (".ogg", ".mp3") if find_spec("soundfile") or shutil.which("ffmpeg") else ()
    return (".flac", ".wav", *packed)


def find_soundfont(given: str = "") -> str:
    """Return the path of a soundfont: the given one, ``$MOTIFGEN_SF2``, one in the usual folders, or pretty_midi's; empty if none.

    Raises
    ------
    MissingError
        If a soundfont was named and is not there.
    """
    named = given or os.environ.get(FONT_VARIABLE, "")
    if named:
        if not Path(named).is_file():
            raise MissingError(f"the soundfont {named!r} is not there; name a .sf2 or .sf3 file, or leave it out")
        return named
    for folder in _FOLDERS:
        found = sorted(path for pattern in ("*.sf2", "*.sf3") for path in Path(folder).glob(pattern))
        if found:
            return str(found[0])
    return _small_font()


def _small_font() -> str:
    """Return pretty_midi's soundfont, 6 MB, without importing it; empty if it is not there."""
    spec = find_spec("pretty_midi")
    inside = [Path(place) / "TimGM6mb.sf2" for place in (spec.submodule_search_locations or [])] if spec else []
    return next((str(path) for path in inside if path.is_file()), "")


def find_engine(name: str = "", font: str = "") -> str:
    """Return the engine to use: the named one, or the first of `ENGINES` that can play."""
    if name and name not in ENGINES:
        raise UnknownNameError("sound engine", name, ENGINES)
    there = {"fluidsynth": bool(font and shutil.which("fluidsynth")), "symusic": bool(font and _old_symusic()), "additive": True}
    if name and not there[name]:
        raise MissingError(
            f"the engine {name!r} cannot play here: " + ("no soundfont was found" if not font else f"{name} is not installed")
        )
    return name or next(known for known in ENGINES if there[known])


def _old_symusic() -> bool:
    """Tell whether a symusic is installed whose synthesizer works (0.5)."""
    if not find_spec("symusic"):
        return False
    from importlib.metadata import version  # noqa: PLC0415 - only asked here

    return version("symusic").startswith("0.5.")


def _raw(recording: Recording, parts: Sequence[Part], engine: str, soundfont: str, rate: int) -> tuple[str, Samples]:
    """Return the engine and the sound of parts, unlevelled, silent in cuts, cut where the tail has died away."""
    font = find_soundfont(soundfont)
    chosen = find_engine(engine, font)
    heard = adapted(replace(recording, parts=tuple(parts)), find_library("gm"))
    if chosen == "fluidsynth":
        samples = played(shutil.which("fluidsynth") or "fluidsynth", font, heard, heard.parts, rate)
    elif chosen == "symusic":
        samples = mixed(heard, heard.parts, symusic_tone(soundfont or _small_font() or font), rate)
    else:
        samples = mixed(heard, heard.parts, additive_tone, rate)
    whole = _trimmed(_silent_in_cuts(samples, recording, rate), recording, rate)
    end = _loop_end(recording)
    return chosen, whole if end is None else _folded(whole, round(recording.tempo.seconds(end) * rate))


def _loop_end(recording: Recording) -> int | None:
    """Return the tick at which a scene that loops goes back to its beginning."""
    return next((marker.tick for marker in recording.markers if marker.text == LOOP_END), None)


def _folded(samples: Samples, length: int) -> Samples:
    """Return a loop of a length over whose beginning the rest rings on, as often round as it lasts."""
    loop = fitted(samples, length).copy()
    for start in range(length, len(samples), length):
        rest = samples[start : start + length]
        loop[: len(rest)] += rest
    return loop


def _silent_in_cuts(samples: Samples, recording: Recording, rate: int) -> Samples:
    """Return sound whose reverberation too stops at a cut: within 15 ms, until music goes on."""
    seconds = recording.tempo.seconds
    for start, end in sorted(_cuts(recording.parts)):
        first, last = int(float(seconds(start)) * rate), int(float(seconds(end)) * rate)
        fade = min(int(_FADE * rate), max(last - first, 0))
        samples[first : first + fade] *= np.linspace(1, 0, fade, dtype=np.float32)[: len(samples[first : first + fade]), None]
        samples[first + fade : last] = 0
    return samples


def _cuts(parts: Sequence[Part]) -> set[tuple[int, int]]:
    """Return the ticks between which expression is 0 in any part: all parts fall silent together."""
    found = set()
    for part in parts:
        rows = part.controls[part.controls["controller"] == 11]
        for i in np.flatnonzero(rows["value"][:-1] == 0):
            found.add((int(rows["tick"][i]), int(rows["tick"][i + 1])))
    return found


def _trimmed(samples: Samples, recording: Recording, rate: int) -> Samples:
    """Return sound as long as the scene at least, and then until its tail is 66 dB below its peak."""
    least = ceil(recording.tempo.seconds(recording.end_tick) * rate)
    peak = np.abs(samples).max(axis=1, initial=0.0)
    loud = np.flatnonzero(peak > _QUIET * float(peak.max(initial=0.0)))
    length = max(least, int(loud[-1]) + 1 if loud.size else 0)
    return fitted(samples, length)


def _pcm(sound: Sound) -> NDArray[np.int16]:
    return np.rint(np.clip(sound.samples, -1, 1) * 32_767).astype("<i2")


def _wav(sound: Sound) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(sound.rate)
        file.writeframes(_pcm(sound).tobytes())
    return _with_loop(out.getvalue(), sound) if sound.loop else out.getvalue()


def _with_loop(data: bytes, sound: Sound) -> bytes:
    """Return a WAV file that says that all of it is a loop, forwards and without end, in a chunk that samplers and game engines read."""
    head = struct.pack("<9I", 0, 0, 1_000_000_000 // sound.rate, 60, 0, 0, 0, 1, 0)
    chunk = head + struct.pack("<6I", 0, 0, 0, len(sound.samples) - 1, 0, 0)
    longer = data + b"smpl" + struct.pack("<I", len(chunk)) + chunk
    return longer[:4] + struct.pack("<I", len(longer) - 8) + longer[8:]


def _by_soundfile(sound: Sound, ending: str) -> bytes:
    soundfile = import_module("soundfile")
    container, subtype = _SUBTYPES[ending]
    out, data = io.BytesIO(), _pcm(sound)
    with soundfile.SoundFile(out, "w", sound.rate, 2, format=container, subtype=subtype) as file:
        # In blocks: writing a long Vorbis file at once crashes libsndfile 1.2.
        for start in range(0, len(data), _BLOCK):
            file.write(data[start : start + _BLOCK])
    return out.getvalue()


def _by_ffmpeg(program: str, sound: Sound, ending: str) -> bytes:
    command = [program, "-v", "error", "-f", "wav", "-i", "pipe:0", "-fflags", "+bitexact", "-f", ending[1:], "pipe:1"]
    done = subprocess.run(command, input=_wav(sound), capture_output=True, check=False, timeout=600)  # noqa: S603 - no shell
    if done.returncode:
        raise MissingError(f"ffmpeg cannot write {ending}: {done.stderr.decode(errors='replace').strip()[-300:]}")
    return done.stdout
