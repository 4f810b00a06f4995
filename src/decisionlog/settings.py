"""Settings: flag, then environment, then `decisionlog.toml` upwards from here, then a default; each with where it came from."""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta
from difflib import get_close_matches
from pathlib import Path

from msgspec import Struct

from decisionlog.addresses import BadAddress

FILE = "decisionlog.toml"
DEFAULT_LOG = "decisionlog.db"

NAMES: Mapping[str, tuple[str, str]] = {
    "log": ("DECISIONLOG_URL", "where the log lies: a path, or postgresql://HOST/DATABASE?schema=NAME"),
    "by": ("DECISIONLOG_BY", "who records: a role or an opaque key, such as secretariat-1"),
    "key": ("DECISIONLOG_KEY", "where the key lies that signs checkpoints, instead of beside the log"),
    "policy": ("DECISIONLOG_POLICY", "which witnesses there are and how many must have cosigned, a text file"),
    "witness_within": (
        "DECISIONLOG_WITNESS_WITHIN",
        "how long facts may wait for the witnesses: 1 day, 36 hours, 2 weeks",
    ),
    "contact": ("DECISIONLOG_CONTACT", "to whom readers of the register write: an e-mail address, or a line of text"),
    "rules": ("DECISIONLOG_RULES", "a table of legal bases of your own, a TOML file, instead of the built-in one"),
}
"""Every setting: its name in the file, its environment variable, and what it is for."""

FLAGS: Mapping[str, str] = {"log": "--log", "by": "--by", "key": "--key-file"}
"""Settings that a flag gives as well; that of the key is of those commands which sign."""
_DEFAULTS: Mapping[str, str] = {"log": DEFAULT_LOG, "witness_within": "1 day", "rules": "built-in"}
BUILT_IN = _DEFAULTS["rules"]
"""The value of `rules` that means the table of the program itself."""
_PATHS = frozenset({"log", "key", "policy", "rules"})
"""Settings that may be paths; in a file they are from where it lies."""
_OURS = "DECISIONLOG_"
_LENGTH = re.compile(r"([1-9][0-9]{0,3}) ?(hour|day|week)s?")


class BadSetting(BadAddress):
    """A setting that is unknown or cannot be used; its sentence says where it stands."""


class Setting(Struct, frozen=True):
    """One setting and where its value came from."""

    name: str
    value: str | None
    origin: str


class Settings(Struct, frozen=True):
    """All settings of one run."""

    log: Setting
    by: Setting
    key: Setting
    policy: Setting
    witness_within: Setting
    contact: Setting
    rules: Setting


def load(
    *,
    log: str | None = None,
    by: str | None = None,
    environment: Mapping[str, str] | None = None,
    start: Path | None = None,
) -> Settings:
    """Settle every setting. Raises `BadSetting` for an unknown name in the environment or the file."""
    environment = os.environ if environment is None else environment
    _refuse_unknown_variables(environment)
    path, file = _file(start or _here())
    flags = {"log": log, "by": by}
    found = {}
    for name, (variable, _) in NAMES.items():
        if (flag := flags.get(name)) is not None:
            found[name] = Setting(name, flag, f"--{name}")
        elif environment.get(variable):
            found[name] = Setting(name, environment[variable], f"environment {variable}")
        elif name in file:
            found[name] = Setting(name, _from_there(name, file[name], path), str(path))
        else:
            found[name] = Setting(name, _DEFAULTS.get(name), "default" if name in _DEFAULTS else "not set")
    return Settings(**found)


def _from_there(name: str, value: str, path: Path | None) -> str:
    """A value of a file; a path is from where the file lies."""
    is_path = name in _PATHS and "://" not in value and value != _DEFAULTS["rules"]
    return str(path.parent / value) if is_path and path else value


def length_of(text: str) -> timedelta:
    """A length of time: `1 day`, `36 hours`, `2 weeks`. Raises `BadSetting`."""
    found = _LENGTH.fullmatch(text.strip())
    if not found:
        msg = f"'{text}' is no length of time for witness_within; write 1 day, 36 hours or 2 weeks."
        raise BadSetting(msg)
    return timedelta(**{f"{found[2]}s": int(found[1])})


def _refuse_unknown_variables(environment: Mapping[str, str]) -> None:
    known = {variable.removeprefix(_OURS): variable for variable, _ in NAMES.values()}
    for variable in sorted(environment):
        name = variable.removeprefix(_OURS)
        if variable.startswith(_OURS) and name not in known and not name.startswith("TEST_"):
            near = get_close_matches(name, known, n=1, cutoff=0.4)
            hint = f" Did you mean {known[near[0]]}?" if near else f" Known: {', '.join(sorted(known.values()))}."
            msg = f"Unknown setting {variable} in the environment.{hint}"
            raise BadSetting(msg)


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError as gone:
        msg = f"The folder that you are in cannot be used any longer ({gone.strerror}). Go to another one (cd) and try again."
        raise BadSetting(msg) from gone


def _file(start: Path) -> tuple[Path | None, dict[str, str]]:
    for folder in (start, *start.parents):
        path = folder / FILE
        if path.is_file():
            return path, _read(path)
    return None, {}


def _read(path: Path) -> dict[str, str]:
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as wrong:
        msg = f"{path} cannot be read as TOML ({wrong})."
        raise BadSetting(msg) from wrong
    for name, value in content.items():
        if name not in NAMES:
            near = get_close_matches(name, NAMES, n=1, cutoff=0.5)
            hint = f" Did you mean '{near[0]}'?" if near else f" Known: {', '.join(NAMES)}."
            msg = f"{path}: unknown setting '{name}'.{hint}"
            raise BadSetting(msg)
        if not isinstance(value, str):
            msg = f"{path}: '{name}' must be text in quotation marks."
            raise BadSetting(msg)
    return content
