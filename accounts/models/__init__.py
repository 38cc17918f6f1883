from accounts.models.deputies import Deputyship, DeputyshipQuerySet
from accounts.models.people import User, UserQuerySet
from accounts.models.units import Unit

__all__ = ["Deputyship", "DeputyshipQuerySet", "Unit", "User", "UserQuerySet"]
