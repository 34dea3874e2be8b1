"""The picture of a recording: names can be read, near hits and near statements do not write over each other."""

from __future__ import annotations

import re
from dataclasses import replace

from motifgen.sketch.view import WIDTH, svg
from performing import played, recording

HITS = [(10, "a door"), (10.4, "a very long account of a door that opens slowly"), (10.8, "light"), (19.9, "the end")]
STATEMENTS = [(2, 4, "plain"), (2.5, 5, "minor"), (15, 16, "head 3"), (19.9, 20, "transpose 7 degrees")]


def picture():
    ledger = {
        "scene": "1m1", "title": "Door", "arc": [{"seconds": 0, "tension": 0.2, "arousal": 0.1, "valence": -1.0}],
        "hits": [{"landed_seconds": at, "met": True, "do": "accent", "what": what} for at, what in HITS],
        "statements": [{"start_seconds": start, "end_seconds": end, "who": "mara", "transforms": [how], "parts": ["Solo Cello"]}
                       for start, end, how in STATEMENTS],
    }  # fmt: skip
    return svg(replace(recording(played(rows=[(0, 960, 60, 80)]), end=40 * 960), ledger=ledger))


def boxes(colour, letter):
    found = re.findall(rf'<text x="([^"]+)" y="([^"]+)"(?: font-size="8")? fill="{colour}">([^<]*)<', picture())
    return [(float(x), float(x) + letter * len(said), float(y), said) for x, y, said in found]


def apart(rows):
    return all(one[2] != other[2] or one[1] <= other[0] or other[1] <= one[0] for one in rows for other in rows if one != other)


def test_names_of_near_hits_stand_in_rows_of_their_own():
    rows = boxes("#444", 5.3)
    assert len(rows) == len(HITS)
    assert len({row[2] for row in rows}) == 3
    assert apart(rows)
    assert max(row[1] for row in rows) <= WIDTH + 0.01
    assert rows[1][3] == "accent: a very long account of a door t…"


def test_statements_are_named_where_there_is_room_and_over_every_shade():
    rows = boxes("#9a4a26", 4.24)
    assert [row[3] for row in rows] == ["mara: plain", "mara: head 3", "mara: transpose 7 degrees"]
    assert apart(rows)
    assert max(row[1] for row in rows) <= WIDTH + 0.01
    assert picture().rindex("#f3d9c9") < picture().index("#9a4a26")
    assert picture().count("<title>mara: minor</title>") == 1
