"""What the walk finds: steps, each with its tests; ways made of steps; and what is possibly irregular on them."""

from __future__ import annotations

from msgspec import Struct

from decisionlog.domain.authority.outcomes import Outcome, RoleEntry, Test
from decisionlog.domain.authority.question import Places
from decisionlog.domain.authority.world import Duty, Grant, Seat, Succession
from decisionlog.domain.references import split


class Step(Struct, frozen=True):
    """One step of a way: a duty placed on a holder, a body that acts for a parent, a delegation from a giver."""

    kind: str
    """`duty`, `acts` or `delegation`."""
    giver: str
    """Empty of a duty, which the law gives; and where it is not recorded."""
    receivers: tuple[str, ...]
    """Several only where they act jointly; none where it is not recorded."""
    reference: str
    """The function, the body or the delegation."""
    by: Duty | Seat | Grant
    places: Places
    """Of the way so far."""
    part: bool
    """It made the places narrower."""
    possible: bool
    tests: tuple[Test, ...]
    evidence: tuple[int, ...]
    via: tuple[Succession, ...] = ()
    """The successions by which the one who stands here came to it."""

    @property
    def fails(self) -> bool:
        """Whether one of its tests fails."""
        return Outcome.FAILS in [test.outcome for test in self.tests]

    @property
    def receiver(self) -> str:
        """The one who received; empty where several did jointly, or nobody is recorded."""
        return self.receivers[0] if len(self.receivers) == 1 else ""


class Way(Struct, frozen=True):
    """Steps from the duty downwards, or from a giver whose own power is not recorded."""

    steps: tuple[Step, ...]
    parties: frozenset[str]
    """Everybody on it."""
    sound_for: int
    """How many steps there are before the first that fails."""

    @classmethod
    def of(cls, step: Step, *parties: str) -> Way:
        """A way that begins with a step, and with these parties on it beside those who receive by it."""
        return cls((step,), frozenset({*parties, *step.receivers}), int(not step.fails))

    @property
    def sound(self) -> bool:
        """No step fails."""
        return self.sound_for == len(self.steps)

    @property
    def sound_steps(self) -> tuple[Step, ...]:
        """The steps before the first that fails."""
        return self.steps[: self.sound_for]

    @property
    def own(self) -> bool:
        """It begins with a giver whose power is not recorded."""
        return self.steps[0].kind == "delegation"

    @property
    def last(self) -> str:
        """Who was reached; empty where nothing can be followed from there."""
        return self.steps[-1].receiver

    @property
    def places(self) -> Places:
        """Where it goes on."""
        return self.steps[-1].places

    @property
    def nearest_grant(self) -> Grant | None:
        """The last delegation on it."""
        return next((step.by for step in reversed(self.steps) if isinstance(step.by, Grant)), None)

    def on(self, step: Step) -> Way:
        """The way with one more step."""
        sound_for = self.sound_for + int(self.sound and not step.fails)
        return Way((*self.steps, step), self.parties.union(step.receivers), sound_for)


class Finding(Struct, frozen=True):
    """Something possibly irregular on the ways."""

    code: str
    """`fails`, `onward-not-recorded`, `not-resolved`, `did-not-outlive`, `leads-back`, `own-chain`."""
    subject: str
    evidence: tuple[int, ...]
    test: str = ""
    party: str = ""


class Power(Struct, frozen=True):
    """Somebody who could decide, and by which chains."""

    receivers: tuple[str, ...]
    people: tuple[str, ...]
    """Of a post, who holds it."""
    chains: tuple[int, ...]
    evidence: tuple[int, ...]


class Resolution(Struct, frozen=True):
    """The answer of the walk at one point of both times."""

    classification: str
    chains: tuple[Way, ...]
    roles: dict[str, tuple[RoleEntry, ...]]
    powers: tuple[Power, ...]
    findings: tuple[Finding, ...]
    disputes: tuple[int, ...] = ()
    """The facts that contradict each other, or the delegations that exclude each other, where it is contested."""
    forums: tuple[str, ...] = ()
    left_out: bool = False
    """There are more ways than are shown."""


def party_of(receivers: tuple[str, ...]) -> str:
    """Joint receivers as one party."""
    return " and ".join(receivers)


def is_person_or_office(party: str) -> bool:
    """Whether a party is a body, a post or a person: somebody who decides, and not only an organisation."""
    return split(party)[0] in {"body", "post", "person"}
