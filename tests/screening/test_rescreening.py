"""A run screens each transfer exactly once, whatever happens to its workers."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import kombu
import pytest
from django.core.management import call_command
from django.db import InterfaceError, OperationalError
from django.db.models import Count
from django.test import Client
from pytest_django import Settings

from screening import selectors, services, tasks
from screening.access import NotAllowed
from screening.bridge import answers_to
from screening.management.commands import worker
from screening.models import RunChunk, Screening, ScreeningRun, Transfer, User
from screening.selectors import runs
from screening.services import chunks, report, rescreening
from tests.factories import make_draft, make_transfer, make_un_embargo
from treaties.models import FactsVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world")]

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
TODAY = NOW.date()
AFTER_THE_LEASE = NOW + chunks.LEASE + timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rescreening, "CHUNK_SIZE", 2)


@pytest.fixture
def five_transfers(analyst: User) -> list[Transfer]:
    return [make_transfer(analyst, recipient="SSD") for _ in range(5)]


def work(run: ScreeningRun, now: datetime = NOW) -> ScreeningRun:
    """Work on a run until no chunk is free."""
    while services.work_chunk(run, now=now):
        pass
    run.refresh_from_db()
    return run


def times_screened(run: ScreeningRun) -> dict[int, int]:
    counted = run.screenings.order_by().values_list("transfer").annotate(n=Count("pk"))
    return dict(counted)


@pytest.mark.usefixtures("five_transfers")
class TestARun:
    def test_screens_each_transfer_once_and_ends(self, steward: User) -> None:
        run = work(services.start_rescreening(by=steward, today=TODAY))

        assert run.state == ScreeningRun.State.DONE
        assert (run.n_transfers, run.n_done, run.n_failed) == (5, 5, 0)
        assert set(times_screened(run).values()) == {1}
        assert run.ended_at == NOW

    def test_takes_each_transfer_as_of_its_own_day_with_todays_knowledge(
        self, steward: User
    ) -> None:
        run = work(services.start_rescreening(by=steward, today=TODAY))

        days = set(run.screenings.values_list("as_of", "known_at"))
        assert days == {(date(2019, 6, 20), TODAY)}

    def test_is_started_only_by_who_may(self, analyst: User) -> None:
        with pytest.raises(NotAllowed):
            services.start_rescreening(by=analyst, today=TODAY)

        assert not ScreeningRun.objects.exists()

    def test_is_the_same_when_the_button_is_pressed_twice(self, steward: User) -> None:
        first = services.start_rescreening(by=steward, today=TODAY)
        second = services.start_rescreening(by=steward, today=TODAY)

        assert first == second
        assert RunChunk.objects.count() == 3

    def test_is_the_same_when_pressed_again_while_it_works(self, steward: User) -> None:
        first = services.start_rescreening(by=steward, today=TODAY)
        services.work_chunk(first, now=NOW)

        assert services.start_rescreening(by=steward, today=TODAY) == first

    def test_is_the_same_when_another_press_was_a_moment_earlier(
        self, steward: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        queue = rescreening._queue_first

        def queue_after_another(*arguments: Any, **values: Any) -> ScreeningRun:
            queue(*arguments, **values)
            return queue(*arguments, **values)

        monkeypatch.setattr(rescreening, "_queue_first", queue_after_another)

        run = services.start_rescreening(by=steward, today=TODAY)

        assert ScreeningRun.objects.get() == run
        assert RunChunk.objects.count() == 3

    def test_ends_when_facts_change_under_way_and_the_next_goes_on(
        self, steward: User
    ) -> None:
        run = services.start_rescreening(by=steward, today=TODAY, now=NOW)
        services.work_chunk(run, now=NOW)
        make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))

        done = services.work_chunk(run, now=NOW)

        run.refresh_from_db()
        assert run.state == ScreeningRun.State.SUPERSEDED
        assert run.n_done == run.screenings.count() == 2
        digests = run.screenings.values_list("facts_digest", flat=True)
        assert set(digests) == {run.facts_digest}
        (follow_up,) = services.unfinished_runs()
        assert done is not None
        assert done.follow_up == run.report["superseded_by"] == follow_up.pk
        assert work(follow_up).state == ScreeningRun.State.DONE
        stated = set(follow_up.screenings.values_list("facts_digest", flat=True))
        assert stated == {follow_up.facts_digest} != {run.facts_digest}

    def test_shares_its_follow_up_with_whoever_asked_for_it_first(
        self, steward: User
    ) -> None:
        run = services.start_rescreening(by=steward, today=TODAY, now=NOW)
        make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))
        asked = services.start_rescreening(by=None, today=TODAY, now=NOW)

        work(run)

        assert list(services.unfinished_runs()) == [asked]
        assert run.report["superseded_by"] == asked.pk

    def test_rings_for_its_follow_up(
        self, steward: User, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        rung: list[int] = []
        monkeypatch.setattr(tasks, "ring_for", rung.append)
        run = services.start_rescreening(by=steward, today=TODAY, now=NOW)
        make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))

        tasks.work_once(run)

        assert rung == [services.unfinished_runs().get().pk]

    def test_leaves_a_held_chunk_to_its_worker(self, steward: User) -> None:
        run = services.start_rescreening(by=steward, today=TODAY)
        held = chunks._claim(run, NOW)

        work(run)

        assert held is not None
        assert run.state == ScreeningRun.State.RUNNING
        assert run.n_done == 3

    def test_takes_a_lost_workers_chunk_after_its_lease(self, steward: User) -> None:
        run = services.start_rescreening(by=steward, today=TODAY)
        chunks._claim(run, NOW)

        work(run, AFTER_THE_LEASE)

        assert run.state == ScreeningRun.State.DONE
        assert set(times_screened(run).values()) == {1}

    def test_drops_what_a_worker_brings_after_its_lease_was_taken(
        self, steward: User
    ) -> None:
        run = services.start_rescreening(by=steward, today=TODAY)
        slow = chunks._claim(run, NOW)
        assert slow is not None
        work(run, AFTER_THE_LEASE)

        assert chunks._screen_chunk(run, slow, AFTER_THE_LEASE) is None

        run.refresh_from_db()
        assert run.n_done == 5
        assert set(times_screened(run).values()) == {1}

    def test_gives_up_a_chunk_whose_worker_is_lost_each_time(
        self, steward: User
    ) -> None:
        run = services.start_rescreening(by=steward, today=TODAY)
        first = RunChunk.objects.order_by("pk")[0]
        RunChunk.objects.filter(pk=first.pk).update(
            state="RUNNING", tries=chunks.MOST_TRIES, lease_until=NOW
        )

        work(run, AFTER_THE_LEASE)

        assert run.state == ScreeningRun.State.FAILED
        assert (run.n_done, run.n_failed) == (3, 2)
        assert run.report["failed"][0]["error"] == chunks.LOST

    def test_goes_on_past_a_chunk_that_fails_and_leaves_the_words_to_the_log(
        self,
        steward: User,
        analyst: User,
        monkeypatch: pytest.MonkeyPatch,
        caplog: pytest.LogCaptureFixture,
    ) -> None:
        run = services.start_rescreening(by=steward, today=TODAY)
        first = Transfer.objects.order_by("pk")[0]

        def fail_on_the_first(questions: list[Any]) -> Any:
            if questions[0].number == first.pk:
                message = "the end user 'Secret Brigade' has no rule"
                raise ValueError(message)
            return answers_to(questions)

        monkeypatch.setattr(chunks, "answers_to", fail_on_the_first)
        work(run)

        assert run.state == ScreeningRun.State.FAILED
        assert (run.n_done, run.n_failed) == (3, 2)
        chunk = RunChunk.objects.get(state="FAILED")
        assert chunk.tries == chunks.MOST_TRIES
        assert "Secret Brigade" in caplog.text
        assert "Secret Brigade" not in f"{run.report}{chunk.error}"
        for user, error in ((steward, "ValueError"), (analyst, "")):
            told = selectors.run_report(user, run)["failed"]
            assert told == [{"chunk": chunk.pk, "error": error}]

    def test_keeps_what_is_done_when_cancelled(self, steward: User) -> None:
        run = services.start_rescreening(by=steward, today=TODAY)
        services.work_chunk(run, now=NOW)

        services.cancel_run(run, by=steward, now=NOW)

        assert run.state == ScreeningRun.State.CANCELLED
        assert services.work_chunk(run, now=NOW) is None
        assert Screening.objects.filter(run=run).count() == 2
        assert run.report["first"] == 2

    def test_drops_the_chunk_in_hand_when_cancelled(self, steward: User) -> None:
        run = services.start_rescreening(by=steward, today=TODAY)
        claim = chunks._claim(run, NOW)
        assert claim is not None

        services.cancel_run(run, by=steward, now=NOW)

        assert chunks._screen_chunk(run, claim, NOW) is None
        assert not Screening.objects.exists()

    def test_cannot_be_cancelled_after_its_end(self, steward: User) -> None:
        run = work(services.start_rescreening(by=steward, today=TODAY))

        with pytest.raises(services.RunIsOver):
            services.cancel_run(run, by=steward, now=NOW)


def test_a_run_over_nothing_is_done_at_once(steward: User) -> None:
    run = services.start_rescreening(by=steward, today=TODAY, now=NOW)

    assert run.state == ScreeningRun.State.DONE


def test_the_report_says_what_moved_and_why(analyst: User, steward: User) -> None:
    to_south_sudan = make_draft(recipient="SSD", end_user_state="SSD", force="")
    moved = services.propose_transfer(to_south_sudan, by=analyst, today=TODAY)
    services.propose_transfer(make_draft(), by=analyst, today=TODAY)
    work(services.start_rescreening(by=steward, today=TODAY))
    make_transfer(analyst)
    make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))

    run = work(services.start_rescreening(by=steward, today=TODAY))

    told = selectors.run_report(steward, run)
    (row,) = told["moved"]
    assert (row["to"].split(",")[0], row["n"]) == ("PROHIBITED", 1)
    assert (told["unchanged"], told["first"], run.n_changed) == (1, 1, 1)
    (mover,) = told["movers"]
    assert mover["reference"] == moved.transfer.reference
    assert mover["finding"]["now"] == "PROHIBITED"
    assert mover["finding"]["because"]


def test_a_second_run_on_the_same_facts_moves_nothing(
    analyst: User, steward: User
) -> None:
    make_transfer(analyst)
    work(services.start_rescreening(by=steward, today=TODAY))

    again = work(services.start_rescreening(by=steward, today=TODAY))

    assert again.report["moved"] == again.report["movers"] == []
    assert again.report["unchanged"] == 1


def test_a_run_compares_with_the_last_that_knew_as_much_as_it_could(
    analyst: User, steward: User
) -> None:
    draft = make_draft(recipient="SSD", end_user_state="SSD", force="")
    first = services.propose_transfer(draft, by=analyst, today=TODAY)
    # What was known in 2019 is another question than what is known today.
    began = work(services.start_rescreening(by=steward, today=TODAY))
    assert (began.report["first"], began.n_changed) == (1, 0)

    make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))
    long_ago = date(1950, 1, 1)
    for as_of, known_at in ((draft.on, long_ago), (TODAY, TODAY)):
        services.screen_transfer(
            first.transfer, as_of=as_of, known_at=known_at, by=analyst
        )
    run = work(services.start_rescreening(by=steward, today=TODAY))

    (mover,) = run.report["movers"]
    assert mover["to"].startswith("PROHIBITED")
    assert run.report["first"] == run.report["unchanged"] == 0


def test_a_report_hides_the_movers_of_other_organisations(
    steward: User, stranger: User
) -> None:
    draft = make_draft(recipient="SSD", end_user_state="SSD", force="")
    services.propose_transfer(draft, by=stranger, today=TODAY)
    work(services.start_rescreening(by=steward, today=TODAY))
    make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))

    run = work(services.start_rescreening(by=steward, today=TODAY))

    told = selectors.run_report(steward, run)
    assert (told["movers"], told["hidden"]) == ([], 1)
    assert told["moved"][0]["n"] == 1


def test_a_report_names_ones_own_movers_however_many_others_moved(
    steward: User, stranger: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runs, "MOST_MOVERS", 2)
    theirs = [make_transfer(stranger) for _ in range(3)]
    mine = [make_transfer(steward) for _ in range(3)]
    moved = [{"transfer": t.pk, "from": "LOW", "to": "HIGH"} for t in theirs + mine]
    chunk = RunChunk(state="DONE", result={"movers": moved})
    run = ScreeningRun(report=report.summed([chunk]))

    told = selectors.run_report(steward, run)

    assert told["movers"] == moved[3:5]
    assert (told["n_visible"], told["hidden"]) == (3, 3)


@pytest.mark.usefixtures("five_transfers")
def test_changed_facts_queue_a_run_that_nobody_asked_for(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))

    (waiting,) = services.unfinished_runs()
    assert waiting.kind == ScreeningRun.Kind.FACTS_CHANGED
    assert waiting.requested_by is None
    assert waiting.n_transfers == 5


@pytest.mark.usefixtures("five_transfers")
def test_many_changes_of_facts_leave_one_run_waiting(
    django_capture_on_commit_callbacks: Any,
) -> None:
    for key, target in [("UN-SSD-2018", "SSD"), ("UN-YEM-2015", "YEM")]:
        with django_capture_on_commit_callbacks(execute=True):
            make_un_embargo(key, target, date(2018, 7, 13))

    assert services.unfinished_runs().count() == 1


def test_changed_facts_queue_nothing_when_there_is_nothing_to_screen(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        FactsVersion.bump(["test"])

    assert not ScreeningRun.objects.exists()


@pytest.mark.usefixtures("five_transfers")
def test_the_task_works_until_no_chunk_is_free(steward: User) -> None:
    run = services.start_rescreening(by=steward, today=TODAY)

    tasks.work_on_run.run(run.pk)

    run.refresh_from_db()
    assert run.state == ScreeningRun.State.DONE


@pytest.mark.usefixtures("five_transfers")
def test_a_task_whose_time_is_up_rings_for_the_next(
    steward: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[int] = []
    monkeypatch.setattr(tasks, "WORK_SECONDS", 0)
    monkeypatch.setattr(tasks, "ring_for", rung.append)
    run = services.start_rescreening(by=steward, today=TODAY)

    tasks.work_on_run.run(run.pk)

    assert rung == [run.pk]
    assert RunChunk.objects.filter(state="DONE").count() == 1


def test_the_start_is_refused_when_a_task_may_outlive_its_lease(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from screening.checks import times_are_nested

    assert times_are_nested() == []
    monkeypatch.setattr(tasks, "TIME_LIMIT", 10_000)
    assert [error.id for error in times_are_nested()] == ["screening.E001"]


@pytest.fixture
def no_broker(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Celery's Redis does not answer."""

    def refuse(run_id: int) -> None:
        message = "Error 111 connecting to 127.0.0.1:6379. Connection refused."
        raise kombu.exceptions.OperationalError(message)

    settings.REDIS_URL = "redis://127.0.0.1:6379/0"
    monkeypatch.setattr(tasks.work_on_run, "delay", refuse)


@pytest.mark.usefixtures("five_transfers", "no_broker")
def test_the_button_answers_and_the_run_waits_while_redis_is_down(
    client: Client,
    steward: User,
    caplog: pytest.LogCaptureFixture,
    django_capture_on_commit_callbacks: Any,
) -> None:
    client.force_login(steward, backend="django.contrib.auth.backends.ModelBackend")

    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post("/runs/start/")

    assert answer.status_code == 302
    assert services.unfinished_runs().get().state == ScreeningRun.State.QUEUED
    assert "the broker does not answer" in caplog.text


@pytest.mark.usefixtures("five_transfers", "no_broker")
def test_facts_can_be_changed_while_redis_is_down(
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        make_un_embargo("UN-SSD-2018", "SSD", date(2018, 7, 13))

    assert services.unfinished_runs().get().state == ScreeningRun.State.QUEUED


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
@pytest.mark.usefixtures("five_transfers")
def test_the_worker_outlives_a_database_that_does_not_answer(
    steward: User, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    run = services.start_rescreening(by=steward, today=TODAY)
    work_once = tasks.work_once
    failed: list[ScreeningRun] = []

    def fail_once(run: ScreeningRun) -> bool:
        if not failed:
            failed.append(run)
            message = "the database is starting up"
            raise error(message)
        return work_once(run)

    monkeypatch.setattr(tasks, "work_once", fail_once)
    monkeypatch.setattr(worker, "SECONDS_TO_RECOVER", 0)
    # The test holds its transaction open on the connection that the worker would close.
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)

    call_command("worker", "--once")

    run.refresh_from_db()
    assert failed
    assert run.state == ScreeningRun.State.DONE
