"""Celery's entries of the spine."""
