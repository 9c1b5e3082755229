#!/usr/bin/env python3
"""Opens every kind of page of a built site in headless Chromium, from file://, and says PASS or FAIL.

    Scripts/browser-test.py SITE [--all] [--shots FOLDER]

Search and sorting are tried on the landing page. Each page is opened with scripts, without, dark, 360 px wide and as wide as paper; --shots keeps a picture of each. Needs Chromium (CHROMIUM names another) and nothing
else; where it is missing the test is skipped and says so (exit status 77). AXE=axe.min.js adds the WCAG 2.2 AA rules.
"""
import base64, json, os, re, shutil, subprocess, sys, tempfile, urllib.parse

PROBE = """(() => {
  const skip = new Set(['FORM', 'BUTTON', 'SCRIPT', 'STYLE', 'NOSCRIPT']);
  const words = [];
  const walk = node => {
    if (node.nodeType === 3) words.push(...node.data.split(/\\s+/).filter(Boolean));
    else if (node.nodeType === 1 && !skip.has(node.tagName) && node.getAttribute('role') !== 'status' && !(node.tagName === 'TH' && node.querySelector('button')))
      node.childNodes.forEach(walk);
    else if (node.tagName === 'TH') words.push(...node.textContent.split(/\\s+/).filter(Boolean));
  };
  walk(document.body);
  const wide = [...document.body.querySelectorAll('*')].find(e =>
    e.getBoundingClientRect().right > innerWidth + 1 && !(matchMedia('screen').matches && e.closest('.plot, .table, pre')) && !e.closest('.visually-hidden'));
  const broken = [...document.querySelectorAll('main svg')].filter(e => !e.querySelector('title') || !e.querySelector('desc')).length;
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  return {words: words.join(' '), h1: document.querySelectorAll('h1').length, broken,
    twice: ids.filter((id, i) => ids.indexOf(id) !== i), title: document.title, lang: document.documentElement.lang,
    unnamed: [...document.querySelectorAll('thead th')].filter(e => !e.textContent.trim()).length,
    over: document.documentElement.scrollWidth > innerWidth ? (wide ? wide.tagName + '.' + wide.className : 'page') : null,
    // The guide names such words as code.
    bad: ([...document.querySelectorAll('main, footer')].map(e => {
      const plain = e.cloneNode(true);
      plain.querySelectorAll('code').forEach(c => c.remove());
      return plain.textContent;
    }).join(' ').match(/\\b(NaN|undefined|Infinity|Optional\\()\\b/) || [null])[0],
    paper: getComputedStyle(document.body).backgroundColor};
})()"""

# What an A4 sheet has between margins of 1 cm, in CSS pixels: (210 − 20) mm ÷ 25.4 × 96, rounded down.
PAPER = 718


class Browser:
    """Chromium, spoken to in the DevTools protocol over a pipe."""

    def __init__(self, program, profile):
        ours_in, theirs_out = os.pipe()
        theirs_in, ours_out = os.pipe()

        def wire():
            keep_in, keep_out = os.dup(theirs_in), os.dup(theirs_out)
            os.dup2(keep_in, 3)
            os.dup2(keep_out, 4)

        command = [program, "--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--hide-scrollbars",
                   "--user-data-dir=" + profile, "--host-resolver-rules=MAP * ~NOTFOUND", "--no-first-run"]
        if os.geteuid() == 0:
            command.append("--no-sandbox")
        self.process = subprocess.Popen(command, preexec_fn=wire, close_fds=False, stderr=subprocess.DEVNULL)
        os.close(theirs_in)
        os.close(theirs_out)
        self.reader, self.writer = os.fdopen(ours_in, "rb"), os.fdopen(ours_out, "wb")
        self.number, self.events, self.rest = 0, [], b""

    def receive(self):
        while b"\0" not in self.rest:
            piece = os.read(self.reader.fileno(), 1 << 16)
            if not piece:
                raise SystemExit("Chromium has gone")
            self.rest += piece
        message, self.rest = self.rest.split(b"\0", 1)
        return json.loads(message)

    def call(self, method, session=None, **parameters):
        self.number += 1
        number = self.number
        message = {"id": number, "method": method, "params": parameters}
        if session:
            message["sessionId"] = session
        self.writer.write(json.dumps(message).encode() + b"\0")
        self.writer.flush()
        while True:
            answer = self.receive()
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self.events.append(answer)

    def wait(self, method):
        while True:
            for event in self.events:
                if event.get("method") == method:
                    return
            self.events.append(self.receive())


class Tab:
    def __init__(self, browser):
        self.browser = browser
        target = browser.call("Target.createTarget", url="about:blank")["targetId"]
        self.session = browser.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(domain + ".enable")

    def call(self, method, **parameters):
        return self.browser.call(method, self.session, **parameters)

    def look(self, url, width=1280, scripts=True, dark=False, media=""):
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setScriptExecutionDisabled", value=not scripts)
        self.call("Emulation.setEmulatedMedia", media=media, features=[
            {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}])
        self.browser.events = []
        self.call("Page.navigate", url=url)
        self.browser.wait("Page.loadEventFired")
        found = self.evaluate(PROBE)
        faults = []
        for event in self.browser.events:
            kind, about = event.get("method"), event.get("params", {})
            if kind == "Log.entryAdded" and about["entry"]["level"] == "error":
                faults.append("the console says: " + about["entry"]["text"][:160])
            elif kind == "Runtime.exceptionThrown":
                faults.append("a script failed: " + about["exceptionDetails"]["text"])
            elif kind == "Network.requestWillBeSent" and not about["request"]["url"].startswith(("file:", "data:")):
                faults.append("a request to " + about["request"]["url"])
        return found, faults

    def evaluate(self, expression):
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["text"])
        return result["result"].get("value")

    def press_key(self, name, number, text=""):
        for kind in ("keyDown", "keyUp"):
            self.call("Input.dispatchKeyEvent", type=kind, key=name, code=name, windowsVirtualKeyCode=number, text=text)

    def press_tab(self):
        self.press_key("Tab", 9)
        return self.evaluate("document.activeElement.getAttribute('href') || document.activeElement.tagName")

    def shot(self, path):
        data = self.call("Page.captureScreenshot", captureBeyondViewport=True)["data"]
        with open(path, "wb") as file:
            file.write(base64.b64decode(data))


def pages(site, every):
    """All pages, or the largest of each kind: folder and name without what tells metrics, days and people apart."""
    found = {}
    for folder, _, names in sorted(os.walk(site)):
        for name in sorted(names):
            if not name.endswith(".html"):
                continue
            path = os.path.relpath(os.path.join(folder, name), site)
            parts = re.sub(r"[0-9]+", "0", path).split("/")
            plain = {"index.html", "brief.html", "technical.html", "style.html", "digest.html"}
            suffix = re.search(r"-(groups|pairs)\.html$", name)
            kind = path if every else "/".join(parts[:-1] + [
                parts[-1] if name in plain else suffix.group(0) if suffix else "*"])
            size = os.path.getsize(os.path.join(folder, name))
            if kind not in found or size > found[kind][0]:
                found[kind] = (size, path)
    return sorted(path for _, path in found.values())


def judge(tab, site, path, axe, shots):
    url = "file://" + urllib.parse.quote(os.path.join(os.path.abspath(site), path))
    light, faults = tab.look(url)
    checks = {
        "one main heading": light["h1"] == 1, "a title and a language": bool(light["title"] and light["lang"]),
        "no id twice " + ",".join(light["twice"][:3]): not light["twice"],
        "charts are named": light["broken"] == 0, "headings of tables have words": light["unnamed"] == 0, "no leaked value " + str(light["bad"]): not light["bad"],
    }
    picture = lambda kind: shots and tab.shot(os.path.join(shots, f"{path.replace('/', '_')}-{kind}.png"))
    picture("light")
    if axe:
        checks.update(accessible(tab, axe, "light"))
    skip = tab.press_tab()
    checks["Tab reaches the skip link first"] = "digest" in path or skip == "#main"
    dark, more = tab.look(url, dark=True)
    faults += more
    picture("dark")
    checks["dark follows the reader's system"] = "digest" in path or dark["paper"] != light["paper"]
    if axe:
        checks.update(accessible(tab, axe, "dark"))
    narrow, more = tab.look(url, width=360)
    faults += more
    picture("narrow")
    checks["360 px hold the page: " + str(narrow["over"])] = narrow["over"] is None
    paper, more = tab.look(url, width=PAPER, media="print")
    faults += more
    checks["A4 holds the page: " + str(paper["over"])] = paper["over"] is None
    plain, more = tab.look(url, scripts=False)
    faults += more
    checks["no word needs a script"] = plain["words"] == light["words"]
    return len(checks) + 1, sorted(set(faults)) + [name for name, holds in checks.items() if not holds]


def controls(tab, site):
    """Search and sorting, by the keyboard, on the landing page: what does not hold. The first word of its title is looked for."""
    tab.look("file://" + urllib.parse.quote(os.path.join(os.path.abspath(site), "index.html")))
    tab.call("Emulation.setFocusEmulationEnabled", enabled=True)
    word = tab.evaluate("document.querySelector('.search input').focus(), document.querySelector('h1').textContent.split(' ')[0]")
    tab.call("Input.insertText", text=word.upper())
    hit = tab.evaluate("""new Promise(found => {
      let left = 40;
      const look = () => {
        const link = document.querySelector('.search li a');
        link || !left-- ? found(link && !link.closest('ul').hidden ? link.getAttribute('href') : null) : setTimeout(look, 50);
      };
      look();
    })""")
    tab.press_key("Tab", 9)
    reached = tab.evaluate("!!document.activeElement.closest('.search li')")
    tab.press_key("Escape", 27)
    closed = tab.evaluate("document.querySelector('.search ul').hidden")
    column = tab.evaluate("""(() => {
      const button = document.querySelector('main thead button');
      if (!button) return 'none';
      button.focus();
      return document.activeElement === button ? 'focused' : 'out of reach';
    })()""")
    tab.press_key("Enter", 13, "\r")
    order = tab.evaluate("(document.querySelector('main th[aria-sort]') || document.body).getAttribute('aria-sort')")
    checks = {
        "the search finds " + word: bool(hit) and os.path.exists(os.path.join(site, hit)),
        "Tab reaches what the search found": reached, "Escape closes the search": closed,
        "Enter sorts a table": column == "none" or column == "focused" and order == "ascending",
    }
    return len(checks), [name for name, holds in checks.items() if not holds]


def accessible(tab, axe, scheme):
    tab.evaluate(axe + ";0")
    found = tab.evaluate("axe.run({runOnly: ['wcag2a','wcag2aa','wcag21a','wcag21aa','wcag22aa']})"
                         ".then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].target))")
    return {f"axe, {scheme}: {'; '.join(found)}": not found}


def main():
    site = sys.argv[1]
    shots = sys.argv[sys.argv.index("--shots") + 1] if "--shots" in sys.argv else None
    program = os.environ.get("CHROMIUM") or next(
        filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"))), None)
    if not program:
        print("browser test skipped: no Chromium on the path (make browser installs it by apt, CHROMIUM names another)")
        return 77
    axe = open(os.environ["AXE"]).read() if "AXE" in os.environ else None
    chosen = pages(site, "--all" in sys.argv)
    if not chosen:
        print(f"{site}: no page in it")
        return 2
    if shots:
        os.makedirs(shots, exist_ok=True)
    failed = checks = 0
    with tempfile.TemporaryDirectory() as profile:
        browser = Browser(program, profile)
        try:
            tab = Tab(browser)
            checks, faults = controls(tab, site)
            failed = len(faults)
            for fault in faults:
                print(f"index.html: {fault}")
            for path in chosen:
                count, faults = judge(tab, site, path, axe, shots)
                checks += count
                failed += len(faults)
                for fault in faults:
                    print(f"{path}: {fault}")
        finally:
            browser.process.terminate()
            browser.process.wait()
    print(f"{'FAIL' if failed else 'PASS'} {len(chosen)} pages, {checks} checks, {failed} faults")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
