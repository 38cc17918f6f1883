"""The spine's own pages: my day, calendar, approvals, one matter's tasks and history, notices."""

from django.urls import path

from matters.views import approvals, calendar, frame, matters, my_day, notices, search, tasks

app_name = "matters"
urlpatterns = [
    path("", my_day.MyDayView.as_view(), name="my_day"),
    path("paieska/", search.SearchView.as_view(), name="search"),
    path("derinimas/", approvals.ApprovalQueueView.as_view(), name="approvals"),
    path("derinimas/<int:pk>/", approvals.decision, name="decision"),
    path("derinimas/<int:pk>/patvirtinti/", approvals.decision_approve, name="decision_approve"),
    path("derinimas/<int:pk>/grazinti/", approvals.decision_return, name="decision_return"),
    path("derinimas/<int:pk>/pastaba/", approvals.decision_comment, name="decision_comment"),
    path("derinimas/<int:pk>/irasyti/", approvals.RecordDecisionView.as_view(), name="record_decision"),
    path("versijos/<int:pk>/pdf/", approvals.version_pdf, name="version_pdf"),
    path("pakeitimai/<int:pk>/matyta/", approvals.amendment_seen, name="amendment_seen"),
    path("pastabos/<int:pk>/ispresta/", approvals.comment_resolve, name="comment_resolve"),
    path("nuorodos/<int:pk>/atsaukti/", approvals.link_revoke, name="link_revoke"),
    path("reikalai/<int:pk>/", frame.matter_go, name="go"),
    path("reikalai/<int:pk>/pateikti/", approvals.SubmitView.as_view(), name="submit"),
    path("reikalai/<int:pk>/atsiimti/", approvals.round_withdraw, name="withdraw"),
    path("reikalai/<int:pk>/eiga/", approvals.round_progress, name="round_progress"),
    path("reikalai/<int:pk>/kartoti/", approvals.round_retry, name="round_retry"),
    path("reikalai/<int:pk>/pakeitimas/", approvals.matter_amend, name="amend"),
    path("reikalai/<int:pk>/nuoroda/", approvals.ReadingLinkView.as_view(), name="reading_link"),
    path("reikalai/<int:pk>/pavedimai/", tasks.TasksView.as_view(), name="tasks"),
    path("reikalai/<int:pk>/istorija/", matters.HistoryView.as_view(), name="history"),
    path("reikalai/<int:pk>/rysys/", matters.LinkMatterView.as_view(), name="link_matter"),
    path("reikalai/<int:pk>/prieiga/", matters.AccessView.as_view(), name="access"),
    path("reikalai/<int:pk>/anuliuoti/", matters.VoidView.as_view(), name="void"),
    path("reikalai/<int:pk>/atkurti/", matters.matter_restore, name="restore"),
    path("reikalai/<int:pk>/uzdaryti/", matters.matter_close, name="close"),
    path("reikalai/<int:pk>/atverti/", matters.matter_reopen, name="reopen"),
    path("rysiai/<int:pk>/salinti/", matters.matter_unlink, name="unlink"),
    path("pavedimai/<int:pk>/", tasks.TaskEditView.as_view(), name="task"),
    path("pavedimai/<int:pk>/atlikta/", tasks.task_finish, name="task_finish"),
    path("pavedimai/<int:pk>/atverti/", tasks.task_reopen, name="task_reopen"),
    path("pavedimai/<int:pk>/atsisakyti/", tasks.task_drop, name="task_drop"),
    path("kalendorius/", calendar.CalendarView.as_view(), name="calendar"),
    path("kalendorius/adresas/", calendar.CalendarFeedView.as_view(), name="calendar_feed"),
    path("kalendorius/adresas/naujas/", calendar.calendar_feed_issue, name="calendar_feed_issue"),
    path("kalendorius/adresas/atsaukti/", calendar.calendar_feed_revoke, name="calendar_feed_revoke"),
    path("kalendorius/adresas/turinys/", calendar.calendar_feed_scope, name="calendar_feed_scope"),
    path("pranesimai/", notices.NoticeListView.as_view(), name="notices"),
    path("pranesimai/<int:pk>/", notices.notice_open, name="notice_open"),
    path("pranesimai/perskaityti/", notices.notices_read, name="notices_read"),
]
