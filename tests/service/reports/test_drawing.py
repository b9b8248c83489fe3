"""The certificate of the draw, repeated when it is read; and the import report before it (R-36, R-41, I-07)."""

from sqlalchemy import update

from engine.store.schema.council import cycle
from tests.factories.reported import SIZES
from tests.service.monthly import PERIOD, period
from tests.service.reports.reading import figures, made, table


def test_the_draw_is_repeated_from_its_certificate(reported):
    report = made(reported, "draw_certificate").report
    found = figures(report)
    sample = found["draw.sample"]["value"]
    assert (found["draw.repeated"]["value"], found["draw.repeated"]["of"]) == (sample, sample)
    assert [row[:2] for row in table(report, "draw", "strata")] == [[area, SIZES[area]] for area in _areas(reported)]
    stated = dict(table(report, "draw", "certificate"))
    assert stated["Seed"] == period(reported).certificate["seed"]
    assert not any("T" in stated[fact] for fact in ("List locked at", "Seed made at")), "as people write moments"
    assert all(row[3].endswith("%") for row in table(report, "draw", "strata"))


def _areas(council):
    return list(period(council).certificate["strata"])


def test_a_certificate_that_was_changed_repeats_nothing(reported):
    certificate = {**period(reported).certificate, "seed": "0" * 32}
    with reported.database.transaction() as connection:
        connection.execute(update(cycle).where(cycle.c.id == PERIOD).values(certificate=certificate))
    assert figures(made(reported, "draw_certificate").report)["draw.repeated"]["value"] == 0


def test_the_import_report_accounts_for_every_row(reported):
    found = figures(made(reported, "import_report").report)
    read, accepted, refused = (found[f"population.{name}"]["value"] for name in ("read", "accepted", "refused"))
    assert read == accepted + refused == sum(SIZES.values())
    areas = {one["group"]: one["value"] for name, one in found.items() if name.startswith("population.accepted_in")}
    assert areas == SIZES


def test_before_any_list_and_any_draw_there_is_a_sentence(council):
    for name, figure in (("import_report", "population.no_list"), ("draw_certificate", "draw.no_sample")):
        assert figures(made(council, name, "2026-10").report)[figure]["sentence"].endswith("yet.")
