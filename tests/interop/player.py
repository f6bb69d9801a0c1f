"""A recording in asciinema's web player: player.py BUNDLE CAST LAST

BUNDLE is the folder of the player's scripts, CAST the recording, LAST the screen at its
end as text. The page that holds them is written for the test; nothing is fetched.
"""
import json
import pathlib
import re
import sys
import tempfile

from browser import browser, trimmed
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import WebDriverWait


def page_of(bundle, cast):
    data = json.dumps(cast).replace("<", "\\u003c")
    return f"""<!DOCTYPE html><meta charset="utf-8">
<style>{(bundle / "asciinema-player.css").read_text(encoding="utf-8")}</style>
<div id="player"></div>
<script>{(bundle / "asciinema-player.min.js").read_text(encoding="utf-8")}</script>
<script>
const marks = [];
const player = AsciinemaPlayer.create({{data: {data}}}, document.getElementById("player"),
  {{preload: true, fit: false, speed: 1000}});
player.addEventListener("marker", (mark) => marks.push(mark.label));
player.addEventListener("ended", () => {{ document.title = "ended"; }});
player.play();
</script>"""


def plain(text):
    """Without the block characters, which the player paints."""
    return trimmed(re.sub("[\u2580-\u25a0]", " ", text))


def screen(driver):
    rows = driver.find_elements(By.CSS_SELECTOR, ".ap-term .ap-line")
    return plain("\n".join(row.get_property("textContent") for row in rows))


def main(bundle, cast_path, last_path):
    cast = pathlib.Path(cast_path).read_text(encoding="utf-8")
    last = plain(pathlib.Path(last_path).read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "page.html"
        page.write_text(page_of(pathlib.Path(bundle), cast), encoding="utf-8")
        driver = browser(folder + "/profile")
        try:
            driver.get(page.as_uri())
            WebDriverWait(driver, 60, 0.1).until(lambda _: driver.title == "ended", "the end")
            shown = screen(driver)
            assert shown == last, f"{shown}\n-- instead of --\n{last}"
            marks = driver.execute_script("return marks")
            assert marks == ["backward", "train", "play"], marks  # one at 0 is no event
        finally:
            driver.quit()


main(*sys.argv[1:])
