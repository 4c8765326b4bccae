"""Short forms of English given names, and the names that they stand for."""

from functools import lru_cache

_SHORT = """
abe abraham | abby abigail | al albert alan alfred alexander | alec alexander | alex alexander alexandra
alf alfred | andy andrew | angie angela | archie archibald | art arthur | barb barbara
barney barnaby bernard | becky rebecca | ben benjamin | benny benjamin | bernie bernard bernadette
bert albert herbert robert | bess elizabeth | beth elizabeth bethany | betsy elizabeth | betty elizabeth
bill william | billy william | bob robert | bobby robert | brad bradley | cal calvin | cathy catherine
charlie charles charlotte | chip charles | chuck charles | cindy cynthia lucinda | clem clement
connie constance | dan daniel | danny daniel | dave david | debbie deborah | deb deborah | dick richard
dolly dorothy | don donald | donnie donald | dot dorothy | doug douglas | drew andrew | ed edward edwin edmund
eddie edward edwin | ellie eleanor ellen | em emily emma | ernie ernest | fran frances francis
frank francis franklin | fred frederick alfred | freddie frederick alfred | gabe gabriel | gene eugene
geoff geoffrey | gerry gerald | ginny virginia | greg gregory | gus augustus angus | hal harold henry
hank henry | harry harold henry | herb herbert | ike isaac | jack john jackson | jackie jacqueline
jake jacob | jamie james | jan janet janice | jeff jeffrey | jen jennifer | jenny jennifer
jerry gerald jerome jeremy | jess jessica | jessie jessica | jim james | jimmy james | joe joseph
joey joseph | johnny john | jon jonathan | josh joshua | judy judith | kate katherine catherine kathleen
kathy katherine catherine kathleen | katie katherine catherine kathleen | ken kenneth | kenny kenneth
kim kimberly | kit christopher katherine | larry lawrence laurence | len leonard | lenny leonard
leo leonard leonardo | les leslie lester | lex alexander | libby elizabeth | liz elizabeth | lizzie elizabeth
lou louis louise | lucy lucille lucinda | maggie margaret | mandy amanda | marge margaret marjorie
marty martin | matt matthew | max maxwell maximilian | meg margaret megan | mel melvin melanie | mick michael
micky michael | mickey michael | mike michael | millie mildred millicent | minnie wilhelmina | mitch mitchell
moe moses maurice | molly mary margaret | nan nancy anne | nate nathan nathaniel | ned edward edmund
nell eleanor ellen | nick nicholas | norm norman | pam pamela | pat patrick patricia | patty patricia
peg margaret | peggy margaret | pete peter | phil philip phillip | polly mary | rafe ralph | ray raymond
reg reginald | rich richard | rick richard | ricky richard | rob robert | robbie robert | rod rodney roderick
ron ronald | ronnie ronald veronica | rudy rudolph | russ russell | sally sarah | sam samuel samantha
sandy alexander sandra | sid sidney | stan stanley stanislav | steph stephanie | steve stephen steven
stew stewart stuart | sue susan susanna | susie susan | tammy tamara | ted theodore edward
teddy theodore edward | terry terence theresa | tess theresa | theo theodore | tim timothy | timmy timothy
tina christina martina | toby tobias | tom thomas | tommy thomas | tony anthony antonio | tricia patricia
trish patricia | val valerie valentine | vic victor victoria | vicky victoria | vince vincent | walt walter
wes wesley | will william | willie william | win winston winifred | zach zachary
"""
_FULL: dict[str, frozenset[str]] = {
    short: frozenset(full)
    for short, *full in (entry.split() for entry in _SHORT.replace("\n", " | ").split("|") if entry.split())
}


@lru_cache(maxsize=65536)
def full_forms(given: str) -> frozenset[str]:
    """What a folded given name may be in full, itself among it: “bill” may be “william”."""
    return _FULL.get(given, frozenset()) | {given}
