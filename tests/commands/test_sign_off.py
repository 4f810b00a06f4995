from __future__ import annotations

import pytest

from tests.commands.acting import acted, asked, sign
from tests.scenario import about, fact, organisation, person, proposal

P1 = "proposal:P1"
PARTNERS = (organisation("council"), organisation("trust"), person("p-001"))


def submitted(version="1", **data):
    return proposal("P1", version=version, **data)


def revised(version, on="2026-03-20", **data):
    return fact("proposal.revised", P1, on, version=version, **data)


def test_a_sign_off_is_on_the_newest_version():
    case = acted(*PARTNERS, submitted(), revised("2"))
    case.when(sign("P1", on="2026-03-21")).then("proposal.position_taken", version="2", stream=P1).noted()


def test_a_sign_off_may_name_an_earlier_version():
    acted(*PARTNERS, submitted(), revised("2")).when(sign("P1", version="1")).then(
        "proposal.position_taken", version="1"
    )


def test_a_version_that_was_never_put_forward_is_kept_and_noted():
    case = acted(*PARTNERS, submitted(), revised("2")).when(sign("P1", version="3"))
    case.then("proposal.position_taken", version="3").noted("version 3 of P1 is not recorded (there is 1, 2)")


def test_a_version_that_came_later_than_the_sign_off_is_noted():
    case = acted(*PARTNERS, submitted(), revised("2")).when(sign("P1", on="2026-03-14"))
    case.then("proposal.position_taken", version="2").noted("version 2 was put forward on 2026-03-20 [6], after this")


def test_where_no_version_has_a_label_none_is_made_up():
    acted(*PARTNERS, proposal("P1")).when(sign("P1")).then("proposal.position_taken").without("version")


def test_a_retracted_revision_is_no_version():
    case = acted(*PARTNERS, submitted(), revised("2"), about(P1, "record.retracted", of=2))
    case.when(sign("P1")).then("proposal.position_taken", version="1")


def test_a_second_position_of_the_same_partner_takes_the_place_of_the_first():
    case = acted(*PARTNERS, submitted(), sign("P1", "in-principle"))
    case.when(sign("P1", "support")).then("proposal.position_taken", replaces={"stream": P1, "n": 2})


@pytest.mark.parametrize(
    "other",
    [{"partner": "trust"}, {"capacity": "finance"}, {"stage": "outline"}],
    ids=["another partner", "another capacity", "another stage"],
)
def test_the_position_of_another_hat_is_left_alone(other):
    acted(*PARTNERS, submitted(), sign("P1", "object")).when(sign("P1", **other)).then(
        "proposal.position_taken"
    ).without("replaces")


def test_a_position_that_was_withdrawn_is_not_replaced():
    withdrawn = asked("proposal.position_withdrawn", "P1", on_behalf_of=["council"])
    acted(*PARTNERS, submitted(), sign("P1", "object"), withdrawn).when(sign("P1")).then(
        "proposal.position_taken"
    ).without("replaces")


def test_the_last_of_several_positions_is_the_one_that_is_replaced():
    case = acted(*PARTNERS, submitted(), sign("P1", "object"), sign("P1", "abstain"))
    case.when(sign("P1")).then("proposal.position_taken", replaces={"stream": P1, "n": 3})


def test_a_person_may_sign_for_nobody_but_themselves():
    first = asked("proposal.position_taken", "P1", by="p-001", position="object")
    again = asked("proposal.position_taken", "P1", by="p-001", position="support")
    acted(*PARTNERS, submitted(), first).when(again).then("proposal.position_taken", replaces={"stream": P1, "n": 2})


def test_a_sign_off_answers_the_request_that_waits_for_it():
    request = fact("proposal.sign_off_requested", P1, asked="organisation:council", due="2026-03-30")
    case = acted(*PARTNERS, submitted(), request)
    case.when(sign("P1")).then("proposal.position_taken", answers={"stream": P1, "n": 2})


@pytest.mark.parametrize(
    "gone",
    [
        sign("P1", "object"),
        about(P1, "proposal.sign_off_request_withdrawn", of=2),
        about(P1, "record.retracted", of=2),
    ],
    ids=["answered", "withdrawn", "retracted"],
)
def test_a_request_that_no_longer_waits_is_not_answered(gone):
    request = fact("proposal.sign_off_requested", P1, asked="organisation:council")
    acted(*PARTNERS, submitted(), request, gone).when(sign("P1")).then("proposal.position_taken").without("answers")


def test_a_request_to_another_or_for_another_stage_still_waits():
    others = [
        fact("proposal.sign_off_requested", P1, asked="organisation:trust"),
        fact("proposal.sign_off_requested", P1, asked="organisation:council", stage="final"),
    ]
    acted(*PARTNERS, submitted(), *others).when(sign("P1", stage="outline")).then("proposal.position_taken").without(
        "answers"
    )


def test_signing_twice_the_same_is_answered_and_not_recorded():
    case = acted(*PARTNERS, submitted(), sign("P1", on="2026-03-13"))
    case.when(sign("P1", on="2026-03-14")).already(
        "council already signed on 2026-03-13 [6]: support on version 1 of P1"
    )


def test_signing_twice_the_same_is_recorded_where_it_is_asked_for_again():
    case = acted(*PARTNERS, submitted(), sign("P1"))
    case.when(sign("P1", again=True)).then("proposal.position_taken", replaces={"stream": P1, "n": 2})


def test_the_same_position_on_a_new_version_or_with_other_conditions_is_another():
    conditional = sign("P1", "support-with-conditions", conditions=[{"words": "money"}])
    acted(*PARTNERS, submitted(), sign("P1"), revised("2")).when(sign("P1")).then(
        "proposal.position_taken", version="2"
    )
    acted(*PARTNERS, submitted(), conditional).when(
        sign("P1", "support-with-conditions", conditions=[{"words": "staff"}])
    ).then("proposal.position_taken", conditions=[{"id": "C2", "words": "staff"}])
    acted(*PARTNERS, submitted(), conditional).when(conditional).already("council already signed [6]")


def test_a_sign_off_before_the_proposal_or_after_its_end_is_recorded_and_noted():
    acted(*PARTNERS, submitted()).when(sign("P1", on="2026-03-01")).then("proposal.position_taken").noted(
        "2026-03-01 is before P1 was submitted on 2026-03-12 [5]"
    )
    withdrawn = asked("proposal.withdrawn", "P1", on="2026-03-20")
    acted(*PARTNERS, submitted(), withdrawn).when(sign("P1", on="2026-03-21")).then("proposal.position_taken").noted(
        "P1 was withdrawn on 2026-03-20 [6], before this"
    )
    acted(*PARTNERS, submitted(), withdrawn).when(sign("P1", on="2026-03-19")).then("proposal.position_taken").noted()


def test_a_proposal_that_was_brought_back_is_not_over():
    withdrawn = asked("proposal.withdrawn", "P1", on="2026-03-15")
    acted(*PARTNERS, submitted(), withdrawn, revised("2")).when(sign("P1", on="2026-03-21")).then(
        "proposal.position_taken"
    ).noted()


def test_a_sign_off_of_a_retracted_proposal_is_noted():
    acted(*PARTNERS, submitted(), about(P1, "record.retracted")).when(sign("P1")).then("proposal.position_taken").noted(
        "P1 was retracted"
    )


def test_conditions_go_on_counting_over_the_whole_proposal():
    first = sign("P1", "support-with-conditions", conditions=[{"words": "money"}])
    second = sign(
        "P1",
        "support-with-conditions",
        partner="trust",
        conditions=[{"words": "staff"}, {"id": "C3", "words": "x"}, {"words": "y"}],
    )
    acted(*PARTNERS, submitted(), first).when(second).then(
        "proposal.position_taken",
        conditions=[{"id": "C2", "words": "staff"}, {"id": "C3", "words": "x"}, {"id": "C4", "words": "y"}],
    )


def test_a_declared_interest_of_whoever_signs_is_noted():
    declared = fact("meeting.interest_declared", "meeting:M1", by="person:p-001", items=["4"])
    there = (*PARTNERS, submitted(), fact("meeting.held", "meeting:M1", bodies=["body:b"]), declared)
    case = acted(fact("body.constituted", "body:b"), *there)
    case.when(sign("P1", by="p-001", meeting="M1", item="4")).then("proposal.position_taken").noted(
        "person:p-001 declared an interest at M1 [8]"
    )
    case.when(sign("P1", by="p-001", meeting="M1", item="5", again=True)).then("proposal.position_taken").noted()
    case.when(sign("P1", "abstain", meeting="M1", item="4")).then("proposal.position_taken").noted()
