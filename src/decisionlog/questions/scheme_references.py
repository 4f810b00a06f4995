"""What the references of a scheme file mean: things of the log, or things that the file itself opens."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import Struct

from decisionlog.domain.answers.scheme import Scheme
from decisionlog.domain.facts import KINDS, TYPES
from decisionlog.domain.facts.shape import FieldShape, fields_of
from decisionlog.domain.references import fold, split
from decisionlog.domain.scheme import BY_KIND
from decisionlog.store.log import Log


class References:
    """Settles references as the log will, when the facts are recorded; what does not resolve stays as it is written."""

    def __init__(self, log: Log, scheme: Scheme, opened_by_file: Iterable[str]) -> None:
        self._log = log
        self._names = dict(scheme.names)
        self._opened: dict[str, str] = {}
        for stream in opened_by_file:
            if not self._named(stream):
                self._opened.setdefault(_name(stream), stream)

    def stream(self, written: str) -> str:
        """The stream that `kind:ref` means; itself, where nothing is called so."""
        found = self._named(written)
        if written in found:
            return written
        if len(found) == 1:
            return next(iter(found))
        return self._opened.get(_name(written), written)

    def settled(self, type_name: str, data: Mapping[str, Any]) -> dict[str, Any]:
        """The data of a fact with every reference settled."""
        model = TYPES.get(type_name)
        return self._struct(model, data) if model else dict(data)

    def _struct(self, model: type[Struct], data: Mapping[str, Any]) -> dict[str, Any]:
        fields = fields_of(model)
        return {name: self._field(fields.get(name), value) for name, value in data.items()}

    def _field(self, field: FieldShape | None, value: Any) -> Any:
        if field is None:
            return value
        if isinstance(value, list):
            return [self._one(field, item) for item in value]
        return self._one(field, value)

    def _one(self, field: FieldShape, value: Any) -> Any:
        if field.meaning == "ref" and isinstance(value, str):
            return self._reference(field.kinds, value)
        if field.part is not None and isinstance(value, dict):
            return self._struct(field.part, value)
        return value

    def _reference(self, kinds: tuple[str, ...], written: str) -> str:
        if split(written)[0] in KINDS:
            return self.stream(written)
        meant = [one for kind in kinds or KINDS if self._is_there(one := f"{kind}:{written}")]
        return self.stream(meant[0]) if len(meant) == 1 else written

    def _is_there(self, written: str) -> bool:
        return bool(self._named(written)) or _name(written) in self._opened

    def _named(self, written: str) -> frozenset[str]:
        """The streams that are called so; of things that no section holds, they are looked up one by one."""
        name = _name(written)
        if name not in self._names and split(written)[0] not in BY_KIND:
            self._names[name] = frozenset(standing.named.stream for standing in self._log.recorder.named([name]))
        return self._names.get(name, frozenset())


def _name(written: str) -> str:
    kind, key = split(written)
    return f"{kind}:{fold(key)}"
