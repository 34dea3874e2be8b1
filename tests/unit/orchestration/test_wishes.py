from motifgen import Arc, Cast, Character, Motif, Scene, compose

THEME = Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor")


def said(voice, style="orchestral"):
    scene = Scene("1m1", 16, Arc.of((0, "calm"), (12, "hope")), cast=[Cast(Character("mara", THEME, voice=voice))], style=style)
    return [text for text in compose(scene).ledger["warnings"] if "is not played by" in text]


def test_a_drum_that_cannot_sing_a_theme_is_said_to_be_replaced():
    sentences = said(["snare drum"])
    assert sentences
    assert all("Mara is not played by snare drum" in sentence for sentence in sentences)


def test_a_piano_reduction_says_once_that_it_plays_for_others():
    [sentence] = said(["oboe"], style="piano")
    assert sentence.endswith("but by Piano")


def test_a_wish_that_is_met_is_not_talked_about():
    assert said(["cello"]) == []
