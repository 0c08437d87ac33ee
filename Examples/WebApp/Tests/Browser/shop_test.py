#!/usr/bin/env python3
"""Looks at the ticket shop with a real browser: headless Chromium, driven by Selenium.

    shop_test.py PROGRAM [FOLDER]

PROGRAM is the built `webapp`. Pictures of each page, light and dark, narrow and wide, go into FOLDER if one is given.
`make test-browser` installs what it needs and runs it.
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import urllib.request

from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.wait import WebDriverWait

SECONDS = 30
PROGRAM = pathlib.Path()
PICTURES = None


class Shop:
    """A shop of its own, on a file in a folder of its own; orders wait until a worker is started."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="ticket-shop-")
        self.processes = []
        self.run("migrate").wait(SECONDS)
        server = self.run("serve", "--no-worker", "--port", "0")
        for line in server.stdout:
            if found := re.search(r"url=(http://\S+)", line):
                self.url = found[1]
                break
        else:
            raise RuntimeError("the shop did not open")

    def run(self, *arguments: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [PROGRAM, *arguments], cwd=self.folder.name, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self.processes.append(process)
        return process

    def close(self) -> None:
        for process in self.processes:
            process.terminate()
            process.communicate(timeout=SECONDS)
        self.folder.cleanup()


def open_browser(runs_scripts: bool = True) -> webdriver.Chrome:
    options = webdriver.ChromeOptions()
    options.binary_location = shutil.which("chromium")
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--window-size=1100,900"):
        options.add_argument(argument)
    if not runs_scripts:
        options.add_experimental_option("prefs", {"profile.managed_default_content_settings.javascript": 2})
    return webdriver.Chrome(options=options, service=Service(shutil.which("chromedriver")))


class ShopTest(unittest.TestCase):
    def setUp(self) -> None:
        self.shop = Shop()
        self.addCleanup(self.shop.close)

    def open(self, runs_scripts: bool = True) -> None:
        self.browser = open_browser(runs_scripts)
        self.addCleanup(self.browser.quit)
        self.browser.get(self.shop.url)

    def order(self, number: str, holder: str = "Ada Lovelace", count: str = "3") -> None:
        for name, text in (("number", number), ("holder", holder), ("count", count)):
            field = self.browser.find_element(By.NAME, name)
            field.clear()
            field.send_keys(text)
        self.browser.find_element(By.CSS_SELECTOR, "button").click()

    def part(self, name: str):
        return self.browser.find_element(By.CSS_SELECTOR, f'[data-part="{name}"]')

    def stage(self) -> str:
        return self.browser.find_element(By.CSS_SELECTOR, "[data-stage]").get_attribute("data-stage")

    def wait_for(self, what: str, condition) -> None:
        WebDriverWait(self.browser, SECONDS, poll_frequency=0.05).until(lambda _: condition(), f"waited for {what}")

    def wait_for_stage(self, stage: str) -> None:
        self.wait_for(stage, lambda: self.stage() == stage)

    def picture(self, name: str) -> None:
        if PICTURES is None:
            return
        for scheme in ("light", "dark"):
            media = {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
            self.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
            for width in (360, 1100):
                metrics = {"width": width, "height": 760, "deviceScaleFactor": 1, "mobile": False}
                self.browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", metrics)
                self.assertLessEqual(self.browser.execute_script("return document.documentElement.scrollWidth"), width)
                self.browser.save_screenshot(str(PICTURES / f"{name}-{scheme}-{width}.png"))

    def test_an_order_waits_runs_with_a_bar_and_ends_with_its_pdf(self) -> None:
        self.open()
        self.picture("form")
        self.order("1001", count="4")
        self.wait_for_stage("waiting")
        self.assertFalse(self.part("bar").is_displayed())
        self.assertFalse(self.part("download").is_displayed())
        self.picture("waiting")
        page = self.browser.current_url
        self.browser.execute_script("window.unchanged = true")

        self.shop.run("worker")
        self.wait_for("a bar", lambda: self.part("bar").is_displayed() and self.fraction() >= 0.5)
        self.assertEqual(self.stage(), "running")
        self.assertRegex(self.part("detail").text, r"Ticket [23] of 4 is drawn\.")
        self.picture("running")

        self.wait_for_stage("done")
        self.assertEqual(self.part("title").text, "Your tickets are ready")
        self.assertFalse(self.part("bar").is_displayed())
        self.picture("done")
        # The script changed the page; it was not loaded anew.
        self.assertTrue(self.browser.execute_script("return window.unchanged === true"))
        self.assertEqual(self.browser.current_url, page)
        link = self.part("download").find_element(By.CSS_SELECTOR, "a")
        self.assertTrue(link.is_displayed())
        with urllib.request.urlopen(link.get_attribute("href")) as answer:
            self.assertTrue(answer.read().startswith(b"%PDF-"))

    def fraction(self) -> float:
        return float(self.part("bar").get_property("value"))

    def test_an_order_that_does_not_exist_fails_with_the_reason(self) -> None:
        self.shop.run("worker")
        self.open()
        self.order("4040")
        self.wait_for_stage("failed")
        self.assertIn("There is no order 4040.", self.part("detail").text)
        self.assertFalse(self.part("download").is_displayed())
        self.picture("failed")

    def test_a_failed_attempt_is_told_of_and_the_next_one_succeeds(self) -> None:
        self.shop.run("worker")
        self.open()
        self.order("1003")
        self.wait_for_stage("retrying")
        self.assertEqual(self.part("title").text, "Waiting for attempt 2")
        self.assertIn("seating plan", self.part("detail").text)
        self.picture("retrying")
        self.wait_for_stage("done")

    def test_nothing_that_was_typed_is_run(self) -> None:
        self.shop.run("worker")
        self.open()
        typed = '"><img src=x onerror="window.hacked=1">'
        # The browser's own checks are out of the way, as they are for whoever sends the form without one.
        self.order(typed, typed, typed)
        self.wait_for("faults", lambda: len(self.browser.find_elements(By.CSS_SELECTOR, ".fault")) == 2)
        self.picture("faults")
        self.assert_not_run()
        self.order("1001", typed, "1")
        self.wait_for_stage("done")
        self.assertIn(typed, self.part("detail").text)
        self.assert_not_run()
        self.browser.refresh()
        self.assertIn(typed, self.part("detail").text)
        self.assert_not_run()

    def assert_not_run(self) -> None:
        self.assertEqual(self.browser.find_elements(By.CSS_SELECTOR, "img, main script, [onerror]"), [])
        self.assertFalse(self.browser.execute_script("return 'hacked' in window"))

    def test_without_javascript_the_page_comes_anew_by_itself(self) -> None:
        self.open(runs_scripts=False)
        self.order("1002", count="2")
        self.wait_for_stage("waiting")
        self.shop.run("worker")
        self.wait_for("done", lambda: "Your tickets are ready" in self.browser.page_source)
        self.assertTrue(self.part("download").is_displayed())

    def test_everybody_can_use_it(self) -> None:
        self.open()
        for field in self.browser.find_elements(By.CSS_SELECTOR, "input"):
            label = self.browser.find_element(By.CSS_SELECTOR, f'label[for="{field.get_attribute("id")}"]')
            self.assertTrue(label.text)
        self.order("1001")
        self.wait_for_stage("waiting")
        self.assertEqual(self.part("title").get_attribute("role"), "status")
        self.assertTrue(self.part("bar").get_attribute("aria-label"))
        self.browser.get(self.shop.url + "/tickets/1")
        self.assertEqual(self.browser.find_element(By.CSS_SELECTOR, "h1").text, "We do not know this order")
        self.picture("unknown")


def main() -> None:
    global PROGRAM, PICTURES
    if not 2 <= len(sys.argv) <= 3:
        sys.exit(__doc__)
    PROGRAM = pathlib.Path(sys.argv[1]).resolve()
    if len(sys.argv) == 3:
        PICTURES = pathlib.Path(sys.argv[2]).resolve()
        PICTURES.mkdir(parents=True, exist_ok=True)
    unittest.main(argv=sys.argv[:1], verbosity=2)


if __name__ == "__main__":
    main()
