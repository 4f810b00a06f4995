from __future__ import annotations

from tests.checks.clean import fact
from tests.checks.histories import clean, sentence

QOP = {"scheme": "ODS", "code": "QOP"}


def coded(code=QOP, other=QOP, **more):
    """The ICB and the trust, with a code each."""
    return clean().but("icb", codes=[code]).but("trust", codes=[other]).also(**more)


def more(organisation, on, *codes):
    return fact("organisation.coded", f"organisation:{organisation}", on, codes=list(codes))


def ended(organisation, on, **data):
    return fact("organisation.dissolved", f"organisation:{organisation}", on, **data)


def test_one_code_of_two_organisations_at_one_time_trips_it():
    history = coded()
    found = history.trips("GL52", "trust", "icb")
    assert sentence(found) == "code QOP of ODS is recorded for organisation:icb as well"
    assert (found.subject, found.severity) == ("organisation:trust", "warning")
    history.trips("GL52", "trust", "icb", on="2022-07-01")
    history.is_clean(on="2022-06-30")


def test_however_it_is_written_it_is_one_code():
    coded(other={"scheme": " ods", "code": "qop "}).trips("GL52", "trust", "icb")


def test_another_code_or_scheme_is_another():
    coded(other={"scheme": "ODS", "code": "RMC"}).is_clean()
    coded(other={"scheme": "GSS", "code": "QOP"}).is_clean()


def test_a_code_that_passes_from_one_day_to_the_next_is_well():
    history = coded({**QOP, "from": "2023-01-01"}, {**QOP, "until": "2023-01-01"})
    history.is_clean()
    overlapping = coded({**QOP, "from": "2022-12-31"}, {**QOP, "until": "2023-01-01"})
    overlapping.trips("GL52", "trust", "icb", on="2022-12-31")
    overlapping.is_clean(on="2023-01-01")


def test_a_code_goes_with_the_organisation_that_ends():
    history = coded({**QOP, "from": "2023-01-01"})
    history.also(over=ended("trust", "2023-01-01")).is_clean()
    assert history.also(over=ended("trust", "2023-02-01")).findings("GL52", on="2023-01-31")
    assert not history.also(over=ended("trust", "2023-02-01")).findings("GL52", on="2023-02-01")
    history.but("trust", until="2023-01-01").says_nothing("GL52", on="2023-01-15")
    coded().also(over=ended("icb", "2022-07-01")).says_nothing("GL52", on="2022-07-15")


def test_a_code_that_passes_to_a_successor_is_well_though_the_other_goes_on():
    taken_over = fact(
        "organisation.succeeded",
        "organisation:trust",
        "2022-07-01",
        successors=[{"organisation": "organisation:icb", "takes": "whole"}],
    )
    coded().also(taken_over=taken_over).is_clean()
    by_another = fact(
        "organisation.succeeded",
        "organisation:trust",
        "2022-07-01",
        successors=[{"organisation": "organisation:council", "takes": "whole"}],
    )
    assert coded().also(taken_over=by_another).findings("GL52")
    ends = fact(
        "organisation.succeeded",
        "organisation:trust",
        "2022-07-01",
        successors=[{"organisation": "organisation:council", "takes": "whole"}],
        ends=True,
    )
    coded().also(taken_over=ends).says_nothing("GL52")
    backwards = fact(
        "organisation.succeeded",
        "organisation:icb",
        "2022-07-01",
        successors=[{"organisation": "organisation:trust", "takes": "whole"}],
    )
    coded().also(taken_over=backwards).is_clean()


def test_a_code_said_again_takes_the_place_of_what_was_said_before():
    closing = more("trust", "2022-07-01", {**QOP, "until": "2022-07-01"})
    coded().also(closing=closing).is_clean()
    anew = more("trust", "2023-01-01", {**QOP, "from": "2004-04-01", "until": "2022-07-01"})
    coded().also(anew=anew).is_clean()
    back = coded({**QOP, "from": "2022-07-01", "until": "2023-01-01"}, {**QOP, "until": "2022-07-01"})
    again = more("trust", "2023-01-01", {**QOP, "from": "2023-01-01"})
    back.also(again=again).is_clean()
    too_early = more("trust", "2023-01-01", {**QOP, "from": "2022-12-01"})
    assert back.also(again=too_early).findings("GL52", on="2022-12-15")


def test_a_code_that_was_given_later_counts_from_then():
    history = clean().but("icb", codes=[QOP]).also(given=more("trust", "2023-01-01", QOP))
    history.trips("GL52", "given", "icb", on="2023-01-01")
    history.is_clean(on="2022-12-31")


def test_since_when_is_not_recorded_is_not_evidenced():
    history = clean().but("icb", codes=[QOP]).also(given=more("trust", None, QOP))
    found = history.is_not_evidenced("GL52", on="2026-06-02")
    assert sentence(found) == "code QOP of ODS is recorded for organisation:icb as well; since when is not recorded"
    [dated] = coded({**QOP, "from": "2022-07-01"}).undated("icb").findings("GL52")
    assert dated.evidenced
    coded().undated("icb").is_not_evidenced("GL52", on="2026-06-02")


def test_two_records_of_one_organisation_may_share_its_codes():
    merged = fact("record.merged", "organisation:trust", "2026-05-01", into="organisation:icb")
    coded().also(merged=merged).says_nothing("GL52")
    other_way = fact("record.merged", "organisation:icb", "2026-05-01", into="organisation:trust")
    coded().also(merged=other_way).says_nothing("GL52")


def test_a_code_from_before_the_organisation_began_trips_it():
    before = clean().but("icb", from_="2022-07-01", codes=[{**QOP, "from": "2016-04-01"}])
    found = before.trips("GL52", "icb")
    assert sentence(found) == "code QOP of ODS is recorded for it from 2016-04-01, and it began on 2022-07-01"
    before.but("icb", codes=[{**QOP, "from": "2022-07-01"}]).is_clean()
    before.but("icb", codes=[QOP]).is_clean()
    before.but("icb", from_=None).is_clean()


def test_the_later_fact_is_at_fault():
    later = clean().but("icb", from_="2022-07-01").also(given=more("icb", "2023-01-01", {**QOP, "from": "2016-04-01"}))
    later.trips("GL52", "given", "icb")


def test_a_code_until_after_the_organisation_ended_trips_it():
    after = clean().but("trust", codes=[{**QOP, "until": "2026-06-01"}]).also(over=ended("trust", "2026-05-01"))
    found = after.findings("GL52", on="2026-05-01")
    assert [sentence(one) for one in found] == [
        "code QOP of ODS is recorded for it until 2026-05-31, when it had ended before"
    ]
    assert after._named(found[0].evidence) == ["trust", "over"]
    after.says_nothing("GL52", on="2026-04-30")
    after.but("trust", codes=[{**QOP, "until": "2026-05-01"}]).says_nothing("GL52", on="2026-05-01")
    after.but("trust", codes=[QOP]).says_nothing("GL52", on="2026-05-01")


def test_an_organisation_without_codes_is_well():
    clean().is_clean()


def test_each_of_several_codes_counts():
    two = clean().but("icb", codes=[QOP]).but("trust", codes=[QOP, {"scheme": "ODS", "code": "RMC"}])
    two.trips("GL52", "trust", "icb")


def test_a_time_that_is_over_still_counts_for_its_days():
    early = {**QOP, "from": "2020-01-01", "until": "2021-01-01"}
    for again_from in ("2023-01-01", "2022-07-01"):
        again = more("trust", "2023-01-01", {**QOP, "from": again_from})
        history = coded(early, {**QOP, "until": "2022-07-01"}).also(again=again)
        [one] = history.findings("GL52", on="2020-06-01")
        assert (one.subject, history._named(one.evidence)) == ("organisation:trust", ["trust", "icb"])
        assert not history.findings("GL52", on="2021-01-01")


def test_a_code_that_was_closed_is_had_from_when_it_was_first():
    closing = more("trust", "2023-01-01", {**QOP, "until": "2023-01-01"})
    history = coded(QOP, {**QOP, "from": "2010-01-01"}).also(closing=closing)
    [one] = history.findings("GL52", on="2022-07-01")
    assert (one.subject, one.evidenced) == ("organisation:trust", True)
    assert history._named(one.evidence) == ["closing", "icb"]
    assert not history.findings("GL52", on="2023-01-01")


def test_a_code_that_another_closed_is_named_with_whose_it_is():
    closing = more("icb", "2023-01-01", {**QOP, "until": "2023-01-01"})
    given = more("trust", "2023-01-02", {**QOP, "from": "2010-01-01"})
    history = clean().but("icb", codes=[QOP]).also(closing=closing, given=given)
    [one] = history.findings("GL52", on="2022-08-01")
    assert sentence(one) == "code QOP of ODS is recorded for organisation:icb as well"
    assert history._named(one.evidence) == ["given", "closing"]
