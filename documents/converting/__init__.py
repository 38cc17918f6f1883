"""Foreign files turned into archival pages: every one in a process of its own, bounded and without network."""
