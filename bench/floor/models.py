from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models


class Row(models.Model):
    """Something with a number, a title and a day, like a matter."""

    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    due_on = models.DateField(db_index=True)
    search = models.GeneratedField(
        expression=SearchVector("title", config="lithuanian"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        app_label = "floor"
        indexes = [GinIndex(fields=["search"], name="floor_row_search")]

    def __str__(self) -> str:
        return self.number


class Part(models.Model):
    """What belongs to a row, like its programme's items."""

    row = models.ForeignKey(Row, on_delete=models.CASCADE, related_name="parts")
    title = models.CharField(max_length=200)

    class Meta:
        app_label = "floor"

    def __str__(self) -> str:
        return self.title
