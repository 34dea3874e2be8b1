"""A whole film in code: two themes, two scenes, MIDI files and ledgers."""

from motifgen import Arc, Cast, Character, Hit, Motif, Scene, Story, compose

mara = Character("mara", Motif.parse("D4/q A4/q. G4/e F4/q | E4/q. F4/e D4/h", key="D minor"), voice=["cello", "horn"], traits=["brave"])
sea = Character("the_sea", Motif.parse("D3/h Eb3/q D3/q | Ab3/w", key="D minor"), kind="place", voice=["trombone", "contrabass"])

storm = Scene(
    "1m1",
    length=72,
    arc=Arc.of((0, "calm"), (20, {"unease": 0.7, "hope": 0.3}, "smooth"), (50, "terror"), (62, "relief")),
    cast=[Cast(mara), Cast(sea, (24, 60))],
    hits=[Hit(24, "entry", "the horizon darkens", who="the_sea"), Hit(50.5, "stinger", "the wave breaks the window")],
)
harbour = Scene("1m2", length=40, arc=Arc.of((0, "loneliness"), (30, "hope")), cast=[Cast(mara)], style="chamber")

film = Story("The Salt Road", scenes=[storm, harbour], characters=[mara, sea], seed=7)
for scene in film.composed:
    sketch = compose(scene, film)
    print(sketch)
    sketch.save(f"{scene.id}.mid")
    sketch.save(f"{scene.id}.json")
