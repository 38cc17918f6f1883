from django.contrib import admin

from archive.models import RetentionIndex, RetentionPoint


@admin.register(RetentionIndex)
class RetentionIndexAdmin(admin.ModelAdmin):
    """A new version of the index begins here; its points are written beside it."""

    list_display = ["name", "act", "valid_from", "valid_to", "is_verified"]


@admin.register(RetentionPoint)
class RetentionPointAdmin(admin.ModelAdmin):
    list_display = ["name_lt", "number", "rule", "years", "index", "is_verified"]
    list_filter = ["index", "rule", "is_verified"]
    search_fields = ["name_lt", "number", "code"]
