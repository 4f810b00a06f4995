from __future__ import annotations

from decisionlog.domain.refusals import Refusal
from tests.commands.acting import acted, asked, sign
from tests.scenario import organisation, proposal

P1 = "proposal:P1"
GIVEN = (organisation("council"), organisation("trust"), proposal("P1", version="1"))


def withdrawn(partner="council", **more):
    return asked("proposal.position_withdrawn", "P1", on_behalf_of=[partner], **more)


def test_the_position_that_the_partner_holds_is_named():
    case = acted(*GIVEN, sign("P1", "object"), sign("P1", partner="trust"), sign("P1"))
    case.when(withdrawn()).then("proposal.position_withdrawn", of={"stream": P1, "n": 4})


def test_another_position_can_be_named_by_its_place_in_the_log():
    case = acted(*GIVEN, sign("P1", "object"), sign("P1", partner="trust"))
    case.when(asked("proposal.position_withdrawn", "P1", fact=6)).then(
        "proposal.position_withdrawn", of={"stream": P1, "n": 3}, on_behalf_of=["organisation:trust"]
    )


def test_who_holds_no_position_has_none_to_withdraw():
    case = acted(*GIVEN, sign("P1", partner="trust"))
    case.when(withdrawn()).refused("holds no position on P1", Refusal)
    case.when(asked("proposal.position_withdrawn", "P1", fact=4)).refused("@4 is not a position on P1", Refusal)


def test_a_position_is_withdrawn_once():
    acted(*GIVEN, sign("P1"), withdrawn()).when(withdrawn()).refused("holds no position on P1", Refusal)
    acted(*GIVEN, sign("P1", "object"), sign("P1"), withdrawn()).when(withdrawn()).refused("holds no", Refusal)
