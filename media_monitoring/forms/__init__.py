"""Forms of the press desk, a module for each noun."""

from media_monitoring.forms.analyses import AnalysisForm, AnalysisOpenForm
from media_monitoring.forms.articles import EntryForm
from media_monitoring.forms.digests import DigestItemForm, DigestNoteForm, DigestReaderForm
from media_monitoring.forms.forwards import ForwardAnswerForm, ForwardForm
from media_monitoring.forms.sources import SourceForm
from media_monitoring.forms.topics import QuietHoursForm, TopicForm

__all__ = [
    "AnalysisForm",
    "AnalysisOpenForm",
    "DigestItemForm",
    "DigestNoteForm",
    "DigestReaderForm",
    "EntryForm",
    "ForwardAnswerForm",
    "ForwardForm",
    "QuietHoursForm",
    "SourceForm",
    "TopicForm",
]
