"""Sentences of who governs: organisations, places, functions, people, posts, bodies, instruments, delegations, funds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from decisionlog.questions.sentences.deciding import Template

_UNDER: Final = "[, under {legal_basis}][, {instrument}][, clause {clause}]"

GOVERNING: Final[Mapping[str, Template]] = {
    "organisation.registered": "It was registered[ as {kind}].",
    "organisation.renamed": "It was renamed {name}.",
    "organisation.coded": "Its codes changed.",
    "organisation.related": f"It became {{relation|relation_words|=related to}}[ {{to}}]{_UNDER}.",
    "organisation.relation_ended": "It is no longer {of relation|=related to another}[ {of to}].",
    "organisation.succeeded": f"{{successors}} took over from it{_UNDER}.",
    "organisation.dissolved": f"It was dissolved[, from {{from}}]{_UNDER}.",
    "place.defined": "It was defined[ as a {level}][, within {within}].",
    "place.redrawn": "It was redrawn[, as a {level}][, within {within}].",
    "function.catalogued": "It was entered in the catalogue[, beneath {parent}].",
    "function.duty_placed": f"The duty for it was placed on {{holder}}[, in {{places}}]{_UNDER}.",
    "function.duty_ended": "The duty of {of holder|=a holder that is not recorded} ended[; {to} has it now].",
    "person.registered": "The person became known to this log.",
    "person.renamed": "The person goes by another name[: {name}].",
    "person.affiliated": "The person works for {employers|=nobody}[, as {capacity}].",
    "person.erased": "What names the person was erased[, under {by_decision}].",
    "post.established": "It was set up[ in {organisation}][, jointly with {jointly_with}].",
    "post.renamed": "It was renamed {name}.",
    "post.filled": "{person} took the post[, {basis}].",
    "post.vacated": "{of person|=The holder} left the post[: {departure}].",
    "post.abolished": "It was abolished[; {to} takes on its work].",
    "body.constituted": "It was set up[ as {kind}][ of {parents}].",
    "body.renamed": "It was renamed {name}.",
    "body.parents_changed": "Its parents changed[: {parents_joined} joined][: {parents_left} left].",
    "body.reconstituted": "It was set up again[ as {kind}].",
    "body.terms_adopted": "Terms were adopted[, version {version}][, under which it can {can}].",
    "body.member_appointed": "{member} took a seat[ as {role}][, for {on_behalf_of}][, by {by_decision}].",
    "body.member_ended": "{of member|=A member who is not recorded} gave up the seat[: {departure}].",
    "body.dissolved": "It was dissolved[; {to} takes on what it leaves].",
    "instrument.adopted": "It was adopted[ in version {version}][ by {parties}].",
    "instrument.amended": "It was amended[ by {amended_by|by_decisions}][, to version {version}].",
    "instrument.parties_changed": "Its parties changed[: {parties_joined} joined][: {parties_left} left].",
    "instrument.replaced": "{replaced_by|=Another instrument} took its place.",
    "instrument.ended": "It ended.",
    "delegation.granted": f"{{delegator|=Somebody who is not recorded}} gave it to {{delegates|=somebody who is not recorded}}{_UNDER}.",
    "delegation.varied": "Its terms were varied[, from {from}][, by {by_decision}].",
    "delegation.suspended": "It was suspended[ for {on_behalf_of}][, as to {scope}][, from {from}][, until {until}].",
    "delegation.resumed": "It may be used again[ for {on_behalf_of}][, from {from}].",
    "delegation.consented": "{who|on_behalf_of|by|=Whoever must agree} agreed that it be passed on[ to {delegates}].",
    "delegation.revoked": "It was revoked[ for {on_behalf_of}][, from {from}][, by {by_decision}].",
    "delegation.continued": "It was continued[ for {parties}][, into {continued_into}].",
    "delegation.lapsed": "It lapsed[: {cause}].",
    "delegation.reported": "What was done under it was reported[ to {to}][, for {period}].",
    "delegation.reviewed": "{who|by|=Somebody who is not recorded} reviewed it[, and would {conclusion} it].",
    "fund.established": "It was set up[ as {kind}][, hosted by {host}][, by {parties}].",
    "fund.contribution_changed": "Contributions to it changed.",
    "fund.parties_changed": "Its parties changed[: {parties_joined} joined][: {parties_left} left].",
    "fund.reported": "How it stands was reported[ to {to}][, for {period}].",
    "fund.closed": "It was closed[; {to} has what was left].",
    "interest.registered": "{by|=Somebody who is not recorded} registered an interest[: {nature}].",
    "interest.ended": "The interest is no longer held.",
    "dispensation.granted": "{person|=Somebody who is not recorded} was allowed to {allows|=take part}[ by {who|by_decision}].",
}
"""Each type of fact and its sentence: `it` is the thing that the fact is about, `{of x}` a field of the fact that it answers."""
