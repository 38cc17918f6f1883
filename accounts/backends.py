"""Who may what: by role alone."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission
from django.contrib.postgres.expressions import ArraySubquery
from django.core.cache import caches
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from accounts.models import Deputyship, User


class RoleBackend(ModelBackend):
    """Permissions come with roles and are never given to one person, so nobody is asked for her own."""

    def _get_user_permissions(self, user_obj: Any) -> QuerySet[Permission]:
        return Permission.objects.none()

    def get_group_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """What the person's roles allow, kept in the process for some seconds: every page asks, and roles hardly change.

        Which roles a person has is asked anew each time; one taken away ends at once.
        """
        if not user_obj.is_active or user_obj.is_anonymous or obj is not None:
            return set()
        if user_obj.is_superuser:
            return super().get_group_permissions(user_obj)
        key = "roles:" + ",".join(sorted(user_obj.roles))
        allowed = caches["process"].get(key)
        if allowed is None:
            allowed = super().get_group_permissions(user_obj)
            caches["process"].set(key, allowed)
        return set(allowed)

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session with her roles, who knows with the same question whether she stands in for anybody."""
        deputyships = Deputyship.objects.on(timezone.localdate()).filter(deputy=OuterRef("pk"))
        roles = Group.objects.filter(user=OuterRef("pk")).order_by().values("name")
        people = User.objects.annotate(is_deputy=Exists(deputyships), role_names=ArraySubquery(roles))
        user = people.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        user.roles = frozenset(user.role_names)
        return user
