"""A page that backstep wrote, in a real browser: page.py PAGE FRAMES MOVING

PAGE plays a scene, FRAMES is what its screens are as text (backstep render --at all),
one below the other with an empty line between; MOVING is a page of a scene whose
pictures move between its rests. Ends with an exception where something is not so.
"""
import pathlib
import sys
import tempfile

from browser import browser, trimmed
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select, WebDriverWait


class Page:
    def __init__(self, driver, path):
        self.driver = driver
        driver.get(pathlib.Path(path).resolve().as_uri())

    def at(self, name):
        return self.driver.find_element(By.ID, name)

    def screen(self):
        return trimmed(self.at("screen").get_property("textContent"))

    def click(self, name):
        self.at(name).click()

    def wait(self, condition, what):
        WebDriverWait(self.driver, 60, 0.05).until(lambda _: condition(), "waited for " + what)


def same(what, got, wanted):
    if got != wanted:
        raise AssertionError(f"{what}:\n{got}\n-- instead of --\n{wanted}")


def step_through(page, frames):
    same("at first", page.screen(), frames[0])
    for n, frame in enumerate(frames[1:], 1):
        page.click("step")
        same(f"after step {n}", page.screen(), frame)
    assert not page.at("step").is_enabled() and not page.at("end").is_enabled()
    for n, frame in reversed(list(enumerate(frames[:-1]))):
        page.click("back")
        same(f"back at {n}", page.screen(), frame)
    assert not page.at("back").is_enabled()
    page.click("end")
    same("at the end", page.screen(), frames[-1])
    page.click("start")
    same("at the start", page.screen(), frames[0])


def use_keys(page, frames):
    body = page.driver.find_element(By.TAG_NAME, "body")
    body.send_keys(Keys.ARROW_RIGHT)
    same("after Right", page.screen(), frames[1])
    body.send_keys("n", "p")
    same("after n, p", page.screen(), frames[1])
    body.send_keys("G")
    same("after G", page.screen(), frames[-1])
    body.send_keys("[")
    assert page.screen() != frames[-1]
    body.send_keys("g")
    same("after g", page.screen(), frames[0])


def use_keys_as_told(page):
    """Every key that the page names does something, from a place between two marks."""
    names = {"Space": " ", "←": Keys.ARROW_LEFT, "→": Keys.ARROW_RIGHT, "Home": Keys.HOME,
             "End": Keys.END}
    body = page.driver.find_element(By.TAG_NAME, "body")
    told = [key.text for key in page.at("keys").find_elements(By.TAG_NAME, "kbd")]
    assert len(told) >= 7, told
    for name in told:
        page.click("start")
        page.click("step")
        place, word = page.at("time").get_property("value"), page.at("play").text
        body.send_keys(names.get(name, name))
        assert (page.at("time").get_property("value"), page.at("play").text) != (place, word), name
    page.click("start")


def use_marks(page, frames):
    buttons = page.at("marks").find_elements(By.TAG_NAME, "button")
    assert len(buttons) >= 2, "no marks"
    buttons[1].click()
    here = frames.index(page.screen())
    assert 0 < here < len(frames)
    same("the mark", buttons[1].get_attribute("aria-current"), "true")
    same("the other mark", buttons[0].get_attribute("aria-current"), None)
    page.click("start")


def play(page, frames):
    Select(page.at("speed")).select_by_value("4")
    page.click("play")
    same("the button", page.at("play").text, "pause")
    page.wait(lambda: page.screen() == frames[1], "the second frame")
    page.click("play")
    same("the button", page.at("play").text, "play")
    time = page.at("time").get_property("value")
    assert 0 < float(time)
    page.driver.execute_async_script("setTimeout(arguments[0], 300)")
    same("the time of a film that pauses", page.at("time").get_property("value"), time)
    end = page.at("time").get_property("max")
    page.driver.execute_script(
        "const t = document.getElementById('time'); t.value = t.max - 400; t.oninput()")
    same("after the slider", page.screen(), frames[-1])
    page.click("play")
    page.wait(lambda: page.at("play").text == "play", "the end of the film")
    same("the time at the end", page.at("time").get_property("value"), end)
    page.click("start")


def hear(page):
    live = page.at("say")
    same("the live region", live.get_attribute("aria-live"), "polite")
    first = live.get_property("textContent")
    assert len(first) > 20
    page.click("step")
    assert live.get_property("textContent") != first
    assert "of" in page.at("time").get_attribute("aria-valuetext")
    page.driver.execute_script("document.getElementById('words').open = true")
    for button in page.driver.find_elements(By.TAG_NAME, "button"):
        assert button.accessible_name, "a button without a name"
    assert page.at("time").accessible_name and page.at("speed").accessible_name
    page.click("start")


def change_look(page):
    root = page.driver.find_element(By.TAG_NAME, "html")
    select = Select(page.at("theme"))
    themes = [option.text for option in select.options]
    assert {"dark", "light"} <= set(themes), themes
    papers = {}
    for theme in themes:
        select.select_by_visible_text(theme)
        same("the look", root.get_attribute("data-theme"), theme)
        papers[theme] = page.at("screen").value_of_css_property("background-color")
    assert papers["dark"] != papers["light"], papers


def on_a_phone(page):
    """The whole screen fits in a narrow window, and its words can be read below it."""
    page.click("start")
    for width, seen in ((390, True), (1200, False)):
        page.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": 844, "deviceScaleFactor": 1, "mobile": width < 1000})
        for element in ("document.documentElement", "document.getElementById('screen')"):
            wide, room = page.driver.execute_script(
                f"return [{element}.scrollWidth, {element}.clientWidth]")
            assert wide <= room, (width, element, wide, room)
        say = page.at("say")
        same("the words' size", say.size["width"] > 100 and say.size["height"] > 20, seen)
    page.driver.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})


def quiet(driver):
    log = [entry for entry in driver.get_log("browser")]
    same("the console", log, [])
    loaded = driver.execute_script(
        "return performance.getEntriesByType('resource').map((entry) => entry.name)")
    same("what the page fetched", loaded, [])


def without_motion(page):
    """Only frames at which the scene rests are shown to who asked for less motion."""
    rests = page.driver.execute_script(
        "return JSON.parse(document.getElementById('film').textContent).frames.map((f) => f[1])")
    assert 0 in rests and rests.count(1) >= 2, rests
    moving = set()
    for calm in ("reduce", "no-preference"):
        page.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-reduced-motion", "value": calm}]})
        seen = page.driver.execute_script("""
            const time = document.getElementById("time"), seen = [];
            for (let ms = 0; ms <= Number(time.max); ms += 50) {
              time.value = ms;
              time.oninput();
              const now = document.getElementById("screen").textContent;
              if (seen[seen.length - 1] !== now) { seen.push(now); }
            }
            return seen.length""")
        moving.add((calm, seen))
    shown = dict(moving)
    same("frames with motion", shown["no-preference"], len(rests))
    assert shown["reduce"] < len(rests), shown


def without_scripts(driver, path, frames):
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    page = Page(driver, path)
    same("without scripts", trimmed(page.at("screen").get_attribute("textContent")), frames[0])
    assert not page.at("player").is_displayed()
    words = driver.find_elements(By.CSS_SELECTOR, "#words li")
    assert len(words) >= len(frames) - 1, len(words)
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def main(path, frames_path, moving_path):
    text = pathlib.Path(frames_path).read_text(encoding="utf-8")
    rows = int(sys.argv[4])
    lines = text.split("\n")
    frames = [trimmed("\n".join(lines[at:at + rows])) for at in range(0, len(lines) - 1, rows + 1)]
    with tempfile.TemporaryDirectory() as folder:
        driver = browser(folder)
        try:
            page = Page(driver, path)
            step_through(page, frames)
            use_keys(page, frames)
            use_keys_as_told(page)
            use_marks(page, frames)
            play(page, frames)
            hear(page)
            change_look(page)
            on_a_phone(page)
            quiet(driver)
            without_motion(Page(driver, moving_path))
            quiet(driver)
            without_scripts(driver, path, frames)
        finally:
            driver.quit()


main(*sys.argv[1:4])
