"""What stands behind `script/server`, `script/test`, `script/manage` and `script/bench`.

It runs on the system's Python before anything is installed, so it uses the standard library only.
Decisions and their reasons: docs/adr/0001-own-runner.md.
"""
