from django.contrib import admin

from matters.models import Ladder, LadderStep


class LadderStepInline(admin.TabularInline):
    model = LadderStep
    extra = 0


@admin.register(Ladder)
class LadderAdmin(admin.ModelAdmin):
    """Ladders are data: who approves what, in which order, by which channels."""

    list_display = ["name", "kind", "is_active", "is_default"]
    inlines = [LadderStepInline]
