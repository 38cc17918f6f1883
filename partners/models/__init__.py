"""Who the city is friends with: cities and their history, institutions, people and their posts by date."""

from partners.models.cities import City, CityEvent, CityQuerySet, Institution
from partners.models.people import Person, PersonPost, PersonQuerySet

__all__ = ["City", "CityEvent", "CityQuerySet", "Institution", "Person", "PersonPost", "PersonQuerySet"]
