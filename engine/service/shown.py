"""The shapes in which the service shows a form, for pages and the API to name."""

from engine.bpmn.form_summary import ErrorView
from engine.bpmn.form_view import FormView, QuestionView, SectionView

__all__ = ["ErrorView", "FormView", "QuestionView", "SectionView"]
