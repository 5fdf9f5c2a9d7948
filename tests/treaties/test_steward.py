"""A steward adds, corrects and retires a fact of every table, in the browser."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db.models import CharField, UniqueConstraint
from django.test import Client
from django.urls import reverse

from screening.models import User
from tests.treaties.every_table import KNOWN_FROM, make_base, typed
from tests.treaties.small import SmallFixtures
from treaties import ledger, models
from treaties.admin.fields import vocabulary
from treaties.admin.naming import fact_key, key_of, table_of
from treaties.admin.words import refused
from treaties.facts import Facts
from treaties.importers.reference import load_reference
from treaties.selectors import facts_as_of

pytestmark = pytest.mark.django_db
TABLES = models.recorded_models()
FRAMES = {f.name for f in fields(Facts)}
DAY = timedelta(days=1)
TODAY = date(2026, 11, 25)
each_table = pytest.mark.parametrize("model", TABLES, ids=lambda m: m.__name__)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("django.utils.timezone.localdate", lambda: TODAY)


@pytest.fixture
def source(db: None) -> models.Source:
    return make_base()


@pytest.fixture
def browser(steward: User, client: Client) -> Client:
    client.force_login(steward, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(model: type[models.Recorded], page: str, **named: Any) -> str:
    name = f"admin:treaties_{model._meta.model_name}_{page}"
    return reverse(name, kwargs=named or None)


def add(
    browser: Client, model: type[models.Recorded], source: models.Source, **said: Any
) -> models.Recorded:
    before = set(model._default_manager.values_list("pk", flat=True))
    page = f"{address(model, 'add')}?source={source.slug}"
    answer = browser.post(page, {**typed(model), **said})
    assert answer.status_code == 302, answer.context["form"].errors
    return model._default_manager.exclude(pk__in=before).get()


def present(browser: Client, fact: models.Recorded) -> dict[str, Any]:
    """What the correcting form holds before anything is typed, with a reason."""
    form = browser.get(address(type(fact), "correct", pk=fact.pk)).context["form"]
    held = {b.name: b.value() for b in form if not b.field.disabled}
    sent = {name: value for name, value in held.items() if value not in (None, False)}
    seen = {"seen": fact.recorded_in_id, "why": "the report says otherwise"}
    return {**sent, **seen}


def correct(browser: Client, fact: models.Recorded, **said: Any) -> Any:
    page = address(type(fact), "correct", pk=fact.pk)
    sent = {**present(browser, fact), **said}
    preview = browser.post(page, {**sent, "preview": "yes"})
    assert [cell.label for cell in preview.context["cells"] if cell.is_changed]
    return browser.post(page, {**sent, "record": "yes"})


def retire(browser: Client, fact: models.Recorded) -> Any:
    page = address(type(fact), "retire", pk=fact.pk)
    return browser.post(page, {"why": "counted twice"})


def answer(
    fact: models.Recorded, column: str, known_at: date, recorded_at: datetime
) -> Any:
    """What the column says of the fact on these two clocks; None: nothing is held."""
    model, table = type(fact), table_of(type(fact))
    if table in FRAMES:
        facts = facts_as_of(date(2026, 1, 1), known_at, recorded_at).tables[table]
        rows = facts[facts["key"] == fact_key(fact)]
        return None if rows.empty else rows.iloc[0][column]
    was: dict[str, Any] = {"recorded_at__lte": recorded_at, **key_of(fact, model)}
    if _is_dated(model):
        was["known_from__lte"] = known_at
    past: Any = models.past_of(model)._default_manager
    now = model._default_manager.filter(**was)
    then = past.filter(superseded_at__gt=recorded_at, **was)
    return next((getattr(row, column) for row in [*now, *then]), None)


def _is_dated(model: type[models.Recorded]) -> bool:
    """Whether rows say since when they could be known; those of registers do not."""
    return "known_from" in {f.name for f in models.own_fields(model)}


# --- Every table ---------------------------------------------------------------------


@each_table
def test_a_fact_of_every_table_is_added_corrected_retired_and_asked_about(
    model: type[models.Recorded], browser: Client, source: models.Source
) -> None:
    column, first, second = _said_twice(model)
    fact = add(browser, model, source, **{column: first})
    added_at = fact.recorded_at
    assert correct(browser, fact, **{column: second}).status_code == 302
    corrected_at = model._default_manager.get(pk=fact.pk).recorded_at

    asked = [
        (known_at, recorded_at)
        for recorded_at in (added_at, corrected_at)
        for known_at in (KNOWN_FROM - DAY, KNOWN_FROM)
    ]
    before = [None, None] if _is_dated(model) else [first, second]
    assert [answer(fact, column, *clocks) for clocks in asked] == [
        before[0],
        first,
        before[1],
        second,
    ]

    assert retire(browser, fact).status_code == 302
    retired_at = models.Change.objects.latest("at").at
    assert answer(fact, column, KNOWN_FROM, retired_at) is None
    assert answer(fact, column, KNOWN_FROM, corrected_at) == second
    assert _kinds(fact) == ["ADD", "CORRECT"]


def _said_twice(model: type[models.Recorded]) -> tuple[str, Any, Any]:
    """A column of the table, and two things that it may say."""
    names = {f.name for f in models.own_fields(model)}
    said = {
        "note": ("first", "second"),
        "value": (1.0, 2.0),
        "value_gbp": (1.0, 2.0),
        "comments": ("first", "second"),
        "area": ("first", "second"),
        "name": ("first", "second"),
    }
    column = next(name for name in said if name in names)
    return (column, *said[column])


def _kinds(fact: models.Recorded) -> list[str]:
    versions = ledger.history(type(fact), **key_of(fact, type(fact)))
    return [version.recorded_in.kind for version in reversed(versions)]


@each_table
def test_every_table_has_a_list_that_searches_and_filters(
    model: type[models.Recorded], browser: Client, source: models.Source
) -> None:
    add(browser, model, source)
    page = address(model, "changelist")
    since = {"known_from__gte": "2019-01-01", "known_from__lte": ""}
    for asked in (
        {},
        {"q": "Aland"},
        {"source__id__exact": source.pk},
        since if _is_dated(model) else {},
    ):
        answer = browser.get(page, asked)
        assert answer.status_code == 200
    assert answer.context["cl"].result_count == 1


@each_table
def test_a_list_asks_the_database_as_often_for_one_fact_as_for_four(
    model: type[models.Recorded],
    browser: Client,
    source: models.Source,
    django_assert_max_num_queries: Any,
) -> None:
    first = add(browser, model, source)
    page = address(model, "changelist")
    browser.get(page)
    with django_assert_max_num_queries(14) as few:
        browser.get(page)
    _copies(first)
    with django_assert_max_num_queries(len(few)):
        browser.get(page)


def _copies(fact: models.Recorded) -> None:
    model = type(fact)
    told = {f.attname: getattr(fact, f.attname) for f in models.own_fields(model)}
    for n in range(3):
        other: dict[str, Any] = dict.fromkeys(_names(model), f"N{n}")
        if model is models.IndicatorValue:
            other["year"] = n
        if model is models.TreatyAct:
            other["on"] = TODAY - n * DAY
        model._default_manager.create(source=fact.source, **{**told, **other})


def _names(model: type[models.Recorded]) -> list[str]:
    """The columns of free text that tell one row from another."""
    unique = {f.name for f in models.own_fields(model) if f.unique}
    for rule in model._meta.constraints:
        if isinstance(rule, UniqueConstraint):
            unique |= set(rule.fields)
    return [
        f.name
        for f in models.own_fields(model)
        if f.name in unique
        and isinstance(f, CharField)
        and not vocabulary(model, f.name)
    ]


@each_table
def test_a_recorded_fact_is_not_changed_in_place(
    model: type[models.Recorded], browser: Client, source: models.Source
) -> None:
    fact = add(browser, model, source)
    page = address(model, "change", object_id=fact.pk)

    shown = browser.get(page).content.decode()

    assert address(model, "correct", pk=fact.pk) in shown
    assert browser.post(page, typed(model)).status_code == 403
    gone = browser.post(address(model, "delete", object_id=fact.pk), {"post": "yes"})
    assert gone.status_code == 403
    assert _kinds(fact) == ["ADD"]


# --- Adding --------------------------------------------------------------------------


def test_adding_asks_for_the_source_before_the_fact(
    browser: Client, source: models.Source
) -> None:
    page = address(models.AbuseReport, "add")

    first = browser.get(page)
    second = browser.get(page, {"source": source.slug})

    assert "incident" not in first.context["form"].fields
    assert source.title in first.content.decode()
    assert second.context["form"]["publisher"].value() == source.publisher


def test_a_source_that_does_not_exist_is_asked_for_again(
    browser: Client, source: models.Source
) -> None:
    answer = browser.get(address(models.AbuseReport, "add"), {"source": "nowhere"})
    assert "There is no source “nowhere”" in answer.content.decode()


SOURCE = {
    "publisher": "Office of the High Commissioner",
    "title": "Situation in Aland",
    "where": "A/HRC/39/43",
    "licence": "UN, free to cite",
    "retrieved_on": "2026-11-20",
}


def test_a_new_source_is_made_with_its_symbol_and_leads_to_the_fact(
    browser: Client, source: models.Source
) -> None:
    page = address(models.AbuseReport, "add")

    answer = browser.post(page, SOURCE, follow=True)

    made = models.Source.objects.get(title="Situation in Aland")
    assert (made.symbol, made.url, made.digest) == ("A/HRC/39/43", "", "")
    assert made.retrieved_on == date(2026, 11, 20)
    form = answer.context["form"]
    assert form["publisher"].value() == "Office of the High Commissioner"
    assert form["citation"].value() == "A/HRC/39/43"


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ({"publisher": ""}, "This field is required"),
        ({"where": "https://"}, "Enter a valid URL"),
        ({"retrieved_on": "2026-12-24"}, "still to come"),
        ({"publisher": "The tests", "title": "Facts of a test"}, "choose it above"),
    ],
)
def test_a_source_with_something_missing_is_not_made(
    browser: Client, source: models.Source, wrong: dict[str, str], why: str
) -> None:
    answer = browser.post(address(models.Force, "add"), {**SOURCE, **wrong})

    assert why in answer.content.decode()
    assert models.Source.objects.get() == source


def test_a_key_left_empty_is_made_from_the_source_and_never_used_again(
    browser: Client, source: models.Source
) -> None:
    first = add(browser, models.AbuseReport, source, key="")
    retire(browser, first)
    second = add(browser, models.AbuseReport, source, key="")

    assert [first.key, second.key] == ["test-1", "test-2"]  # type: ignore[attr-defined]


def test_a_fact_said_to_be_checked_says_by_whom_and_when(
    browser: Client, source: models.Source
) -> None:
    fact: Any = add(browser, models.AbuseReport, source, checked="on")
    assert (fact.checked, fact.checked_by, fact.checked_on) == (True, "stella", TODAY)


@pytest.mark.parametrize(
    ("model", "wrong", "field", "why"),
    [
        (models.Force, {"starts": "2019-01-02", "ends": "2019-01-02"}, "ends", "swap"),
        (models.Embargo, {"targets": ""}, "targets", "Name the states"),
        (models.Embargo, {"targets": "AAA|QQQ"}, "targets", "“QQQ”"),
        (models.AbuseReport, {"items": "NUKES"}, "items", "Not among the items"),
        (models.AbuseReport, {"pattern": "9"}, "strength", "from 1 to 3"),
        (models.AbuseReport, {"known_from": "2027-01-01"}, "known_from", "to come"),
        (models.AbuseReport, {"finding": "rumour"}, "finding", "not one of the avail"),
        (models.AbuseReport, {"why": ""}, "why", "required"),
        (models.AbuseReport, {"publisher": ""}, "publisher", "required"),
        (
            models.AbuseReport,
            {"happened_from": "2019-02-02", "happened_to": "2019-02-01"},
            "happened_to",
            "before the first",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_written(
    browser: Client,
    source: models.Source,
    model: type[models.Recorded],
    wrong: dict[str, str],
    field: str,
    why: str,
) -> None:
    entries = models.Change.objects.count()
    page = f"{address(model, 'add')}?source={source.slug}"

    answer = browser.post(page, {**typed(model), **wrong})

    assert why in " ".join(answer.context["form"].errors[field])
    assert "Nothing was recorded" in answer.content.decode()
    assert models.Change.objects.count() == entries


def test_what_only_the_database_sees_is_said_in_words(
    browser: Client, source: models.Source, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(browser, models.TreatyAct, source)
    entries = models.Change.objects.count()
    # As when two stewards add the same act at once, and the form saw none.
    monkeypatch.setattr("treaties.admin.forms.FactForm.ask_rules", lambda form: None)
    page = f"{address(models.TreatyAct, 'add')}?source={source.slug}"

    answer = browser.post(page, {**typed(models.TreatyAct), "key": "another"})

    assert "is recorded already" in " ".join(answer.context["form"].errors["act"])
    assert models.Change.objects.count() == entries


def test_a_number_that_an_edition_has_already_is_refused_in_words(
    browser: Client, source: models.Source
) -> None:
    add(browser, models.IndicatorValue, source)
    page = f"{address(models.IndicatorValue, 'add')}?source={source.slug}"

    answer = browser.post(page, {**typed(models.IndicatorValue), "value": "2"})

    assert "It is recorded already" in answer.content.decode()
    assert models.IndicatorValue.objects.count() == 1


# --- Correcting ----------------------------------------------------------------------


@pytest.fixture
def report(browser: Client, source: models.Source) -> Any:
    return add(browser, models.AbuseReport, source)


def test_a_preview_shows_both_versions_and_writes_nothing(
    browser: Client, report: models.AbuseReport
) -> None:
    page = address(models.AbuseReport, "correct", pk=report.pk)
    sent = {**present(browser, report), "published_on": "2019-02-28", "preview": "yes"}

    answer = browser.post(page, sent)

    changed = [cell for cell in answer.context["cells"] if cell.is_changed]
    assert [(c.label, c.before, c.after) for c in changed] == [
        ("Published on", "2019-03-01", "2019-02-28")
    ]
    assert "<del>2019-03-01</del>" in answer.content.decode()
    assert _kinds(report) == ["ADD"]


def test_going_on_writing_keeps_what_was_typed(
    browser: Client, report: models.AbuseReport
) -> None:
    page = address(models.AbuseReport, "correct", pk=report.pk)
    sent = {**present(browser, report), "title": "Another title", "edit": "yes"}

    answer = browser.post(page, sent)

    assert answer.context["form"]["title"].value() == "Another title"
    assert _kinds(report) == ["ADD"]


def test_a_correction_says_who_and_why(
    browser: Client, report: models.AbuseReport
) -> None:
    correct(browser, report, title="Another title")

    newest = ledger.history(models.AbuseReport, key=report.key)[0]
    assert newest.values["title"] == "Another title"
    assert (newest.recorded_in.by, newest.recorded_in.why) == (
        "stella",
        "the report says otherwise",
    )


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"why": ""}, "required"),
        ({}, "Nothing differs"),
        ({"title": "Another", "seen": "0"}, "while you were writing"),
        ({"title": ""}, "required"),
    ],
)
def test_a_correction_that_cannot_be_is_refused_in_words(
    browser: Client, report: models.AbuseReport, sent: dict[str, str], why: str
) -> None:
    page = address(models.AbuseReport, "correct", pk=report.pk)

    answer = browser.post(page, {**present(browser, report), **sent, "record": "yes"})

    assert why in answer.content.decode()
    assert _kinds(report) == ["ADD"]


def test_the_key_of_a_fact_is_never_corrected(
    browser: Client, report: models.AbuseReport
) -> None:
    correct(browser, report, title="Another title", key="another-key")
    report.refresh_from_db()
    assert report.key != "another-key"


def test_a_fact_of_the_files_is_corrected_and_stays_so_when_they_are_loaded_again(
    browser: Client, small: SmallFixtures
) -> None:
    load_reference(small.write())
    state = models.State.objects.get(iso3="BBB")
    correct(browser, state, name="Syldavia")
    small.change("states", "states.csv", "Aland", "Aland Islands")

    loaded = {done.slug: done for done in load_reference(small.write())}

    assert loaded["states"].kept == 1
    names = dict(models.State.objects.values_list("iso3", "name"))
    assert (names["AAA"], names["BBB"]) == ("Aland Islands", "Syldavia")


# --- Retiring ------------------------------------------------------------------------


def test_a_fact_that_others_refer_to_is_not_retired(
    browser: Client, report: models.AbuseReport
) -> None:
    answer = retire(browser, report.force)

    page = answer.content.decode()
    assert "cannot be retired while other facts refer to it" in page
    assert address(models.AbuseReport, "change", object_id=report.pk) in page
    assert models.Force.objects.filter(pk=report.force.pk).exists()


def test_a_key_in_a_list_of_keys_refers_as_well(
    browser: Client, source: models.Source
) -> None:
    add(browser, models.AbuseReport, source, items="SALW")
    item = models.ItemCategory.objects.get(code="SALW")
    assert "1 abuse report" in retire(browser, item).content.decode()


def test_a_retired_fact_is_listed_with_who_and_why_and_keeps_its_history(
    browser: Client, report: models.AbuseReport
) -> None:
    retire(browser, report)

    listed = browser.get(address(models.AbuseReport, "retired")).content.decode()
    history = browser.get(address(models.AbuseReport, "history", pk=report.pk))

    assert report.key in listed
    assert "counted twice" in listed
    assert "no longer recorded" in history.content.decode()


def test_a_reason_is_needed_to_retire(
    browser: Client, report: models.AbuseReport
) -> None:
    browser.post(address(models.AbuseReport, "retire", pk=report.pk), {"why": " "})
    assert models.AbuseReport.objects.filter(pk=report.pk).exists()


# --- Checking ------------------------------------------------------------------------


def test_several_facts_are_recorded_as_checked_at_once(
    browser: Client, source: models.Source
) -> None:
    facts = [add(browser, models.AbuseReport, source, key=key) for key in ("a", "b")]
    chosen = {"action": "mark_checked", "_selected_action": [f.pk for f in facts]}
    form = browser.post(address(models.AbuseReport, "changelist"), chosen)
    read = {"who": "rose", "on": "2026-11-20", "what": "A/HRC/39/43, paragraph 12"}

    answer = browser.post(form.headers["Location"], read)

    assert answer.status_code == 302
    assert set(
        models.AbuseReport.objects.values_list("checked", "checked_by", "checked_on")
    ) == {(True, "rose", date(2026, 11, 20))}
    newest = ledger.history(models.AbuseReport, key="a")[0]
    assert newest.recorded_in.by == "stella"
    assert newest.recorded_in.why == "Read: A/HRC/39/43, paragraph 12"


def test_of_facts_checked_at_once_all_are_or_none(
    browser: Client, source: models.Source
) -> None:
    facts = [add(browser, models.AbuseReport, source, key=key) for key in ("a", "b")]
    read = {"who": "rose", "on": "2026-11-20", "what": "the report"}
    one = f"{address(models.AbuseReport, 'check')}?pk={facts[1].pk}"
    browser.post(one, read)
    both = f"{one}&pk={facts[0].pk}"

    answer = browser.post(both, read)

    assert "b: Nothing differs" in answer.content.decode()
    assert not models.AbuseReport.objects.get(key="a").checked


# --- Looking -------------------------------------------------------------------------


def test_history_says_who_when_why_and_what_differs(
    browser: Client, report: models.AbuseReport
) -> None:
    correct(browser, report, title="Another title")

    answer = browser.get(address(models.AbuseReport, "history", pk=report.pk))

    newest, oldest = answer.context["versions"]
    assert [(c.label, c.before, c.after) for c in newest.changed] == [
        ("Title", "Text", "Another title")
    ]
    page = answer.content.decode()
    assert "the report says otherwise" in page
    assert "by stella" in page
    assert oldest.is_first


def test_an_entry_of_the_ledger_says_what_it_wrote(
    browser: Client, report: models.AbuseReport
) -> None:
    correct(browser, report, title="Another title")
    entries = models.Change.objects.order_by("-at")[:2]

    pages = [
        browser.get(reverse("admin:treaties_change_change", args=[entry.pk]))
        for entry in entries
    ]

    assert "0 added, 1 corrected, 0 retired" in pages[0].content.decode()
    assert "1 added, 0 corrected, 0 retired" in pages[1].content.decode()
    listed = browser.get(reverse("admin:treaties_change_changelist"), {"by": "stella"})
    assert listed.context["cl"].result_count == 2


def test_nobody_writes_an_entry_of_the_ledger_by_hand(
    browser: Client, report: models.AbuseReport
) -> None:
    entry = models.Change.objects.latest("at")
    page = reverse("admin:treaties_change_change", args=[entry.pk])
    assert browser.get(reverse("admin:treaties_change_add")).status_code == 403
    assert browser.get(page.replace("change/", "delete/")).status_code in {403, 404}


@pytest.mark.parametrize("text", ["Ouland", "ouland", "rsaf", "cote d'aland"])
def test_reports_are_found_by_any_name_of_their_state_and_force(
    browser: Client, source: models.Source, text: str
) -> None:
    state = models.State.objects.get(iso3="AAA")
    ledger.correct(
        state, {"other_names": "Ouland|Côte d'Aland"}, by="stella", why="its names"
    )
    force = models.Force.objects.get(key="AAA-ARMY")
    ledger.correct(force, {"aliases": "RSAF"}, by="stella", why="its alias")
    add(browser, models.AbuseReport, source)

    found = browser.get(address(models.AbuseReport, "changelist"), {"q": text})
    missed = browser.get(address(models.AbuseReport, "changelist"), {"q": "borduria"})

    assert found.context["cl"].result_count == 1
    assert missed.context["cl"].result_count == 0


@pytest.mark.parametrize(
    "asked",
    [
        {"state__iso3__exact": "AAA"},
        {"checked__exact": "0"},
        {"known_from__gte": "2019-03-01", "known_from__lte": "2019-03-01"},
    ],
)
def test_a_filter_keeps_what_it_asks_for(
    browser: Client, report: models.AbuseReport, asked: dict[str, str]
) -> None:
    page = address(models.AbuseReport, "changelist")
    assert browser.get(page, asked).context["cl"].result_count == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"state__iso3__exact": "BBB"},
        {"checked__exact": "1"},
        {"known_from__gte": "2019-03-02"},
        {"known_from__lte": "2019-02-28"},
    ],
)
def test_a_filter_leaves_out_what_it_does_not_ask_for(
    browser: Client, report: models.AbuseReport, asked: dict[str, str]
) -> None:
    page = address(models.AbuseReport, "changelist")
    assert browser.get(page, asked).context["cl"].result_count == 0


def test_embargoes_are_found_and_filtered_by_the_state_they_aim_at(
    browser: Client, source: models.Source
) -> None:
    page = address(models.Embargo, "changelist")
    assert browser.get(page, {"target": "AAA"}).context["cl"].result_count == 1
    assert browser.get(page, {"target": "BBB"}).context["cl"].result_count == 0


def test_a_day_that_is_none_is_not_taken_for_one(
    browser: Client, report: models.AbuseReport
) -> None:
    page = address(models.AbuseReport, "changelist")
    answer = browser.get(page, {"known_from__gte": "March"})
    assert answer.headers["Location"].endswith("?e=1")


# --- Words ---------------------------------------------------------------------------


@each_table
def test_every_rule_of_a_table_is_said_in_words_beside_a_field_that_it_has(
    model: type[models.Recorded],
) -> None:
    names = {f.name for f in model._meta.concrete_fields}
    for rule in model._meta.constraints:
        error = refused(model, rule.name)
        assert set(getattr(error, "error_dict", {})) <= names
        assert all(" " in words and "_" not in words for words in error.messages)
