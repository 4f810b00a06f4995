"""A folder that takes the place of another when it is whole, and never takes away what somebody else put there."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from decisionlog.cli.site.folder import LIST, Wrote, listed_in, require_replaceable, write
from decisionlog.domain.refusals import BadInput, Unusable

FILES = [("index.html", b"one"), ("decisions/A.html", b"two")]


def there(folder: Path) -> dict[str, bytes]:
    return {found.relative_to(folder).as_posix(): found.read_bytes() for found in folder.rglob("*") if found.is_file()}


def here() -> list[str]:
    """Everything that lies in the current folder."""
    return [found.name for found in Path().iterdir()]


def test_every_file_is_there_and_listed_with_its_hash_as_other_programs_read_it():
    assert write(Path("site"), FILES) == Wrote(2, 2)
    assert {name: content for name, content in there(Path("site")).items() if name != LIST} == dict(FILES)
    checked = subprocess.run(["sha256sum", "--check", LIST], cwd="site", capture_output=True, text=True, check=True)
    assert checked.stdout.splitlines() == ["decisions/A.html: OK", "index.html: OK"]


def test_what_is_as_it_was_keeps_its_date_and_what_is_no_longer_written_goes():
    write(Path("site"), [*FILES, ("decisions/B.html", b"three")])
    os.utime("site/index.html", (1_000_000_000, 1_000_000_000))
    assert write(Path("site"), [("index.html", b"one"), ("decisions/A.html", b"2")]) == Wrote(2, 1)
    assert sorted(there(Path("site"))) == ["decisions/A.html", LIST, "index.html"]
    assert Path("site/decisions/A.html").read_bytes() == b"2"
    assert Path("site/index.html").stat().st_mtime == 1_000_000_000
    assert here() == ["site"]


def test_a_file_that_somebody_changed_is_written_again_whatever_the_list_says():
    write(Path("site"), FILES)
    Path("site/index.html").write_text("changed")
    assert write(Path("site"), FILES) == Wrote(2, 1)
    assert Path("site/index.html").read_bytes() == b"one"


def test_what_fails_on_the_way_leaves_everything_as_it_was():
    write(Path("site"), FILES)
    before = there(Path("site"))

    def failing():
        yield "index.html", b"new"
        raise OSError(28, "No space left on device")

    with pytest.raises(Unusable, match=r"could not be written \(No space left on device\)"):
        write(Path("site"), failing())
    assert there(Path("site")) == before
    assert here() == ["site"]


def test_two_files_of_one_name_are_refused_and_not_written_over():
    with pytest.raises(Unusable, match=r"Two pages have the name index\.html"):
        write(Path("site"), [*FILES, ("index.html", b"other")])
    assert here() == []


def test_a_link_is_not_followed_to_keep_a_file():
    write(Path("site"), FILES)
    Path("elsewhere").write_bytes(b"one")
    Path("site/index.html").unlink()
    Path("site/index.html").symlink_to(Path("elsewhere").resolve())
    write(Path("site"), FILES)
    assert not Path("site/index.html").is_symlink()


def test_a_folder_that_is_new_or_empty_needs_no_leave():
    require_replaceable(Path("new"), replaces=False)
    Path("empty").mkdir()
    require_replaceable(Path("empty"), replaces=False)


def test_a_register_is_replaced_only_by_those_who_say_so():
    write(Path("site"), FILES)
    with pytest.raises(BadInput, match=r"holds a register already; nothing was written\. .*--replace"):
        require_replaceable(Path("site"), replaces=False)
    require_replaceable(Path("site"), replaces=True)


@pytest.mark.parametrize("name", ["notes.txt", "decisions/notes.txt", ".git/HEAD"])
def test_what_is_not_of_the_register_is_never_taken_away(name):
    write(Path("site"), FILES)
    Path("site", name).parent.mkdir(exist_ok=True)
    Path("site", name).write_text("mine")
    with pytest.raises(BadInput, match=f"such as {name}, and would go with it"):
        require_replaceable(Path("site"), replaces=True)


def test_a_folder_with_other_files_is_no_register():
    Path("site").mkdir()
    Path("site/notes.txt").write_text("mine")
    with pytest.raises(BadInput, match="holds other files; nothing was written"):
        require_replaceable(Path("site"), replaces=True)


def test_a_list_that_cannot_be_read_names_nothing():
    Path("site").mkdir()
    Path("site", LIST).write_bytes(b"\xff\xfe")
    assert listed_in(Path("site")) == {}


@pytest.mark.parametrize(
    ("folder", "refused"),
    [
        (".", "You stand in"),
        ("..", "You stand in"),
        ("a.file", "is a file"),
        ("no/such", "The folder no does not exist"),
    ],
)
def test_what_is_no_place_for_a_register_is_told(folder, refused):
    Path("a.file").touch()
    with pytest.raises(BadInput, match=refused):
        require_replaceable(Path(folder), replaces=True)
