from django.contrib import admin

from documents.models import Register


@admin.register(Register)
class RegisterAdmin(admin.ModelAdmin):
    list_display = ["name", "code", "prefix", "is_ours", "system", "is_active"]
    list_filter = ["is_ours", "is_active"]
