"""The composition root: the parts of an open log, put together once. Nothing is opened at import."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple, Self

from decisionlog.addresses import Place, Server
from decisionlog.domain.refusals import BadInput, Unusable
from decisionlog.store.catch_up import ReadModels, engine_of
from decisionlog.store.erasing import UNCLEAN
from decisionlog.store.log import Log
from decisionlog.store.memory import MemoryRecorder
from decisionlog.store.recorders import recorder_at, recorder_made_at, take_away

if TYPE_CHECKING:
    from datetime import datetime

    from decisionlog.commands.begin import Begin
    from decisionlog.store.moving import Moved
    from decisionlog.store.read_model import ReadModel
    from decisionlog.store.recorders import Kept
    from decisionlog.store.shown import Shown
    from decisionlog.store.views import Build, Views


class Announced(NamedTuple):
    """A read model by what must be known of it to see whether it has caught up, and where it is.

    A command that finds all of them caught up imports only those that it reads: defining a table takes longer than asking it.
    """

    name: str
    version: int
    place: str
    """`module:class`, within `decisionlog.projections`."""

    def load(self) -> type[ReadModel]:
        """The model itself."""
        module, _, name = self.place.partition(":")
        model: type[ReadModel] = getattr(import_module(f"decisionlog.projections.{module}"), name)
        assert (model.name, model.version) == self[:2], f"{self} is announced otherwise than {model.__module__} says"
        return model

    def __call__(self, build: int) -> ReadModel:
        """One build of it."""
        return self.load()(build)


MODELS: Final = (
    Announced("register", 3, "register:Register"),
    Announced("citations", 2, "citations:Citations"),
    Announced("tally", 1, "tally:Tally"),
    Announced("concerns", 2, "concerns:Concerns"),
    Announced("decisions", 2, "decisions:Decisions"),
    Announced("positions", 2, "positions:Positions"),
    Announced("disagreements", 2, "disagreements:Disagreements"),
    Announced("meetings", 1, "meetings:Meetings"),
    Announced("actions", 1, "actions:Actions"),
    Announced("seats", 2, "seats:Seats"),
    Announced("search", 1, "search:Search"),
    Announced("acts", 2, "acts:Acts"),
    Announced("holds", 1, "holds:Holds"),
    Announced("bodies", 1, "authority.bodies:Bodies"),
    Announced("consents", 1, "authority.consents:Consents"),
    Announced("continuations", 1, "authority.continuations:Continuations"),
    Announced("delegations", 1, "authority.delegations:Delegations"),
    Announced("disputes", 1, "authority.disputes:Disputes"),
    Announced("duties", 1, "authority.duties:Duties"),
    Announced("functions", 1, "authority.functions:Functions"),
    Announced("funds", 1, "authority.funds:Funds"),
    Announced("instruments", 1, "authority.instruments:Instruments"),
    Announced("lookups", 1, "authority.lookups:Lookups"),
    Announced("organisations", 1, "authority.organisations:Organisations"),
    Announced("parents", 1, "authority.parents:Parents"),
    Announced("places", 1, "authority.places:Places"),
    Announced("posts", 1, "authority.posts:Posts"),
    Announced("relations", 1, "authority.relations:Relations"),
    Announced("successions", 1, "authority.successions:Successions"),
    Announced("terms", 2, "authority.terms:TermsInForce"),
)
"""Every read model; each says its name and version itself too, and must say the same."""


class OpenLog:
    """A log and its read models, for the length of one command."""

    def __init__(self, log: Log, models: ReadModels) -> None:
        self.log = log
        self.models = models

    def catch_up(self, progress: Callable[[int], None] | None = None) -> None:
        """Bring every read model up to the end of the log."""
        self.models.catch_up(progress)
        if self.is_unclean():
            with suppress(Unusable):  # it is tried again by the next command
                self.clean(patient=False)

    def is_unclean(self) -> bool:
        """Whether words that were erased may still be in the raw bytes of the file, because cleaning it was cut short."""
        return not getattr(self.log.recorder, "read_only", False) and self.log.recorder.secret(UNCLEAN) is not None

    def clean(self, *, patient: bool = True) -> None:
        """Let nothing of what was erased remain in the file. Raises `Unusable` where that cannot be done now."""
        self.models.purge()
        self.log.recorder.clean(patient=patient)

    def close(self) -> None:
        """Let go of the store; what was written ahead is then in the one file."""
        self.models.close()
        self.log.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_log(place: Place) -> OpenLog:
    """The log at a place, which exists. Raises the refusals of its store."""
    recorder = recorder_at(place)
    log, read_only = Log(recorder), recorder.read_only
    models = ReadModels(log, engine_of(place, read_only=read_only), MODELS, read_only=read_only)
    log.follower = models
    return OpenLog(log, models)


class Seen(OpenLog):
    """A log as somebody may see it, with read models of what they may see alone: whatever is asked, nothing else is answered.

    What is recorded through it goes into the log itself.
    """

    def __init__(
        self, whole: OpenLog, views: Views, bodies: frozenset[str], clock: Callable[[], datetime] | None = None
    ) -> None:
        from decisionlog.store.shown import Shown
        from decisionlog.store.view import ViewRecorder

        self._whole = whole
        self._views = views
        self._view = views.of(bodies)
        self._clock = clock or _now
        self._build: Build | None = None
        self._recorder = ViewRecorder(whole.log.recorder, Shown(bodies), whole.log.identity.origin)
        self.log = Log(self._recorder)  # type: ignore[arg-type] # it answers the same questions

    def catch_up(self, progress: Callable[[int], None] | None = None) -> None:
        """Bring what is seen up to the end of the log, and to this moment."""
        from decisionlog.domain.days import moment

        with self._view.busy:
            whole = self._whole.log
            shown, build = self._view.carried_on(whole, whole.size(), moment(self._clock()))
            self._recorder.shown, self._recorder.place = shown, build.name
            if build is not self._build:
                self._leave()
                self._view.use(build)
                self._build, self.models = build, self._views.read(self.log, build)
            self.models.catch_up(progress)

    @property
    def shown(self) -> Shown:
        """What is shown of the log."""
        return self._recorder.shown

    def is_unclean(self) -> bool:
        """What is erased is cleaned out of the log itself."""
        return False

    def clean(self, *, patient: bool = True) -> None:
        """Let nothing of what was erased remain in the log itself."""
        self._whole.clean(patient=patient)

    def close(self) -> None:
        """Let go of the store, and of what was derived."""
        self._leave()
        self._whole.close()

    def _leave(self) -> None:
        if self._build:
            self.models.close()
            self._view.leave(self._build)
            self._build = None


def _now() -> datetime:
    from datetime import UTC, datetime

    return datetime.now(UTC)


def views() -> Views:
    """Views of one log, for as long as a program runs; close them when it ends."""
    from decisionlog.store.views import Views

    return Views(MODELS)


def open_view(
    place: Place, views: Views, bodies: frozenset[str] = frozenset(), clock: Callable[[], datetime] | None = None
) -> Seen:
    """The log as everybody may see it, or as those may who may read all of these bodies' matters. Raises as `open_log`."""
    return Seen(open_log(place), views, bodies, clock)


def in_memory(request: Begin) -> OpenLog:
    """A new log that is gone when the process ends."""
    from decisionlog.commands.begin import begin, checked

    log = begin(MemoryRecorder(), checked(request))
    return OpenLog(log, ReadModels(log, engine_of(None), MODELS))


def make_log(place: Place, request: Begin) -> OpenLog:
    """A new log at a place. Raises `BadInput` where something lies there already; nothing is left behind on failure."""
    from decisionlog.commands.begin import begin, checked

    request = checked(request)
    with _new(place) as recorder:
        begin(recorder, request)
    return open_log(place)


def make_log_from(
    place: Place, lines: Iterable[bytes], openings: Iterable[bytes] = (), progress: Callable[[int], None] | None = None
) -> OpenLog:
    """A new log at a place, from an export, byte for byte. Raises as `begin_from`; nothing is left behind on failure."""
    from decisionlog.store.transfer import begin_from

    with _new(place) as recorder:
        begin_from(recorder, lines, openings, progress)
    return open_log(place)


def copy_in_memory(
    lines: Iterable[bytes], openings: Iterable[bytes] = (), progress: Callable[[int], None] | None = None
) -> OpenLog:
    """A log from an export that is gone when the process ends: to see whether it can be read."""
    from decisionlog.store.transfer import begin_from

    log = begin_from(MemoryRecorder(), lines, openings, progress)
    return OpenLog(log, ReadModels(log, engine_of(None), MODELS))


@contextmanager
def supposing(place: Place, progress: Callable[[int], None] | None = None) -> Iterator[OpenLog]:
    """A copy of a log, to record in it what is only supposed; it is gone afterwards, and the log untouched."""
    from tempfile import TemporaryDirectory

    with TemporaryDirectory(prefix="decisionlog-") as folder:
        copy = Path(folder) / "supposed.db"
        if isinstance(place, Server):
            move(place, copy, progress)
        else:
            from decisionlog.store.copying import copy as copy_file
            from decisionlog.store.sqlite_file import require_log_file

            require_log_file(place)
            copy_file(place, copy)
        with open_log(copy) as found:
            yield found


def move(place: Place, new: Place, progress: Callable[[int], None] | None = None) -> Moved:
    """Make the log at one place anew at another, by its export: the same facts at the same positions, the same root.

    Raises `BadInput` where something lies there already; nothing is left behind on failure, and the log at the first
    place is not touched.
    """
    from decisionlog.store.moving import move as fill

    with closing(Log(recorder_at(place))) as old, _new(new) as recorder:
        return fill(old, recorder, progress)


def views_that_differ(place: Place, progress: Callable[[int], None] | None = None) -> list[str]:
    """The read models whose rows are not those that the facts give: each is built anew in a copy, and compared.

    Among them `findings`, where everything was judged before.
    """
    with supposing(place) as copy, open_log(place) as found:
        kept, size = found.models.prints(), found.log.size()
        copy.models.rebuild((), progress)
        differing = [
            name
            for name, anew in copy.models.prints().items()
            if name in kept and kept[name] != anew and kept[name][0] == size
        ]
        return differing + (["findings"] if _findings_differ(found, copy) else [])


def _findings_differ(found: OpenLog, copy: OpenLog) -> bool:
    """Whether what was judged before, up to the end of the log, is not what is judged anew in a copy."""
    from datetime import UTC, datetime

    from decisionlog.checks import kept
    from decisionlog.questions.checking import Narrowing, check
    from decisionlog.questions.point import Asked
    from decisionlog.settings import BUILT_IN

    with found.models.reading() as rows:
        if kept.reached(rows, kept.judged_by(BUILT_IN)) != found.log.size():
            return False
        before = kept.prints(rows)
    with copy.models.keeping() as writing:
        assert writing is not None, "a copy can be written"
        kept.forget(writing)
    check(copy.log, copy.models, Narrowing(), Asked(), datetime.now(UTC))
    with copy.models.reading() as rows:
        return kept.prints(rows) != before


@contextmanager
def _new(place: Place) -> Iterator[Kept]:
    """A new place for a log, which is taken away again if what is done with it fails."""
    try:
        recorder = recorder_made_at(place)
    except FileExistsError:
        msg = f"{place} exists already; nothing was changed. Choose another name for the new log."
        if isinstance(place, Server):
            msg = f"There is a log at {place} already; nothing was changed. Choose another schema: ?schema=NAME."
        raise BadInput(msg) from None
    except (FileNotFoundError, NotADirectoryError):
        assert isinstance(place, Path), "only a file lies in a folder"
        msg = f"The folder {place.parent} does not exist; make it first."
        raise BadInput(msg) from None
    try:
        yield recorder
    except BaseException:
        recorder.close()
        take_away(place)
        raise
    recorder.close()
