"""What is done on every page of a way in the browser."""

from __future__ import annotations

from typing import Any

from .test_pages import AXE, RULES

# A message half faded in has no colour of its own yet.
SETTLED = """() => Promise.all(document.getAnimations()
    .filter(one => one.effect.getComputedTiming().iterations !== Infinity)
    .map(one => one.finished.catch(() => null)))"""


def look(page: Any, width: int) -> None:
    """What every page of the way must be: without violations, no wider than the screen."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": AXE.read_text("utf-8")})
    page.evaluate("scrollTo(0, 0)")
    page.evaluate(SETTLED)
    window = page.viewport_size
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({**window, "height": height})  # a line half under a bar is no small target
    violations = page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)["violations"]
    page.set_viewport_size(window)
    assert not violations, [(one["id"], one["nodes"][0]["html"]) for one in violations]
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def main_submit(page: Any, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).click()
