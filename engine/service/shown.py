"""The shapes in which the service shows forms and diagrams, for pages and the API to name."""

from engine.bpmn.forms.summary import ErrorView
from engine.bpmn.forms.view import FormView, QuestionView, SectionView
from engine.bpmn.picture import Box, Line, Picture, Shape

__all__ = ["Box", "ErrorView", "FormView", "Line", "Picture", "QuestionView", "SectionView", "Shape"]
