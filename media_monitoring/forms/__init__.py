"""Forms of the press desk, a module for each noun."""

from media_monitoring.forms.articles import EntryForm
from media_monitoring.forms.sources import SourceForm

__all__ = ["EntryForm", "SourceForm"]
