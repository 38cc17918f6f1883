"""Documents of matters, their versions and registers."""

from django.urls import path

from documents.views import documents, matter

app_name = "documents"
urlpatterns = [
    path("reikalas/<int:pk>/", matter.MatterDocumentsView.as_view(), name="matter"),
    path("reikalas/<int:pk>/ikelti/", matter.file_upload, name="upload"),
    path("reikalas/<int:pk>/pastaba/", matter.note_add, name="note"),
    path("reikalas/<int:pk>/parengti/", matter.paper_make, name="make"),
    path("reikalas/<int:pk>/eiga/", matter.papers_progress, name="progress"),
    path("reikalas/<int:pk>/failai/", matter.files_progress, name="files"),
    path("reikalas/<int:pk>/perziura/<str:kind>/<str:language>/", matter.paper_preview, name="preview"),
    path("<int:pk>/", documents.document_detail, name="detail"),
    path("<int:pk>/pavadinimas/", documents.document_rename, name="rename"),
    path("<int:pk>/anuliuoti/", documents.document_void, name="void"),
    path("<int:pk>/atkurti/", documents.document_restore, name="restore"),
    path("<int:pk>/versija/", documents.document_replace, name="replace"),
    path("<int:pk>/registruoti/", documents.document_register, name="register"),
    path("<int:pk>/numeris/", documents.document_number, name="number"),
    path("numeriai/<int:pk>/anuliuoti/", documents.number_void, name="number_void"),
    path("versijos/<int:pk>/", documents.version_download, name="download"),
    path("versijos/<int:pk>/docx/", documents.version_docx, name="docx"),
    path("registrai/", documents.RegistersView.as_view(), name="registers"),
]
