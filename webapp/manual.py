"""The manual beside the policy that carries it, for everybody who is signed in (front matter of the manual, R-04)."""

from flask import Blueprint, render_template

from engine.service.policy import deployments, traceability
from webapp.auth import SIGNED_IN, guard
from webapp.reach import engine

pages = Blueprint("manual", __name__)


@pages.get("/manual")
@guard(SIGNED_IN)
def show() -> str:
    """Show the manual in force, paragraph by paragraph, with what carries each of its sentences."""
    snapshot = deployments.files(engine())
    traced = traceability.trace(snapshot)
    return render_template(
        "manual.html",
        number=deployments.number_in_force(engine()),
        paragraphs=traceability.annotated(snapshot, traced),
        implied=traceability.implied(traced),
        references=traceability.references(snapshot),
        asked=len(traced),
        carried=sum(one.is_carried and one.is_proved for one in traced),
    )
