"""What happened, in one sentence for each type of fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from decisionlog.domain.saying import Said, said
from decisionlog.questions.sentences.deciding import DECIDING, Template
from decisionlog.questions.sentences.governing import GOVERNING
from decisionlog.questions.sentences.recording import RECORDING

SENTENCES: Final[Mapping[str, Template]] = {**GOVERNING, **DECIDING, **RECORDING}


def sentence(type_name: str, data: Mapping[str, Any]) -> Said:
    """What a fact says happened, in one sentence; its name in words, where there is none or too little is recorded for it."""
    template = SENTENCES.get(type_name, "{}")
    kind, _, verb = type_name.partition(".")
    name = f"{kind} {verb.replace('_', ' ')}".strip().capitalize()
    return said(template if isinstance(template, str) else template(data), data) or (f"{name}.",)
