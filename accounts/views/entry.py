"""Logging in and out, passwords."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from accounts import services
from accounts.forms import ChangePasswordForm, LogInForm, NewPasswordForm, ResetPasswordForm
from accounts.middleware import ACTING_FOR
from core import audit
from core.views import StaffView, public_view, staff_action

DEMO_PEOPLE = (
    ("specialiste", "specialistė"),
    ("vedeja", "skyriaus vedėja"),
    ("pavaduotoja", "vedėjos pavaduotoja"),
    ("archyvare", "archyvarė"),
    ("meras", "meras"),
    ("buhaltere", "buhalterė"),
    ("adminas", "administratorius"),
)


@public_view
class LogInView(auth_views.LoginView):
    """Log-in; while the demonstration is on the page names its people."""

    template_name = "accounts/login.html"
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if settings.DEMO:
            kwargs.update(demo_people=DEMO_PEOPLE, demo_mail=getattr(settings, "EMAIL_FILE_PATH", ""))
        return super().get_context_data(**kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        person = form.get_user()
        self.request.session["language"] = person.language
        audit.record("person.logged_in", person, by=person.actor)
        return response


class LogOutView(auth_views.LogoutView):
    """POST only; the page after it is the log-in."""

    next_page = "accounts:login"
    permission_required = ""


class PasswordChangeView(StaffView, auth_views.PasswordChangeView):
    template_name = "accounts/form.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("accounts:profile")
    permission_required = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        crumbs = {"crumb": _("Profile"), "crumb_url": reverse("accounts:profile")}
        return super().get_context_data(**{**kwargs, **crumbs, "heading": _("Change the password")})

    def form_valid(self, form: Any) -> HttpResponse:
        services.password_was_set(self.staff, by_letter=False)
        messages.success(self.request, _("The password is changed."))
        return super().form_valid(form)


@public_view
class PasswordResetView(auth_views.PasswordResetView):
    """A letter with a link; whether the address is known is not told."""

    template_name = "accounts/password_reset.html"
    form_class = ResetPasswordForm
    success_url = reverse_lazy("accounts:password_reset_sent")

    def form_valid(self, form: Any) -> HttpResponse:
        for person in form.get_users(form.cleaned_data["email"]):
            services.send_password_letter(person)
        return HttpResponseRedirect(str(self.success_url))


@public_view
class PasswordResetSentView(TemplateView):
    template_name = "accounts/password_reset_sent.html"


@public_view
class PasswordResetConfirmView(auth_views.PasswordResetConfirmView):
    """Behind the letter's link: the token moves into the session, so that no page shows it."""

    template_name = "accounts/password_reset_confirm.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("accounts:login")

    def dispatch(self, *args: Any, **kwargs: Any) -> HttpResponse:
        uid, _dot, token = kwargs.pop("secret").partition(".")
        return super().dispatch(*args, uidb64=uid, token=token)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        services.password_was_set(form.user, by_letter=True)
        messages.success(self.request, _("The password is set. Log in with it."))
        return response


@staff_action("")
def act_for(request: HttpRequest) -> HttpResponse:
    """Begin or stop acting for somebody one stands in for today."""
    wanted = request.POST.get("user", "")
    request.session.pop(ACTING_FOR, None)
    for principal in request.user.acting_for_choices:
        if str(principal.pk) == wanted:
            request.session[ACTING_FOR] = principal.pk
    return redirect("matters:my_day")
