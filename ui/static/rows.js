// A list whose rows can be chosen: sorted by its headings, moved through by the arrow keys. All cells are set as text.

function make(tag, name, parent, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  parent.appendChild(node);
  return node;
}

function chip(parent, entry) {
  const node = make("span", "chip", parent, entry.text);
  node.style.setProperty("--ink", entry.colour);
  if (entry.title) node.title = entry.title;
}

function fill(node, kind, cell) {
  if (kind === "dot") {
    make("i", "dot", node).style.setProperty("--ink", cell.colour);
    node.title = cell.title;
  } else if (kind === "chips") {
    for (const entry of cell.chips) chip(node, entry);
  } else if (kind === "bar") {
    const bar = make("span", "share", node);
    make("span", "filled", bar).style.width = `${Math.round(100 * cell.value)}%`;
    make("span", "figure", node, cell.text);
  } else {
    make("span", `main ${cell.look || ""}`, node, cell.text);
    if (kind === "number" && cell.text.length > 14) node.classList.add("long");
    if (cell.sub) make("span", "sub", node, cell.sub);
  }
}

function ordered(rows, sort) {
  if (!sort) return rows;
  const value = (row) => {
    const cell = row.cells[sort.key];
    return cell.value !== undefined ? cell.value : cell.text || "";
  };
  const compare = (a, b) => {
    const [x, y] = [value(a), value(b)];
    return typeof x === "number" && typeof y === "number" ? x - y : String(x).localeCompare(String(y), "zh");
  };
  return [...rows].sort((a, b) => sort.way * compare(a, b));
}

function heading(table, column, list, draw) {
  const cell = make("th", column.kind, table, column.label);
  if (column.width) cell.style.width = column.width;
  if (column.title) cell.title = column.title;
  cell.scope = "col";
  const sorted = list.sort && list.sort.key === column.key;
  cell.setAttribute("aria-sort", sorted ? (list.sort.way > 0 ? "ascending" : "descending") : "none");
  if (sorted) make("span", "way", cell, list.sort.way > 0 ? " ↑" : " ↓");
  cell.onclick = () => {
    const first = column.kind === "text" ? 1 : -1;
    const same = list.sort && list.sort.key === column.key;
    list.sort = same && list.sort.way !== first ? null : { key: column.key, way: same ? -first : first };
    draw();
  };
}

function line(body, row, data, choose) {
  const node = make("tr", row.id === data.chosen ? "chosen" : "", body);
  node.tabIndex = 0;
  node.dataset.id = row.id;
  node.onclick = () => choose(row.id);
  node.onkeydown = (event) => {
    const neighbour = { ArrowDown: node.nextElementSibling, ArrowUp: node.previousElementSibling }[event.key];
    if (neighbour) {
      event.preventDefault();
      neighbour.focus();
    } else if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      choose(row.id);
    }
  };
  for (const column of data.columns) fill(make("td", column.kind, node), column.kind, row.cells[column.key]);
  return node;
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".list") || make("div", "list", parentElement);
  const list = root.list || (root.list = { sort: null });
  const draw = () => {
    const top = root.scrollTop;
    root.replaceChildren();
    root.style.setProperty("--tall", data.height);
    if (!data.rows.length) {
      make("div", "empty", root, data.empty);
      return;
    }
    const table = make("table", data.heads ? "" : "bare", root);
    if (data.heads) {
      const head = make("tr", "", make("thead", "", table));
      for (const column of data.columns) heading(head, column, list, draw);
    }
    const body = make("tbody", "", table);
    const choose = (id) => setTriggerValue("chosen", id);
    for (const row of ordered(data.rows, list.sort)) line(body, row, data, choose);
    root.scrollTop = top;
    const chosen = root.querySelector("tr.chosen");
    if (chosen && list.shown !== data.chosen) chosen.scrollIntoView({ block: "nearest" });
    list.shown = data.chosen;
  };
  draw();
}
