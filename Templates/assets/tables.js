// Sorts tables by their headings and filters long ones; without it they are plain tables.
(function () {
  "use strict";
  // The number that words begin with, by the rule of Sources/Site/SortKeys.swift.
  var mark = document.documentElement.getAttribute("data-decimal") || ".";
  var leading = /^[<>\u2264\u2265]? ?([+\-\u2212]?)([0-9][0-9\u202F]*(?:[.,][0-9]*)?)(?=$|[ %\u202F]|(.))/;
  function key(cell, isNumber) {
    if (!cell) { return ""; }
    var raw = cell.getAttribute("data-sort");
    if (raw !== null) { return Number(raw); }
    var text = cell.textContent.trim();
    var found = isNumber ? leading.exec(text) : null;
    if (!found || found[3] && found[2].slice(-1) !== "\u202F") { return text; }
    if (found[2].indexOf(mark === "," ? "." : ",") >= 0) { return text; }
    var size = Number(found[2].replace(/\u202F/g, "").replace(mark, "."));
    return found[1] && found[1] !== "+" ? -size : size;
  }
  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") { return a - b; }
    if (typeof a === "number") { return -1; }
    if (typeof b === "number") { return 1; }
    return a.localeCompare(b, undefined, { numeric: true });
  }
  function sort(table, column, heading) {
    var down = heading.getAttribute("aria-sort") === "ascending";
    var body = table.tBodies[0];
    var rows = Array.prototype.slice.call(body.rows);
    var isNumber = table.classList.contains("n" + (column + 1)) || heading.className === "n";
    rows.sort(function (a, b) { return (down ? -1 : 1) * compare(key(a.cells[column], isNumber), key(b.cells[column], isNumber)); });
    table.querySelectorAll("thead th").forEach(function (other) { other.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.forEach(function (row) { body.appendChild(row); });
  }
  function prepare(table) {
    if (!table.tBodies[0] || table.tBodies[0].rows.length < 4 || table.closest(".archive")) { return; }
    table.querySelectorAll("thead th").forEach(function (heading, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (heading.firstChild) { button.appendChild(heading.firstChild); }
      button.addEventListener("click", function () { sort(table, column, heading); });
      heading.appendChild(button);
    });
  }
  // A field above a long table that leaves the rows that have its words.
  function filter(table) {
    var rows = table.tBodies[0] ? Array.prototype.slice.call(table.tBodies[0].rows) : [];
    if (rows.length < 20) { return; }
    var form = document.createElement("form");
    form.className = "filter";
    var label = document.createElement("label");
    label.textContent = /*say*/"Rows with" + " ";
    var field = document.createElement("input");
    field.type = "search";
    var count = document.createElement("span");
    count.setAttribute("role", "status");
    field.addEventListener("input", function () {
      var words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
      var left = rows.filter(function (row) {
        var text = row.textContent.toLowerCase();
        var has = words.every(function (word) { return text.indexOf(word) >= 0; });
        row.hidden = !has;
        return has;
      }).length;
      count.textContent = words.length ? " " + left + " " + /*say*/"of" + " " + rows.length : "";
    });
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    label.appendChild(field);
    form.appendChild(label);
    form.appendChild(count);
    table.parentNode.insertBefore(form, table);
  }
  document.querySelectorAll("table").forEach(prepare);
  document.querySelectorAll("table").forEach(filter);
  // A report whose successor is overdue says so.
  function overdue() {
    var due = document.querySelector("time[data-due]");
    var main = document.getElementById("main");
    var days = due ? Math.floor((Date.now() - Date.parse(due.getAttribute("datetime"))) / 86400000) : 0;
    if (!main || !(days > 0)) { return; }
    var note = document.createElement("p");
    note.className = "notice stale";
    note.setAttribute("role", "status");
    note.textContent = /*say*/"A newer report than this was due on {0}, {1}. If this is the newest, the nightly run has stopped."
      .replace("{0}", due.textContent).replace("{1}", new Intl.RelativeTimeFormat(document.documentElement.lang).format(-days, "day"));
    main.insertBefore(note, main.firstChild);
  }
  overdue();
}());
