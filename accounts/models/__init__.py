from accounts.models.people import User, UserQuerySet
from accounts.models.units import Unit

__all__ = ["Unit", "User", "UserQuerySet"]
