"""A scene's sound, made once and written as often as it is asked for."""

from __future__ import annotations

from dataclasses import replace

from motifgen.files.audio import Sound, encode, fitted, render, stems, writable
from motifgen.sketch.recording import Recording

#: What browsers play and this machine may write, the smallest first, with the rate that keeps a page small.
_PAGE = {".mp3": ("audio/mpeg", 44_100), ".flac": ("audio/flac", 22_050)}


class Preview:
    """The sound of a recording; nothing is made before it is asked for.

    Parameters
    ----------
    recording : Recording
    soundfont : str
        A ``.sf2`` or ``.sf3`` file; empty takes the best that is found.
    """

    __slots__ = ("_font", "_recording", "_sound")

    def __init__(self, recording: Recording, soundfont: str = "") -> None:
        """Keep what is to be heard."""
        self._recording, self._font = recording, soundfont
        self._sound: Sound | None = None

    @property
    def sound(self) -> Sound:
        """Return the whole sound.

        Raises
        ------
        MissingError
            If the soundfont is not there.
        """
        if self._sound is None:
            self._sound = render(self._recording, soundfont=self._font)
        return self._sound

    def file(self, ending: str) -> bytes:
        """Return the sound as a file; errors are those of `motifgen.files.audio.encode`."""
        return encode(self.sound, ending)

    def stems(self, ending: str) -> dict[str, bytes]:
        """Return a file for each family of instruments, as long as the whole; together they are the whole, at its level."""
        made, length = stems(self._recording, soundfont=self._font), len(self.sound.samples)
        return {family: encode(replace(sound, samples=fitted(sound.samples, length)), ending) for family, sound in made.items()}

    def for_page(self) -> tuple[str, bytes]:
        """Return the kind and the bytes of a sound that a web page can hold."""
        ending = next(ending for ending in _PAGE if ending in writable())
        kind, rate = _PAGE[ending]
        sound = self.sound if rate == self.sound.rate else render(self._recording, soundfont=self._font, rate=rate)
        return kind, encode(sound, ending)
