"""Our FLAC files, read by a reader made from the format's description, checks included."""

from __future__ import annotations

import io
from hashlib import md5

import numpy as np
import pytest
import soundfile

from motifgen.files.audio_flac import BLOCK, flac


class Reader:
    """Bits of a byte string, one after the other."""

    def __init__(self, data):
        self.bits = np.unpackbits(np.frombuffer(data, dtype=np.uint8)).astype(np.int64)
        self.at = 0

    def take(self, width):
        value = 0
        for bit in self.bits[self.at : self.at + width].tolist():
            value = value << 1 | bit
        self.at += width
        return value

    def signed(self, width):
        value = self.take(width)
        return value - (1 << width) if value >> width - 1 else value

    def unary(self):
        zeros = int(np.argmax(self.bits[self.at :]))
        self.at += zeros + 1
        return zeros


def check(data, polynomial, width):
    value = 0
    for byte in data:
        value ^= byte << width - 8
        for _ in range(8):
            value = (value << 1 ^ polynomial if value >> width - 1 else value << 1) & (1 << width) - 1
    return value


def channel(reader, size):
    kind = reader.take(8)
    if kind == 0x02:
        return [reader.signed(16) for _ in range(size)]
    assert kind == 0x14
    out = [reader.signed(16), reader.signed(16)]
    assert reader.take(6) == 0
    rice = reader.take(4)
    for _ in range(size - 2):
        folded = reader.unary() << rice | reader.take(rice)
        out.append((folded >> 1 ^ -(folded & 1)) + 2 * out[-1] - out[-2])
    return out


def decoded(data):
    assert data[:4] == b"fLaC"
    assert data[4:8] == bytes([0x80, 0, 0, 34])
    packed = int.from_bytes(data[18:26], "big")
    rate, channels, depth, total = packed >> 44, (packed >> 41 & 7) + 1, (packed >> 36 & 31) + 1, packed & (1 << 36) - 1
    assert (channels, depth) == (2, 16)
    rest, number, blocks = data[42:], 0, []
    while rest:
        reader = Reader(rest)
        assert reader.take(16) == 0xFFF8
        size_code = reader.take(4)
        reader.take(4)
        assert reader.take(8) == 0x18
        assert reader.take(8) == number
        size = BLOCK if size_code == 0xC else reader.take(16) + 1
        header = reader.at // 8
        assert reader.take(8) == check(rest[:header], 0x07, 8)
        blocks.append(np.array([channel(reader, size) for _ in range(2)]).T)
        end = -(-reader.at // 8)
        assert int.from_bytes(rest[end : end + 2], "big") == check(rest[:end], 0x8005, 16)
        rest, number = rest[end + 2 :], number + 1
    samples = np.concatenate(blocks).astype("<i2") if blocks else np.zeros((0, 2), dtype="<i2")
    assert len(samples) == total
    assert md5(samples.tobytes(), usedforsecurity=False).digest() == data[26:42]
    return samples, rate


def tone(length):
    at = np.arange(length)
    return np.stack([9000 * np.sin(at * 0.03), 3000 * np.sin(at * 0.7) + at % 7], axis=1).astype(np.int16)


@pytest.mark.parametrize("length", [0, 1, 2, 3, 100, BLOCK, BLOCK + 1, 2 * BLOCK + 50])
def test_what_was_written_is_read(length):
    samples, rate = decoded(flac(tone(length), 44_100))
    assert rate == 44_100
    assert np.array_equal(samples, tone(length))


@pytest.mark.parametrize("rate", [8_000, 22_050, 48_000, 96_000])
def test_every_rate(rate):
    assert decoded(flac(tone(50), rate))[1] == rate


def test_the_loudest_and_wildest_sound():
    wild = np.where(np.arange(600)[:, None] * np.array([1, 3]) % 2 == 0, 32_767, -32_768).astype(np.int16)
    assert np.array_equal(decoded(flac(wild, 44_100))[0], wild)


def test_music_becomes_smaller():
    assert len(flac(tone(4 * BLOCK), 44_100)) < 0.7 * tone(4 * BLOCK).nbytes


def test_libsndfile_reads_it_too():
    samples, rate = soundfile.read(io.BytesIO(flac(tone(600_000), 44_100)), dtype="int16")
    assert rate == 44_100
    assert np.array_equal(samples, tone(600_000))
