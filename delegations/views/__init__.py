"""Pages of visits; one file per noun."""
