from django.urls import path

from delegations.views import members, programme, serving, visits

app_name = "delegations"
urlpatterns = [
    path("", visits.VisitListView.as_view(), name="list"),
    path("nauja/", visits.VisitNewView.as_view(), name="new"),
    path("<int:pk>/", programme.ProgrammeView.as_view(), name="programme"),
    path("<int:pk>/keisti/", visits.VisitEditView.as_view(), name="edit"),
    path("<int:pk>/pakartoti/", visits.VisitCloneView.as_view(), name="clone"),
    path("<int:pk>/atsaukti/", visits.visit_call_off, name="call_off"),
    path("<int:pk>/kalendorius.ics", serving.visit_ics, name="ics"),
    path("<int:pk>/paslaugos/", serving.ServicesView.as_view(), name="services"),
    path("<int:pk>/sveciai/", members.MembersView.as_view(), name="members"),
    path("<int:pk>/sveciai/naujas/", members.MemberFormView.as_view(), name="member_add"),
    path("<int:pk>/sveciai/<int:member>/", members.MemberFormView.as_view(), name="member"),
    path("<int:pk>/sveciai/<int:member>/salinti/", members.member_remove, name="member_remove"),
    path("<int:pk>/sveciai/<int:member>/eile/", members.member_move, name="member_move"),
    path("<int:pk>/punktai/naujas/", programme.ItemFormView.as_view(), name="item_add"),
    path("<int:pk>/punktai/<int:item>/", programme.ItemFormView.as_view(), name="item"),
    path("<int:pk>/punktai/<int:item>/perkelti/", programme.item_move, name="item_move"),
    path("<int:pk>/punktai/<int:item>/salinti/", programme.item_remove, name="item_remove"),
    path("<int:pk>/punktai/<int:item>/grazinti/", programme.item_restore, name="item_restore"),
    path("<int:pk>/punktai/<int:item>/eiga/", programme.item_progress, name="item_progress"),
    path("<int:pk>/stumti/", programme.ShiftView.as_view(), name="shift"),
    path("<int:pk>/ispejimai/pataisyti/", programme.warning_repair, name="warning_repair"),
    path("<int:pk>/ispejimai/paaiskinti/", programme.warning_explain, name="warning_explain"),
    path("<int:pk>/ispejimai/<int:note>/kelti/", programme.warning_take_up, name="warning_take_up"),
]
