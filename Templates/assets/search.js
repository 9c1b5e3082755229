// Looks for pages of the newest report by their words; the index is loaded when somebody begins to search.
(function () {
  "use strict";
  var script = document.currentScript;
  var banner = document.querySelector(".banner");
  if (!script || !banner) { return; }
  var address = script.getAttribute("data-index");
  var root = address.slice(0, address.lastIndexOf("/") + 1);
  var folder, entries, asked;
  function make(name, parent) { return parent.appendChild(document.createElement(name)); }
  function fold(text) {
    return text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase()
      .replace(/[\u00df\u0142\u00f8\u0131\u00e6]/g, function (c) { return { "\u00df": "ss", "\u0142": "l", "\u00f8": "o", "\u0131": "i", "\u00e6": "ae" }[c]; });
  }
  var form = make("form", banner);
  form.className = "search";
  form.setAttribute("role", "search");
  var label = make("label", form);
  label.textContent = /*say*/"Search" + " ";
  var field = make("input", label);
  field.type = "search";
  field.autocomplete = "off";
  var list = make("ul", form);
  list.hidden = true;
  var status = make("p", form);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  window.assaySearch = function (path, pages) {
    folder = root + path;
    entries = pages.map(function (page) {
      return { path: page[0], title: page[1], above: page[2], head: fold(page[1]), words: fold(page.join(" ")) };
    });
    show();
  };
  function load() {
    if (asked) { return; }
    asked = true;
    var index = document.createElement("script");
    index.src = address;
    index.onerror = function () { say(/*say*/"The search index lies beside the newest report and cannot be read from here."); };
    document.head.appendChild(index);
  }
  function say(text) {
    list.textContent = "";
    make("li", list).textContent = text;
    list.hidden = false;
    status.textContent = text;
  }
  function show() {
    var words = fold(field.value).split(/\s+/).filter(Boolean);
    list.hidden = true;
    if (!entries || !words.length) { return; }
    var found = [];
    entries.forEach(function (entry, index) {
      if (!words.every(function (word) { return entry.words.indexOf(word) >= 0; })) { return; }
      // A title that begins with the words comes before one that has them, and that before other places.
      var rank = words.reduce(function (sum, word) {
        var at = entry.head.indexOf(word);
        return sum + (at > 0 ? 1 : at ? 2 : 0);
      }, 0);
      found.push([rank, index, entry]);
    });
    found.sort(function (a, b) { return a[0] - b[0] || a[1] - b[1]; });
    if (!found.length) { say(/*say*/"No page has all of these words."); return; }
    say(found.length + " " + (found.length === 1 ? /*say*/"page" : /*say*/"pages"));
    list.textContent = "";
    found.slice(0, 12).forEach(function (hit) {
      var item = make("li", list);
      var link = make("a", item);
      link.href = folder + hit[2].path;
      link.textContent = hit[2].title;
      item.append(" " + hit[2].above);
    });
  }
  field.onfocus = load;
  field.oninput = show;
  form.onsubmit = function (event) {
    event.preventDefault();
    var first = list.querySelector("a");
    if (first && !list.hidden) { location.href = first.href; }
  };
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape") { list.hidden = true; }
    if (event.key === "/" && event.target.tagName !== "INPUT") { event.preventDefault(); field.focus(); }
  });
  document.addEventListener("click", function (event) { if (!form.contains(event.target)) { list.hidden = true; } });
}());
