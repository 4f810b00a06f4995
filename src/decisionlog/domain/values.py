"""What a field of a fact may hold: each kind of value has one name here, used on every page of facts.

The annotations carry meaning for three readers: the codec (which decodes stored facts leniently),
the requests (which hold what people type to the strict rules) and the published JSON Schema.
"""

from __future__ import annotations

from typing import Annotated, Any, dataclass_transform

from msgspec import Meta, Struct, field


@dataclass_transform(frozen_default=True, kw_only_default=True, field_specifiers=(field,))
class Stored(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A part of a stored fact. An absent field is *not recorded*; an empty list is *recorded as none*."""


class Commitment(Stored):
    """A salted commitment in the place of a sealed value: `{"$private": D}` (RFC 9901, array-element disclosure).

    `D` is base64url(SHA-256(disclosure)); the disclosure itself, salt and value, lies in the vault.
    """

    digest: str = field(name="$private")


def _is(meaning: str, description: str, **more: Any) -> Meta:
    return Meta(extra={"is": meaning, **more}, description=description)


def _ref(*kinds: str) -> Meta:
    wanted = "/".join(kinds) or "any kind"
    return Meta(
        extra={"is": "ref", "kinds": kinds},
        description=f"A reference kind:key to {wanted}.",
        extra_json_schema={"pattern": f"^({'|'.join(kinds) or '[a-z_]+'}):."},
    )


Sealed = Annotated[Commitment, _is("sealed", "Prose, behind a salted commitment.", limit=20_000)]
SealedLine = Annotated[
    Commitment, _is("sealed", "A title or a name, behind a salted commitment.", limit=200, one_line=True)
]
Label = Annotated[str, _is("label", "Open, short, one line: a number, a code, a version; never a name or prose.")]
Code = Annotated[str, _is("code", "A code from a published table, such as a legal basis.")]
Uri = Annotated[str, _is("uri", "An address (http, https, mailto, urn) or a file name without folders.")]
Sha256 = Annotated[str, _is("sha256", "A SHA-256 digest, 64 lower-case hexadecimal digits.")]
Pointer = Annotated[str, _is("pointer", "A JSON Pointer (RFC 6901) into data, or /on.")]
Text = Annotated[str, _is("text", "One open line, such as the name of an organisation, body, post or place.")]
When = Annotated[str, _is("when", "A civil day, an RFC 3339 time with its offset, or a partial date (2024-02, 2024).")]
Count = Annotated[int, _is("count", "A whole number from 0.")]
Whole = Annotated[int, _is("whole", "A whole number within plus or minus 2^53 - 1.")]
Exact = Annotated[str, _is("exact", "A whole number of any size, in decimal digits.")]
Anything = Annotated[Any, _is("anything", "The value at the path, in the form in which it is stored there.")]

AnyRef = Annotated[str, _ref()]
Party = Annotated[str, _ref("body", "post", "person", "organisation")]
Holder = Annotated[str, _ref("organisation", "body", "post")]
Bound = Annotated[str, _ref("organisation", "body")]
Member = Annotated[str, _ref("person", "post")]
Matter = Annotated[str, _ref("proposal", "decision", "instrument", "fund")]
OrganisationRef = Annotated[str, _ref("organisation")]
PlaceRef = Annotated[str, _ref("place")]
FunctionRef = Annotated[str, _ref("function")]
PersonRef = Annotated[str, _ref("person")]
BodyRef = Annotated[str, _ref("body")]
InstrumentRef = Annotated[str, _ref("instrument")]
DelegationRef = Annotated[str, _ref("delegation")]
FundRef = Annotated[str, _ref("fund")]
ProposalRef = Annotated[str, _ref("proposal")]
MeetingRef = Annotated[str, _ref("meeting")]
DecisionRef = Annotated[str, _ref("decision")]
ActionRef = Annotated[str, _ref("action")]
InterestRef = Annotated[str, _ref("interest")]
