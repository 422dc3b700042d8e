"""What readers do, in a few words."""

from __future__ import annotations

from urllib.parse import quote

from playwright.sync_api import FrameLocator, Locator, Page, expect

QUESTION = "Hoe richt ik een leerwerkplek in?"
NOT_FOUND = "Wat verdient een student bruto per maand?"


def box(page: Page | FrameLocator) -> Locator:
    """Where questions are typed."""
    return page.locator("#vraag")


def ask(page: Page, question: str) -> Locator:
    """Ask by keyboard; the answer comes back once it is whole."""
    before = page.locator("article.answer").count()
    box(page).fill(question)
    box(page).press("Enter")
    answer = page.locator("article.answer").nth(before)
    expect(answer.locator(".account")).to_be_visible()
    expect(answer).not_to_have_attribute("aria-busy", "true")
    return answer


def answered(page: Page, question: str, **fields: str) -> Locator:
    """Open the page with an answer on it, as a link to it does."""
    more = "".join(f"&{name}={quote(value)}" for name, value in fields.items())
    page.goto(f"/?vraag={quote(question)}{more}")
    answer = page.locator("article.answer")
    expect(answer).to_be_visible()
    return answer


def conversation(page: Page) -> None:
    """Ask a question, and one that goes on from it."""
    page.goto("/")
    ask(page, QUESTION)
    ask(page, "En wie begeleidt de student daar?")
