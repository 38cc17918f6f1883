"""Electronic seals (PAdES) over finished PDFs: the municipality's key, the seal itself, reading it back."""
