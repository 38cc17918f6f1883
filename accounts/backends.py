"""Who may what: by role alone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import Deputyship, User


class RoleBackend(ModelBackend):
    """Permissions come with roles and are never given to one person, so nobody is asked for her own."""

    def _get_user_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        return Permission.objects.none()

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session, who knows with the same question whether she stands in for anybody today."""
        deputyships = Deputyship.objects.on(timezone.localdate()).filter(deputy=OuterRef("pk"))
        user = User.objects.annotate(is_deputy=Exists(deputyships)).filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
