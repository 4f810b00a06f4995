"""Figures for Prometheus: how far the log has come and who has kept up with it, and what was asked of the service.

Nothing in them is a word of the log: labels are names of read models, routes, methods and statuses.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response

from decisionlog.questions.status import status

if TYPE_CHECKING:
    from decisionlog.domain.answers.standing import Status
    from decisionlog.web.feed import Streams
    from decisionlog.web.service import Service

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_SECONDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

disable_created_metrics()  # type: ignore[no-untyped-call] # when each series began is of no use to anybody here, and doubles the page


class Metrics:
    """The figures of one service."""

    def __init__(self, service: Service, streams: Streams) -> None:
        self._registry = CollectorRegistry(auto_describe=True)
        self._requests = Counter(
            "decisionlog_requests", "Requests answered.", ("method", "route", "status"), registry=self._registry
        )
        self._seconds = Histogram(
            "decisionlog_request_seconds",
            "How long an answer took, streams not among them.",
            ("route",),
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._registry.register(_OfTheLog(service, streams))

    def count(self, method: str, route: str, status: str, seconds: float | None) -> None:
        """Count one request; of a stream it does not matter how long it took."""
        self._requests.labels(method, route, status).inc()
        if seconds is not None:
            self._seconds.labels(route).observe(seconds)

    def exposed(self, _: Request) -> Response:
        """GET /metrics."""
        return Response(generate_latest(self._registry), 200, {"Cache-Control": "no-store"}, MEDIA_TYPE)


class _OfTheLog(Collector):
    """What is looked up each time it is asked for."""

    def __init__(self, service: Service, streams: Streams) -> None:
        self._service = service
        self._streams = streams

    def describe(self) -> Iterator[GaugeMetricFamily]:
        """Nothing is looked up before somebody asks."""
        return iter(())

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """The figures of the log as it is now. Nothing is brought up for it: how far behind the read models are shows."""
        service = self._service
        with service.logs.lent(caught_up=False) as found:
            answer = status(found.log, found.models, service.now(), watch=service.watch)
        yield from _of_positions(answer)
        yield from _of_models(answer)
        yield _gauge("feed_streams", "Streams of the feed that are open.", self._streams.open)


def _of_positions(answer: Status) -> Iterator[GaugeMetricFamily]:
    """How many facts there are, and how many of them are checkpointed, witnessed and backed up; since when each is so."""
    backup, witnessing = answer.backup, answer.witnessing
    yield _gauge("facts", "Facts in the log: its last position.", answer.size)
    yield _gauge("unread_facts", "Facts that this version does not know.", sum(answer.unread.values()))
    yield _gauge("checkpointed_facts", "Facts under the last checkpoint.", witnessing.checkpointed)
    yield _gauge(
        "witnessed_facts", "Facts under the last checkpoint that enough witnesses cosigned.", witnessing.witnessed
    )
    yield _gauge(
        "witnessing_overdue", "1, where facts wait for witnesses longer than they may.", int(witnessing.overdue)
    )
    yield _gauge("backed_up_facts", "Facts in the last backup that was made here.", backup.position if backup else 0)
    times = {
        "last_fact": ("When the last fact was recorded.", answer.last_recorded_at),
        "checkpointed_until": (
            "When the last fact under the last checkpoint was recorded.",
            witnessing.checkpointed_until,
        ),
        "witnessed": ("When the last of the witnesses that were enough cosigned.", witnessing.witnessed_at),
        "backup": ("When the last backup was made here.", backup.made_at if backup else ""),
    }
    for name, (meaning, at) in times.items():
        if at:
            yield _gauge(f"{name}_timestamp_seconds", meaning, datetime.fromisoformat(at).timestamp())


def _of_models(answer: Status) -> Iterator[GaugeMetricFamily]:
    serving = [model for model in answer.models if model.serving]
    behind = _family("read_model_behind_facts", "Facts that a read model has still to take in.", ["model"])
    stopped = _family("read_model_stopped", "1, where a read model met a fact that it could not take in.", ["model"])
    for model in serving:
        behind.add_metric([model.name], model.behind)
        stopped.add_metric([model.name], int(bool(model.stopped)))
    yield behind
    yield stopped
    building = sum(not model.serving for model in answer.models)
    yield _gauge("read_models_building", "Read models that are built beside those that are read.", building)


def _gauge(name: str, meaning: str, value: float) -> GaugeMetricFamily:
    family = _family(name, meaning, [])
    family.add_metric([], value)
    return family


def _family(name: str, meaning: str, labels: list[str]) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"decisionlog_{name}", meaning, labels=labels)
