from django.contrib import admin

from core.models import DeadlineRule, HolidayException, Norm


@admin.register(DeadlineRule)
class DeadlineRuleAdmin(admin.ModelAdmin):
    list_display = ["code", "what", "length", "unit", "basis", "is_verified", "valid_from", "valid_to"]
    list_filter = ["is_verified", "unit"]
    search_fields = ["code", "what", "basis"]


@admin.register(Norm)
class NormAdmin(admin.ModelAdmin):
    list_display = ["code", "what", "value", "unit", "is_verified", "valid_from", "valid_to"]
    list_filter = ["is_verified"]
    search_fields = ["code", "what"]


@admin.register(HolidayException)
class HolidayExceptionAdmin(admin.ModelAdmin):
    list_display = ["day", "name", "is_working"]
