"""The register as it is served: every page and its twin, what a browser may do with them, and what is said of what is not there."""

from __future__ import annotations

from pathlib import Path

import pytest

from decisionlog.audit import verify
from decisionlog.questions.register.table import PAGES
from decisionlog.render.site.webpage import SHOWN_WITH
from decisionlog.web.callers import PUBLIC
from decisionlog.web.register import POLICY
from tests.cli.running import log_of
from tests.scenario import about, body, decision, fact, person, proposal
from tests.web.served import served

HOSTILE = '<script>alert(1)</script> {{7*7}} "><img src=x onerror=alert(2)>'
EXEMPT = {"access": {"level": "exempt", "paragraphs": ["3"], "reason": "the bid"}}
PLACE = [
    body("alpha", name="Board Alpha"),
    person("p-1", "Ada Lovelace"),
    proposal("P1", title="Beds"),
    decision("A/1", decision_makers=["body:alpha"], title=HOSTILE, text="Open <b>beds</b>"),
    decision("X.json", decision_makers=["body:alpha"], title="A file by name"),
    decision("XA", decision_makers=["body:alpha"], title="Wombat", **EXEMPT),
]
LISTS = [kind for kind in PAGES if not kind.about and not kind.of_findings]


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = log_of(tmp_path_factory.mktemp("place"), *PLACE)
    with served(path, anonymous=PUBLIC) as found:
        yield found


@pytest.mark.parametrize("path", [*(f"/{kind.path}" for kind in LISTS), "/decisions/A~2f1", "/decisions/X~2ejson"])
def test_a_page_may_be_shown_and_nothing_else(client, path):
    answered = client.get(path)
    assert (answered.status_code, answered.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert answered.headers["content-security-policy"] == POLICY
    assert "set-cookie" not in answered.headers
    assert [found for found in ("<script", "<style", " style=", " onclick=") if found in answered.text] == []


@pytest.mark.parametrize("path", [*(f"/{kind.path or 'index'}.json" for kind in LISTS), "/decisions/A~2f1.json"])
def test_its_twin_is_for_programs(client, path):
    answered = client.get(path)
    assert (answered.status_code, answered.headers["content-type"]) == (200, "application/json")
    assert answered.json()["page"] == path.removesuffix(".json").removeprefix("/").replace("index", "")


def test_what_somebody_typed_is_shown_and_never_markup(client):
    page = client.get("/decisions/A~2f1").text
    assert "&lt;script&gt;alert(1)&lt;/script&gt; {{7*7}} " in page
    assert "<img" not in page
    assert "Open &lt;b&gt;beds&lt;/b&gt;" in page


def test_what_is_exempt_has_no_page_and_stands_in_no_list(client):
    assert client.get("/decisions/XA").status_code == client.get("/decisions/never-was").status_code == 404
    assert client.get("/decisions/XA").text == client.get("/decisions/never-was").text
    assert not any("Wombat" in client.get(f"/{kind.path}").text for kind in LISTS)


@pytest.mark.parametrize("path", ["/decisions/A~2f2", "/nothing/of/the/sort", "/decisions/~zz"])
def test_a_browser_is_told_on_a_page_that_there_is_nothing(client, path):
    answered = client.get(path, headers={"Accept": "text/html,*/*"})
    assert (answered.status_code, answered.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Nothing of that name" in answered.text
    assert answered.headers["content-security-policy"] == POLICY


@pytest.mark.parametrize("path", ["/findings", "/findings.json"])
def test_what_does_not_add_up_is_shown_only_where_the_keeper_wants_it(client, tmp_path, path):
    assert client.get(path).status_code == 404
    assert "/findings" not in client.get("/decisions/A~2f1").text
    with served(log_of(tmp_path, *PLACE), anonymous=PUBLIC, findings=True) as told:
        assert told.get(path).status_code == 200


def test_the_history_says_of_what_is_exempt_only_that_an_entry_is_there(client):
    month = client.get("/history.json").json()["chronicle"]["items"][-1]["month"]
    page, twin = client.get(f"/history/{month}").text, client.get(f"/history/{month}.json").json()
    assert page.count("An entry that is not shown.") == 1
    assert [(one["position"], one["day"]) for one in twin["recorded"]["items"] if not one["fact"]] == [(7, "")]
    assert "Wombat" not in page


def test_a_program_is_told_as_a_problem(client):
    assert client.get("/decisions/A~2f2.json").json()["code"] == "not-found"


def test_a_filter_that_cannot_be_answered_is_told_above_the_whole_list(client):
    page = client.get("/decisions?since=soon").text
    assert "That cannot be answered" in page
    assert "A file by name" in page


def test_a_page_is_not_sent_again_to_whoever_has_it(client):
    first = client.get("/decisions")
    assert client.get("/decisions", headers={"If-None-Match": first.headers["etag"]}).status_code == 304


@pytest.mark.parametrize("name", SHOWN_WITH)
def test_the_files_that_pages_are_shown_with_are_there(client, name):
    expected = {"css": "text/css; charset=utf-8", "svg": "image/svg+xml"}[name.partition(".")[2]]
    assert client.get(f"/static/{name}").headers["content-type"] == expected


@pytest.mark.parametrize("name", ["webpage.py", "..%2fwebpage.py", "templates"])
def test_and_no_others(client, name):
    assert client.get(f"/static/{name}").status_code == 404


@pytest.mark.parametrize(
    ("path", "kind", "begins"),
    [("/decisions.atom", "application/atom+xml", "<?xml"), ("/calendar.ics", "text/calendar", "BEGIN:VCALENDAR")],
)
def test_people_can_subscribe_to_what_everybody_may_see(client, path, kind, begins):
    answered = client.get(path)
    assert (answered.status_code, answered.headers["content-type"]) == (200, f"{kind}; charset=utf-8")
    assert answered.text.startswith(begins)
    assert "Wombat" not in answered.text
    assert client.get(path, headers={"If-None-Match": answered.headers["etag"]}).status_code == 304


def test_a_feed_leads_to_the_pages_where_the_register_is_served(tmp_path):
    with served(log_of(tmp_path, *PLACE), anonymous=PUBLIC, public_url="https://register.example") as client:
        page = "https://register.example/decisions/A~2f1"
        assert f'href="{page}"' in client.get("/decisions.atom", headers={"Host": "register.example"}).text


def test_whom_to_write_to_is_said_where_somebody_is_named(tmp_path):
    with served(log_of(tmp_path, *PLACE), anonymous=PUBLIC, contact="Clerk, 1 High Street") as client:
        assert "<bdi>Clerk, 1 High Street</bdi>" in client.get("/accessibility").text
    with served(tmp_path / "decisionlog.db", anonymous=PUBLIC) as client:
        assert "No contact is named" in client.get("/accessibility").text


def test_the_program_that_checks_proofs_is_served(client):
    answered = client.get("/verify.py")
    assert answered.headers["content-type"] == "text/x-python; charset=utf-8"
    assert answered.content == Path(verify.__file__).read_bytes()


def test_somebody_whose_name_is_public_is_found_with_posts_and_seats_and_nobody_else_is(tmp_path):
    seats = [
        fact("post.established", "post:chair", ref="chair", name="Chair of Alpha"),
        fact("post.filled", "post:chair", person="person:p-1", basis="substantive"),
        about("body:alpha", "body.member_appointed", member="post:chair", role="chair"),
        about("person:p-1", "record.access_changed", access={"level": "open"}),
        person("p-2", "Ada Hidden"),
    ]
    with served(log_of(tmp_path, *PLACE, *seats), anonymous=PUBLIC) as client:
        twin, shown = client.get("/search.json?text=Ada").json(), client.get("/search?text=Ada").text
    (found,) = twin["people"]
    assert (found["person"], len(found["holds"])) == ("person:p-1", 2)
    assert "Chair of Alpha" in shown
    assert '<a href="/bodies/alpha"><bdi>Board Alpha</bdi></a>, chair' in shown
    assert "Hidden" not in shown
