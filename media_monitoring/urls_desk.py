"""Addresses of claims, facts, enquiries and journalists, beneath those of the room."""

from django.urls import path

from media_monitoring.views import claims, codings, enquiries, facts, journalists

urlpatterns = [
    path("teiginiai/", claims.ClaimListView.as_view(), name="claims"),
    path("<int:pk>/teiginys/", claims.ClaimNoteView.as_view(), name="claim_note"),
    path("teiginiai/<int:pk>/", claims.ClaimView.as_view(), name="claim"),
    path("teiginiai/<int:pk>/keisti/", claims.ClaimEditView.as_view(), name="claim_edit"),
    path("teiginiai/<int:pk>/atsakymas/", claims.ClaimAnswerView.as_view(), name="claim_answer"),
    path("teiginiai/<int:pk>/siusti/", claims.ClaimSendView.as_view(), name="claim_send"),
    path("teiginiai/<int:pk>/vadovams/", claims.LeadersView.as_view(), name="claim_leaders"),
    path("teiginiai/<int:pk>/straipsniai/<int:said>/", claims.OutcomeView.as_view(), name="claim_outcome"),
    path("teiginiai/<int:pk>/straipsniai/<int:said>/isimti/", claims.claim_drop_article, name="claim_drop"),
    path("teiginiai/<int:pk>/prideti/<int:article>/", claims.claim_add_article, name="claim_add"),
    path("faktai/prasyti/<int:pk>/", facts.AskFactsView.as_view(), name="facts_ask"),
    path("faktai/uzklausos/<int:pk>/", facts.RecordFactsView.as_view(), name="facts_record"),
    path("faktai/uzklausos/<int:pk>/priminti/", facts.facts_remind, name="facts_remind"),
    path("faktai/uzklausos/<int:pk>/atsiimti/", facts.facts_withdraw, name="facts_withdraw"),
    path("faktai/uzklausos/<int:pk>/i-banka/", facts.facts_keep, name="facts_keep"),
    path("faktai/", facts.FactListView.as_view(), name="facts"),
    path("faktai/naujas/", facts.FactFormView.as_view(), name="fact_add"),
    path("faktai/<int:pk>/", facts.FactFormView.as_view(), name="fact_change"),
    path("faktai/<int:pk>/tvirtinti/", facts.fact_approve, name="fact_approve"),
    path("uzklausos/", enquiries.EnquiryListView.as_view(), name="enquiries"),
    path("uzklausos/nauja/", enquiries.EnquiryNewView.as_view(), name="enquiry_new"),
    path("uzklausos/<int:pk>/", enquiries.EnquiryView.as_view(), name="enquiry"),
    path("uzklausos/<int:pk>/keisti/", enquiries.EnquiryEditView.as_view(), name="enquiry_edit"),
    path("zurnalistai/", journalists.JournalistListView.as_view(), name="journalists"),
    path("zurnalistai/naujas/", journalists.JournalistFormView.as_view(), name="journalist_add"),
    path("zurnalistai/<int:pk>/", journalists.JournalistView.as_view(), name="journalist"),
    path("zurnalistai/<int:pk>/keisti/", journalists.JournalistFormView.as_view(), name="journalist_change"),
    path("zurnalistai/<int:pk>/kontaktai/", journalists.contacts_confirm, name="contacts_confirm"),
    path("akreditacijos/<int:pk>/sprendimas/", journalists.accreditation_decide, name="accreditation_decide"),
    path("<int:pk>/kodavimas/", codings.CodingView.as_view(), name="coding"),
    path("kodavimas/", codings.CodersView.as_view(), name="coders"),
]
