"""A headless Chromium for the tests of this folder."""
import shutil

from selenium import webdriver
from selenium.webdriver.chrome.service import Service


def browser(folder):
    """Start one with its own empty profile in `folder`; the caller quits it."""
    options = webdriver.ChromeOptions()
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if shutil.which(name):
            options.binary_location = shutil.which(name)
            break
    for flag in ("headless", "no-sandbox", "disable-gpu", "disable-quic", "no-first-run",
                 "disable-background-networking", "disable-component-update", "disable-sync",
                 "window-size=1200,1000", "user-data-dir=" + folder):
        options.add_argument("--" + flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(service=Service(shutil.which("chromedriver")), options=options)


def trimmed(text):
    """Without blanks at the ends of lines, and without empty lines at the end."""
    return "\n".join(line.rstrip() for line in text.replace("\u00a0", " ").rstrip().split("\n"))
