"""The controlled lists. Where a field holds one of these words, the source's own words stand beside it.

A word may be added; none is ever renamed or taken away, since stored facts hold it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, NamedTuple

# Organisations, places, posts, bodies

OrganisationKind = Literal[
    "icb", "nhs-trust", "foundation-trust", "nhs-england", "ccg",
    "upper-tier-la", "district", "combined-authority", "government", "regulator",
    "gp-provider", "pcn", "care-provider", "vcse", "healthwatch", "housing", "police", "fire", "education",
    "company", "partnership", "other",
]  # fmt: skip
Relation = Literal["answerable-to", "part-of", "hosted-by", "in-the-area-of", "commissioned-by", "member-of"]
Takes = Literal["whole", "part"]
Continuity = Literal["treated-as-done-by-successor", "not-continued"]
Liabilities = Literal["to-successor", "stay", "split"]
PlaceLevel = Literal["system", "place", "neighbourhood"]
HolderBasis = Literal["substantive", "acting", "interim", "deputising", "ex-officio"]
Departure = Literal["resigned", "removed", "term-ended", "left-office", "replaced"]
BodyKind = Literal[
    "statutory-body", "board", "executive", "committee", "sub-committee", "joint-committee", "committees-in-common",
    "group-of-individual-decision-makers", "advisory-forum", "statutory-committee", "scrutiny-committee",
    "working-group", "host",
]  # fmt: skip
BodyPower = Literal["decide", "recommend", "advise", "discuss"]
Role = Literal[
    "chair", "joint-chair", "vice-chair", "voting-member", "non-voting-member", "member", "deputy", "co-opted",
    "observer", "in-attendance", "secretary", "lead", "approver",
]  # fmt: skip
Seat = Literal["elected", "appointed", "nominated", "ex-officio", "co-opted", "volunteered"]
VotingRule = Literal[
    "consensus", "unanimity", "majority", "two-thirds", "three-quarters", "chair-decides", "each-member-decides"
]
VotingBase = Literal["votes-cast", "members-present", "members", "organisations"]
Tie = Literal["lost", "casting-vote", "lot"]

# Instruments, delegations, funds, money

InstrumentKind = Literal[
    "statute", "order", "direction", "constitution", "standing-orders", "sord", "operational-scheme", "sfi",
    "functions-and-decisions-map", "terms-of-reference", "s75-agreement", "delegation-agreement",
    "collaboration-agreement", "alliance-agreement", "mou", "contract", "appointment-letter", "by-law", "policy",
    "resolution", "minutes", "judgment", "other",
]  # fmt: skip
DelegationKind = Literal["delegate", "joint-exercise", "lead-commission", "appoint-to-post", "execute"]
Exercise = Literal["jointly", "severally"]
Exclusivity = Literal["concurrent", "exclusive"]
OnwardRule = Literal["prohibited", "permitted", "with-consent"]
Holders = Literal["substantive-only", "any-holder"]
LapseCause = Literal[
    "time-expired", "party-dissolved", "term-ended", "post-vacant", "purpose-fulfilled", "condition-failed"
]
ReviewConclusion = Literal["keep", "vary", "replace", "end"]
FundKind = Literal["own", "delegated", "pooled", "aligned", "in-view"]
Operator = Literal["<", "<="]
Vat = Literal["included", "excluded"]
MoneyKind = Literal["revenue", "capital"]
Recurrence = Literal["one-off", "recurrent"]

# Proposals, positions, conditions

Purpose = Literal["decision", "discussion", "information"]
AskedTo = Literal["decide", "advise", "comment", "note"]
AskedNext = Literal["decide", "advise", "comment", "note", "act"]
RelatedLink = Literal["part-of", "amends", "answers", "replaces", "same-matter", "relates-to"]
Position = Literal[
    "support", "support-with-conditions", "in-principle", "object", "abstain", "no-view", "not-party", "declined",
    "conflicted",
]  # fmt: skip
BindingKind = Literal["own-authority", "delegated", "body-resolution", "subject-to-body", "officer-view"]
ConditionKind = Literal["precedent", "subsequent", "each-use"]
NoticeException = Literal["general-exception", "special-urgency"]

# Meetings and interests

MeetingKind = Literal["ordinary", "special", "urgent", "inaugural", "informal", "written-procedure"]
MeetingMode = Literal["in-person", "remote", "hybrid"]
Openness = Literal["public", "private", "part-private"]
MinutesKept = Literal["taken", "notes-only", "none-taken"]
MinutesStatus = Literal["notes", "draft", "chair-checked", "confirmed", "confirmed-as-amended", "unconfirmed-final"]
Presence = Literal["present", "part", "apologies", "absent"]
PresenceMode = Literal["in-person", "remote"]
InterestKind = Literal[
    "financial", "non-financial-professional", "non-financial-personal", "indirect", "dpi", "other-registrable",
    "non-registrable", "organisational",
]  # fmt: skip
ConflictStatus = Literal["actual", "potential", "perceived"]
ConflictManagement = Literal[
    "no-action-needed", "speaks-without-deciding", "leaves-for-item", "papers-withheld", "does-not-attend",
    "chair-hands-over", "removed-from-group", "item-referred-elsewhere", "wider-quorum",
]  # fmt: skip
Allowed = Literal["speak", "speak-and-vote"]

# Decisions, votes, actions, records

Outcome = Literal[
    "approved", "approved-as-amended", "approved-with-conditions", "approved-in-part", "rejected", "deferred",
    "noted", "received", "endorsed", "recommended", "advised", "delegated", "referred", "elected", "ratified",
    "not-ratified", "withdrawn", "no-decision",
]  # fmt: skip
Method = Literal[
    "consensus", "vote-show", "vote-recorded", "ballot", "individual", "written-procedure", "without-meeting"
]
MotionKind = Literal["substantive", "amendment", "en-bloc", "referral", "reconsideration", "procedural"]
VoteResult = Literal["unanimous", "majority", "tied"]
VoteCast = Literal["in-favour", "against", "abstained", "recused", "absent", "did-not-vote"]
DecisionLink = Literal[
    "adopts", "amends", "reconsiders", "confirms", "carried-by", "joint-with", "exercises", "follows"
]
CallInResult = Literal["no-action", "referred-back", "referred-to-council", "withdrawn", "out-of-time"]
Progress = Literal["not-started", "on-track", "at-risk", "late", "blocked"]
AccessLevel = Literal["open", "part-exempt", "exempt", "confidential", "private-nhs", "withheld-pending"]
AuthorityKind = Literal["secretariat", "meeting", "source", "court"]
Permission = Literal["read", "read-private", "record", "correct", "publish", "erase", "administer"]

# Legal bases


class LegalBasis(NamedTuple):
    """A power that may be cited. `delegates`: whether functions can be given away under it.

    `verified` says that the text itself was read for this table; where it is false, check before relying on it.
    """

    name: str
    uri: str | None
    delegates: bool
    verified: bool
    until: str | None


_LAW: Final = "https://www.legislation.gov.uk/id/"
_NHSA: Final = "ukpga/2006/41/"
_LGA72: Final = "ukpga/1972/70/section/"
_LGA2000: Final = "ukpga/2000/22/section/"

LEGAL_BASES: Final[Mapping[str, LegalBasis]] = {
    code: LegalBasis(name, law and _LAW + law, delegates, verified, until)
    for code, name, law, delegates, verified, until in (
        ("nhsa2006-s2B", "NHS Act 2006 s2B", _NHSA + "section/2B", False, False, None),
        ("nhsa2006-s3", "NHS Act 2006 s3", _NHSA + "section/3", False, False, None),
        ("nhsa2006-s7A", "NHS Act 2006 s7A", _NHSA + "section/7A", True, True, None),
        ("nhsa2006-s13Z", "NHS Act 2006 s13Z", _NHSA + "section/13Z", True, True, "2022-07-01"),
        ("nhsa2006-s47A", "NHS Act 2006 s47A", _NHSA + "section/47A", True, False, None),
        ("nhsa2006-s65Z5", "NHS Act 2006 s65Z5", _NHSA + "section/65Z5", True, False, None),
        ("nhsa2006-s65Z6", "NHS Act 2006 s65Z6", _NHSA + "section/65Z6", True, False, None),
        ("nhsa2006-s75", "NHS Act 2006 s75", _NHSA + "section/75", True, False, None),
        ("nhsa2006-sch1B", "NHS Act 2006 Sch 1B", _NHSA + "schedule/1B", True, True, None),
        ("nhsa2006-sch7p15", "NHS Act 2006 Sch 7 para 15", _NHSA + "schedule/7/paragraph/15", True, False, None),
        ("nhstrust-si1990-2024", "SI 1990/2024", "uksi/1990/2024", True, False, None),
        ("lga1972-s101", "Local Government Act 1972 s101", _LGA72 + "101", True, False, None),
        ("lga1972-s101(5)", "Local Government Act 1972 s101(5)", _LGA72 + "101", True, False, None),
        ("lga1972-s102", "Local Government Act 1972 s102", _LGA72 + "102", True, False, None),
        ("lga1972-s113", "Local Government Act 1972 s113", _LGA72 + "113", False, False, None),
        ("lga2000-s9E", "Local Government Act 2000 s9E", _LGA2000 + "9E", True, False, None),
        ("lga2000-s9EA", "Local Government Act 2000 s9EA", _LGA2000 + "9EA", True, False, None),
        ("lga2000-s9EB", "Local Government Act 2000 s9EB", _LGA2000 + "9EB", True, False, None),
        ("hsca2012-s194", "Health and Social Care Act 2012 s194", "ukpga/2012/7/section/194", False, True, None),
        ("hsca2012-s196(2)", "Health and Social Care Act 2012 s196(2)", "ukpga/2012/7/section/196", True, False, None),
        ("careact2014-s2", "Care Act 2014 s2", "ukpga/2014/23/section/2", False, False, None),
        ("careact2014-s18", "Care Act 2014 s18", "ukpga/2014/23/section/18", False, False, None),
        ("careact2014-s74", "Care Act 2014 s74", "ukpga/2014/23/section/74", False, False, "2022-07-01"),
        ("careact2014-s79", "Care Act 2014 s79", "ukpga/2014/23/section/79", True, False, None),
        ("localism2011-s1", "Localism Act 2011 s1", "ukpga/2011/20/section/1", False, False, None),
        ("psr-si2023-1348", "Provider Selection Regime, SI 2023/1348", "uksi/2023/1348", False, False, None),
        ("contract", "a contract", None, False, True, None),
        ("mou", "a memorandum of understanding", None, False, True, None),
        ("original-power", "the holder's own power", None, False, True, None),
        ("other", "another basis, in words", None, False, True, None),
    )
}
"""The codes of `legal_basis`. A fact may cite one that is not in this list.

What each allows, and where liability lies, is in the table of `domain/authority/legal_bases.toml`.
"""
