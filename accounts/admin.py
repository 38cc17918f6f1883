from django.contrib import admin

from accounts.models import Deputyship, Unit


@admin.register(Unit)
class UnitAdmin(admin.ModelAdmin):
    list_display = ["name_lt", "code", "kind", "parent", "is_verified"]
    search_fields = ["name_lt", "name_en", "code"]


@admin.register(Deputyship)
class DeputyshipAdmin(admin.ModelAdmin):
    list_display = ["principal", "deputy", "starts_on", "ends_on"]

    def has_add_permission(self, request: object) -> bool:
        return False  # named on the deputies' page, where the rules are said
