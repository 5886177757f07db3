"""The keyboard alone: whatever has the focus is seen to have it, and nothing lies over it."""

import pytest

pytestmark = pytest.mark.slow

MOST_STOPS = 40
FOCUSED = """() => {
    const here = document.activeElement;
    if (!here || here === document.body) return null;
    const box = here.getBoundingClientRect();
    const look = (element) => { const style = getComputedStyle(element); return [style.outlineStyle, style.outlineWidth,
        style.outlineColor, style.boxShadow, style.backgroundColor, style.borderColor, style.color].join("|"); };
    const shown = here.matches("[type=radio], [type=checkbox]") && here.nextElementSibling ? "::before" : null;
    const seen = () => look(here) + (shown ? getComputedStyle(here.nextElementSibling, shown).boxShadow : "");
    const focused = seen();
    const at = document.elementFromPoint(Math.min(Math.max(box.x + box.width / 2, 0), innerWidth - 1),
                                         Math.min(Math.max(box.y + Math.min(box.height, 20) / 2, 0), innerHeight - 1));
    const labels = [...here.labels || []];
    const covered = !(at && (here.contains(at) || at.contains(here) || labels.some(label => label.contains(at))));
    here.blur();
    const plain = seen();
    here.focus({preventScroll: true});
    return {what: here.outerHTML.slice(0, 120), visible: focused !== plain, covered,
            outside: box.bottom < 0 || box.top > innerHeight};
}"""


@pytest.mark.parametrize("address", ["/", "/estimate/", "/care-at-home", "/sign-in/", "/contact"])
def test_the_focus_is_seen_wherever_the_keyboard_takes_it(demonstration, arrives, address):
    person = arrives(demonstration)
    person.open(address)
    wrong, stops = [], 0
    for _ in range(MOST_STOPS):
        person.page.keyboard.press("Tab")
        here = person.page.evaluate(FOCUSED)
        if here is None:
            break
        stops += 1
        if not here["visible"] or here["covered"] or here["outside"]:
            wrong.append(here)
    assert wrong == []
    assert stops >= 5


def test_the_first_stop_leads_past_the_head_of_the_page(demonstration, arrives):
    person = arrives(demonstration)
    person.open("/estimate/")
    person.page.keyboard.press("Tab")
    assert "Skip to main content" in person.page.evaluate("document.activeElement.innerText")
    person.page.keyboard.press("Enter")
    person.page.keyboard.press("Tab")
    assert person.page.evaluate("!!document.activeElement.closest('main')")
