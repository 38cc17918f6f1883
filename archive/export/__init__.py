"""A case file as one PDF/A-3: what is printed of each item, how it is joined, how it is verified later."""
