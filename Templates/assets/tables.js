// Tables can be sorted by their headings, and long ones filtered. Without this file they are plain tables.
(function () {
  "use strict";
  function key(cell) {
    if (!cell) { return ""; }
    var raw = cell.getAttribute("data-sort");
    if (raw !== null) { return Number(raw); }
    var text = cell.textContent.trim();
    var plain = /^[+\-\u2212]?[0-9][0-9\u202F]*(\.[0-9]*)?$/.test(text);
    return plain ? Number(text.replace(/\u202F/g, "").replace("\u2212", "-")) : text;
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
    rows.sort(function (a, b) { return (down ? -1 : 1) * compare(key(a.cells[column]), key(b.cells[column])); });
    table.querySelectorAll("thead th").forEach(function (other) { other.removeAttribute("aria-sort"); });
    heading.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.forEach(function (row) { body.appendChild(row); });
  }
  function prepare(table) {
    if (!table.tBodies[0] || table.tBodies[0].rows.length < 4) { return; }
    table.querySelectorAll("thead th").forEach(function (heading, column) {
      var button = document.createElement("button");
      button.type = "button";
      while (heading.firstChild) { button.appendChild(heading.firstChild); }
      button.addEventListener("click", function () { sort(table, column, heading); });
      heading.appendChild(button);
    });
  }
  document.querySelectorAll("table").forEach(prepare);
  // A report whose successor is overdue says so at the top of its pages; the words under the title hold without a script.
  function overdue() {
    var due = document.querySelector("time[data-due]");
    var main = document.getElementById("main");
    var days = due ? Math.floor((Date.now() - Date.parse(due.getAttribute("datetime"))) / 86400000) : 0;
    if (!main || !(days > 0)) { return; }
    var note = document.createElement("p");
    note.className = "notice stale";
    note.setAttribute("role", "status");
    note.textContent = "A newer report than this was due on " + due.textContent + ", " + days +
      (days === 1 ? " day" : " days") + " ago. If this is the newest, the nightly run has stopped.";
    main.insertBefore(note, main.firstChild);
  }
  overdue();
}());
