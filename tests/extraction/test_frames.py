"""The frames of the event coder: their own examples, the borders between types, faults in the files."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from policygraph.errors import DataError
from policygraph.extraction.events import GATE, code_document
from policygraph.extraction.frames import MODES, dictionary, load
from policygraph.extraction.gazetteer import Gazetteer
from policygraph.extraction.mentions import find_mentions
from policygraph.importing.reference import load_reference
from policygraph.records import Block, BlockKind, Document, Event, Sentence, SourceInfo, Span
from policygraph.vocabulary import EventType

FRAMES = Path(__file__).parents[2] / "src" / "policygraph" / "extraction" / "frames"
EXAMPLES = [(frame.id, text) for frame in dictionary().frames.values() for text in frame.examples]
COUNTER = [(frame.id, text) for frame in dictionary().frames.values() for text in frame.counter]


@cache
def gazetteer() -> Gazetteer:
    return Gazetteer.from_reference(load_reference())


def events(text: str) -> list[Event]:
    """The events of one sentence, the main one first."""
    span = Span(0, len(text), text)
    block, sentence = Block(0, BlockKind.PARAGRAPH, span), Sentence(0, 0, span)
    document = Document("0" * 16, "one", text, "0" * 64, SourceInfo(), (block,), (sentence,))
    return [c.event for c in code_document(find_mentions(document, gazetteer()))]


@pytest.mark.parametrize(("name", "text"), EXAMPLES, ids=[f"{n}-{t[:24]}" for n, t in EXAMPLES])
def test_a_frame_codes_its_examples(name: str, text: str) -> None:
    frame = dictionary().frames[name]
    found = events(text)
    assert found, "no event"
    if frame.operator or frame.event is None:
        assert any(name in e.method.split(" > ") for e in found), [e.method for e in found]
    else:
        kinds = {t for e in found for t in (e.type, e.plover)}
        assert frame.event in kinds, [(e.method, e.type) for e in found]
        assert found[0].confidence >= GATE


@pytest.mark.parametrize(("name", "text"), COUNTER, ids=[f"{n}-{t[:24]}" for n, t in COUNTER])
def test_a_frame_leaves_other_sentences_alone(name: str, text: str) -> None:
    wanted = dictionary().frames[name].event
    sure = [e for e in events(text) if e.confidence >= GATE and e.type is wanted and e.plover is not None]
    assert not sure, [(e.method, e.type, e.confidence) for e in sure]


#: The borders between types that a coder gets wrong most easily, each with a sentence on either side.
BORDERS = [
    ("future cooperation", "Kenya will send food to Somalia.", "AGREE", None),
    ("cooperation done", "Kenya sent food to Somalia.", "AID", None),
    ("a retreat to come", "Syria will withdraw its troops from Lebanon.", "CONCEDE", None),
    ("a retreat done", "Syria withdrew its troops from Lebanon.", "RETREAT", "withdraw"),
    ("an envoy summoned", "Norway summoned the Iranian ambassador.", "ACCUSE", "disapprove"),
    ("an envoy met", "Norway's prime minister met the Iranian ambassador.", "CONSULT", None),
    ("a diplomatic protest", "Peru lodged a formal protest with Chile.", "ACCUSE", "disapprove"),
    ("a protest in the street", "Peruvian students staged a protest in Lima.", "PROTEST", "demo"),
    ("a joint exercise", "Greece and Egypt held joint exercises off Crete.", "COOPERATE", None),
    ("an own exercise", "Greece held a naval exercise off Crete.", "MOBILIZE", "troops"),
    ("forces for relief", "Chile sent a medical team to Haiti after the earthquake.", "AID", None),
    ("forces as a threat", "Chile sent warships to the Peruvian border.", "MOBILIZE", "troops"),
    ("a pardon", "The Ghanaian president pardoned two editors.", "CONCEDE", None),
    ("a release", "Ghana released two editors.", "RETREAT", "release"),
    ("a call for peace", "Ethiopia called for a ceasefire with Eritrea.", "AGREE", None),
    ("a call to others", "Ethiopia called on Eritrea to release its prisoners.", "REQUEST", "yield"),
    ("aid cut", "Sweden suspended aid to Rwanda.", "SANCTION", "discontinue"),
    ("aid refused", "Sweden refused to give aid to Rwanda.", "REJECT", "assist"),
    ("one person put out", "Malta deported a Libyan preacher.", "COERCE", "deport"),
    ("diplomats put out", "Malta expelled three Libyan diplomats.", "SANCTION", "expel"),
    ("a warrant in absence", "A Spanish judge issued an arrest warrant for a Chilean general.", "THREATEN", None),
    ("an arrest", "Spanish police arrested a Chilean general.", "COERCE", "arrest"),
    ("fighters captured", "Chadian troops captured thirty Sudanese rebels.", "ASSAULT", "abduct"),
    ("a meeting cancelled", "Turkey cancelled a meeting with Greece.", "REJECT", "meet"),
    ("people driven out", "Serb forces drove thousands of villagers from their homes in Bosnia.", "SANCTION", "expel"),
    ("a court's finding", "A Kenyan court convicted two Somali pirates.", "SANCTION", "convict"),
    ("a charge", "Kenyan prosecutors charged two Somali pirates with murder.", "ACCUSE", "allege"),
    ("an end of cooperation", "Colombia no longer sells coal to Israel.", "SANCTION", "discontinue"),
    ("a refusal to come", "Iran will not attend the talks with Iraq.", "REJECT", "meet"),
    ("a threat under a condition", "Miners in Bolivia will go on strike unless the government pays.", "THREATEN", None),
]


@pytest.mark.parametrize(("border", "text", "code", "mode"), BORDERS, ids=[b[0] for b in BORDERS])
def test_borders_between_types(border: str, text: str, code: str, mode: str | None) -> None:
    event = events(text)[0]
    assert (event.plover or event.type) is EventType(code), (event.method, event.type, event.plover)
    if mode:
        assert event.mode == mode


#: Sentences whose verb, actor or recipient stands where a careless reader misses it: (actors, recipients).
STRUCTURES = [
    ("Peru, which borders Chile, accused Bolivia of smuggling.", {"PER"}, {"BOL"}),
    ("Soldiers from Finland and Estonia attacked a Latvian ship.", {"FIN", "EST"}, {"LVA"}),
    ("The foreign ministers of Laos, Thailand and Cambodia condemned Vietnam.", {"LAO", "THA", "KHM"}, {"VNM"}),
    ("Zambia's minister for overseas trade criticised Malawi.", {"ZMB"}, {"MWI"}),
    ("Chad was accused by Libya of arming rebels.", {"LBY"}, {"TCD"}),
    ("It was Norway that accused Denmark of spying.", {"NOR"}, {"DNK"}),
    ("Portugal refused to extradite the banker to Angola.", {"PRT"}, {"AGO"}),
    ("Beijing threatened to cut off gas supplies to Mongolia.", {"CHN"}, {"MNG"}),
    ("Italy hailed Libya's decision to hand over the suspects.", {"ITA"}, {"LBY"}),
    ("Azerbaijan charged that Armenia had massed tanks near the border.", {"AZE"}, {"ARM"}),
    ("Iceland turned down an offer by Greenland's neighbour Canada.", {"ISL"}, {"CAN"}),
    ("Miners went on strike in Bolivia to protest against Chile's new tariff.", {"BOL"}, {"CHL"}),
    ("Qatar's emir, Sheikh Tamim, praised Oman.", {"QAT"}, {"OMN"}),
    ("A newspaper based in Oslo denounced Sweden.", {"NOR"}, {"SWE"}),
    ("Nepal received seed from India.", {"IND"}, {"NPL"}),
    ("Laos drew sharp criticism from Thailand.", {"THA"}, {"LAO"}),
    ("Algeria severed its ties with Morocco with a curt note.", {"DZA"}, {"MAR"}),
]


@pytest.mark.parametrize(("text", "actors", "recipients"), STRUCTURES, ids=[s[0][:40] for s in STRUCTURES])
def test_who_acts_and_whom_it_concerns(text: str, actors: set[str], recipients: set[str]) -> None:
    event = events(text)[0]
    assert {p.country for p in event.source if p.country} == actors
    assert {p.country for p in event.target if p.country} == recipients


def test_all_types_and_modes_have_a_frame() -> None:
    have = {(f.event.value, f.mode) for f in dictionary().frames.values() if f.event}
    made = {("THREATEN", m) for m in MODES["THREATEN"]} | {("REQUEST", m) for m in MODES["REQUEST"]}
    made |= {("REJECT", m) for m in MODES["REJECT"]} | {("CONSULT", "multilateral")}
    wanted = {(t, m) for t, modes in MODES.items() for m in modes}
    assert not wanted - have - made
    assert {t.value for t in EventType} == {t for t, _ in have}


def test_a_sentence_without_a_frame_is_left_uncoded_unless_a_guess_is_asked_for() -> None:
    text = "Ghana lugged food aid to Togolese hamlets."
    assert events(text) == []
    span = Span(0, len(text), text)
    block, sentence = Block(0, BlockKind.PARAGRAPH, span), Sentence(0, 0, span)
    document = Document("0" * 16, "one", text, "0" * 64, SourceInfo(), (block,), (sentence,))
    (guessed,) = [c.event for c in code_document(find_mentions(document, gazetteer()), guess=True)]
    assert guessed.type is EventType.AID
    assert guessed.confidence < GATE


def broken(tmp_path: Path, name: str, old: str, new: str) -> Path:
    """A copy of the frames with one change."""
    for path in FRAMES.glob("*.yaml"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace(old, new, 1) if path.name == name else text, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("    event: ASSAULT\n    mode: beat", "    event: QUARREL\n    mode: beat", "'QUARREL' is no event type"),
        ("    mode: beat", "    mode: hug", "'hug' is no mode of ASSAULT"),
        ("id: assault-torture", "id: assault-beat", "the id 'assault-beat' is taken"),
        ("      torture,", "      torture @pain,", "no class 'pain'"),
        ("      torture,", "      beat, torture,", "stands in"),
        ('    examples: ["Soldiers tortured', '    samples: ["Soldiers tortured', "unknown key 'samples'"),
    ],
)
def test_a_fault_in_the_frames_is_named_with_file_and_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(DataError, match=message) as error:
        load(broken(tmp_path, "assault.yaml", old, new))
    assert "assault.yaml:" in str(error.value)
