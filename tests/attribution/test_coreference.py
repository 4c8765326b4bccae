"""Pronouns, roles and short names stand for somebody whom the document names elsewhere."""

from tests.attribution.story import read, speakers

_TWO = (
    "British Prime Minister Ann Ashby met Italian Prime Minister Carla Conti on Monday.\n"
    "Ashby spoke first.\n"
)  # fmt: skip


def test_a_surname_is_the_full_name() -> None:
    assert speakers("Ann Ashby opened the bridge.\n“It is safe,” Ashby said.") == ["Ann Ashby"]


def test_a_full_name_may_come_after_the_short_one() -> None:
    assert speakers("“It is safe,” Ashby said.\nAnn Ashby opened the bridge.") == ["Ann Ashby"]


def test_a_pronoun_is_the_subject_of_the_sentence_before() -> None:
    text = "Tom Venn voiced hope on Friday that Ivo Marek, who met an envoy, will sign.\n“I trust it,” he said."
    assert speakers(text) == ["Tom Venn"]


def test_a_pronoun_agrees_with_a_title() -> None:
    text = "Mr. Venn met Ms. Ashby on Monday. “It is safe,” she said."
    assert speakers(text) == ["Ashby"]


def test_a_pronoun_in_an_embedded_clause_is_the_speaker() -> None:
    text = "Tom Venn said his team held “good” talks with Ivo Marek, during which he urged him to “spare” the port."
    assert speakers(text) == ["Tom Venn", "Tom Venn"]


def test_a_pronoun_never_stands_for_a_place() -> None:
    text = "Ann Venn opened the bridge. The road leads to Norville.\n“It is safe,” she said."
    assert speakers(text) == ["Ann Venn"]


def test_a_role_is_whoever_holds_it() -> None:
    text = "British Prime Minister Ann Ashby met Ivo Marek.\n“It is safe,” the prime minister said."
    assert speakers(text) == ["Ann Ashby"]


def test_the_nation_tells_two_holders_of_a_role_apart() -> None:
    assert speakers(_TWO + "“It is safe,” the Italian prime minister said.") == ["Carla Conti"]
    assert speakers(_TWO + "“It is safe,” the British prime minister said.") == ["Ann Ashby"]


def test_a_role_joins_through_an_apposition() -> None:
    text = "Ann Ashby, the mayor, opened the bridge with Ivo Marek.\n“It is safe,” the mayor said."
    assert speakers(text) == ["Ann Ashby"]


def test_a_role_with_a_nation_that_nobody_holds_is_a_person_by_that_role() -> None:
    speaker = read("“It is safe,” the Norwegian president said.")[0].speaker
    assert speaker
    assert (speaker.name, speaker.kind) == ("Norwegian president", "person")


def test_two_spellings_of_a_surname_are_one_person() -> None:
    text = "Viktor Zorenskyy opened the bridge.\n“It is safe,” Zorensky said."
    assert speakers(text) == ["Viktor Zorenskyy"]


def test_two_given_names_are_two_people() -> None:
    text = "“It is safe,” said Ann Ashby.\n“It is not,” said Tom Ashby."
    assert speakers(text) == ["Ann Ashby", "Tom Ashby"]


def test_the_reason_says_who_a_short_name_is() -> None:
    reason = read("Ann Ashby opened the bridge.\n“It is safe,” Ashby said.")[0].reason
    assert reason == "‘said’ stands next to ‘Ashby’, who is Ann Ashby in this document."
