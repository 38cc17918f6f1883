"""What runs inside the bounded process: no Django, no database, no secrets; codes go out, never words."""
