"""Entry, profile, deputies, people and units."""

from django.urls import path

from accounts.views import entry, people, profile, protection

app_name = "accounts"
urlpatterns = [
    path("prisijungti/", entry.LogInView.as_view(), name="login"),
    path("atsijungti/", entry.LogOutView.as_view(), name="logout"),
    path("slaptazodis/", entry.PasswordChangeView.as_view(), name="password_change"),
    path("slaptazodis/priminti/", entry.PasswordResetView.as_view(), name="password_reset"),
    path("slaptazodis/issiusta/", entry.PasswordResetSentView.as_view(), name="password_reset_sent"),
    path("atstatyti/<str:secret>/", entry.PasswordResetConfirmView.as_view(), name="password_reset_confirm"),
    path("uz/", entry.act_for, name="act_for"),
    path("profilis/", profile.ProfileView.as_view(), name="profile"),
    path("pavaduotojai/", profile.DeputiesView.as_view(), name="deputies"),
    path("pavaduotojai/<int:pk>/baigti/", profile.deputy_end, name="deputy_end"),
    path("zmones/", people.PeopleView.as_view(), name="people"),
    path("zmones/naujas/", people.PersonEditView.as_view(), name="person_add"),
    path("zmones/<int:pk>/", people.PersonView.as_view(), name="person"),
    path("zmones/<int:pk>/keisti/", people.PersonEditView.as_view(), name="person_edit"),
    path("zmones/<int:pk>/perduoti/", people.HandOverView.as_view(), name="hand_over"),
    path("zmones/<int:pk>/uzdaryti/", people.person_close, name="person_close"),
    path("zmones/<int:pk>/atverti/", people.person_reopen, name="person_reopen"),
    path("duomenys/", protection.ProtectionView.as_view(), name="protection"),
    path("duomenys/asmenys/", protection.HeldListView.as_view(), name="held_list"),
    path("duomenys/prieiga/", protection.AccessLogView.as_view(), name="access_log"),
    path("duomenys/<str:code>/<int:pk>/", protection.HeldView.as_view(), name="held"),
    path("duomenys/<str:code>/<int:pk>/israsas/", protection.HeldExportView.as_view(), name="held_export"),
    path("duomenys/<str:code>/<int:pk>/istrinti/", protection.HeldEraseView.as_view(), name="held_erase"),
    path("padaliniai/", people.UnitsView.as_view(), name="units"),
]
