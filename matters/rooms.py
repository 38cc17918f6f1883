"""What the spine itself shows in the house."""


def register() -> None:
    pass
