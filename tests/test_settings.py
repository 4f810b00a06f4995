"""Settings: a flag, then the environment, then the file upwards from here, then a default; each with where it came from."""

from __future__ import annotations

from pathlib import Path

import pytest

from decisionlog.settings import NAMES, BadSetting, Setting, load


def settled(**given):
    found = load(**{"environment": {}, **given})
    return found.log, found.by


def written(folder: Path, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "decisionlog.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_anything_the_log_lies_here_and_nobody_records(tmp_path):
    assert settled(start=tmp_path) == (Setting("log", "decisionlog.db", "default"), Setting("by", None, "not set"))


def test_a_flag_goes_before_the_environment_and_that_before_the_file(tmp_path):
    path = written(tmp_path, 'log = "file.db"\nby = "from-file"\n')
    environment = {"DECISIONLOG_URL": "environment.db", "DECISIONLOG_BY": "from-environment"}
    assert settled(start=tmp_path) == (
        Setting("log", str(tmp_path / "file.db"), str(path)),
        Setting("by", "from-file", str(path)),
    )
    assert settled(start=tmp_path, environment=environment) == (
        Setting("log", "environment.db", "environment DECISIONLOG_URL"),
        Setting("by", "from-environment", "environment DECISIONLOG_BY"),
    )
    assert settled(start=tmp_path, environment=environment, log="flag.db", by="from-flag") == (
        Setting("log", "flag.db", "--log"),
        Setting("by", "from-flag", "--by"),
    )


def test_each_setting_is_settled_on_its_own(tmp_path):
    written(tmp_path, 'by = "from-file"\n')
    log, by = settled(start=tmp_path, environment={"DECISIONLOG_BY": ""}, log="flag.db")
    assert (log.origin, by.value) == ("--log", "from-file")


def test_the_nearest_file_upwards_is_read_and_its_path_is_from_there(tmp_path):
    upper = written(tmp_path, 'log = "upper.db"\n')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert settled(start=below)[0] == Setting("log", str(tmp_path / "upper.db"), str(upper))
    nearer = written(tmp_path / "a", 'log = "sqlite:////srv/log.db"\n')
    assert settled(start=below)[0] == Setting("log", "sqlite:////srv/log.db", str(nearer))
    written(below, "")
    assert settled(start=below)[0].origin == "default"


def test_settings_are_read_from_where_one_stands(monkeypatch):
    written(Path.cwd(), 'by = "from-here"\n')
    monkeypatch.setenv("DECISIONLOG_URL", "there.db")
    found = load()
    assert (found.log.value, found.by.value) == ("there.db", "from-here")


@pytest.mark.parametrize(
    ("variable", "sentence"),
    [
        ("DECISIONLOG_URLL", "Unknown setting DECISIONLOG_URLL in the environment. Did you mean DECISIONLOG_URL?"),
        (
            "DECISIONLOG_QQQQQQQQQQ",
            (
                "Unknown setting DECISIONLOG_QQQQQQQQQQ in the environment. Known: DECISIONLOG_BY, DECISIONLOG_CONTACT, DECISIONLOG_KEY, "
                "DECISIONLOG_POLICY, DECISIONLOG_RULES, DECISIONLOG_URL, DECISIONLOG_WITNESS_WITHIN."
            ),
        ),
    ],
)
def test_an_unknown_variable_is_refused(tmp_path, variable, sentence):
    with pytest.raises(BadSetting) as refused:
        load(environment={variable: "x"}, start=tmp_path)
    assert str(refused.value) == sentence


def test_other_variables_are_not_ours(tmp_path):
    assert (
        load(environment={"HOME": "/", "DECISIONLOG": "x", "MY_DECISIONLOG_URL": "y"}, start=tmp_path).log.origin
        == "default"
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('lgo = "x"', "unknown setting 'lgo'. Did you mean 'log'?"),
        ('zzzzzz = "x"', "unknown setting 'zzzzzz'. Known: log, by, key, policy, witness_within, contact, rules."),
        ("by = 5", "'by' must be text in quotation marks."),
        ('[log]\npath = "x"', "'log' must be text in quotation marks."),
        ("log = x", "cannot be read as TOML"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_path(tmp_path, text, sentence):
    path = written(tmp_path, text)
    with pytest.raises(BadSetting) as refused:
        load(environment={}, start=tmp_path)
    assert str(path) in str(refused.value)
    assert sentence in str(refused.value)


def test_a_file_that_is_not_text_is_refused(tmp_path):
    written(tmp_path, "").write_bytes(b"by = '\xff'")
    with pytest.raises(BadSetting, match=r"cannot be read as TOML"):
        load(environment={}, start=tmp_path)


def test_every_setting_says_what_it_is_for():
    assert all(variable.startswith("DECISIONLOG_") and meaning for variable, meaning in NAMES.values())


def test_the_rules_are_built_in_or_a_file_from_where_the_setting_stands(tmp_path):
    assert load(environment={}, start=tmp_path).rules == Setting("rules", "built-in", "default")
    path = written(tmp_path, 'rules = "own.toml"\n')
    assert load(environment={}, start=tmp_path).rules == Setting("rules", str(tmp_path / "own.toml"), str(path))
    written(tmp_path, 'rules = "built-in"\n')
    assert load(environment={}, start=tmp_path).rules.value == "built-in"
    assert load(environment={"DECISIONLOG_RULES": "x.toml"}, start=tmp_path).rules.value == "x.toml"
