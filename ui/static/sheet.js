// One table as it was read: its headings in levels, its cells as text, the figures that findings speak of in colour.

const FIGURE = /^[-−+(（]?[\d,，]+(\.\d+)?[%％)）]?$|^[-—–]+$/;

function make(tag, name, parent, text) {
  const node = document.createElement(tag);
  if (name) node.className = name;
  if (text !== undefined) node.textContent = text;
  parent.appendChild(node);
  return node;
}

function same(a, b, level) {
  for (let i = 0; i <= level; i += 1) if (a[i] !== b[i]) return false;
  return true;
}

function headings(table, columns) {
  const depth = Math.max(1, ...columns.map((path) => path.length));
  const head = make("thead", "", table);
  for (let level = 0; level < depth; level += 1) {
    const line = make("tr", "", head);
    if (level === 0) {
      const corner = make("th", "corner", line, "");
      corner.rowSpan = depth;
    }
    for (let at = 0; at < columns.length; ) {
      const path = columns[at];
      if (level >= Math.max(1, path.length)) {
        at += 1;
        continue;
      }
      let end = at + 1;
      const last = level === path.length - 1;
      while (end < columns.length && columns[end].length > level && same(columns[end], path, level) && !last && level < columns[end].length - 1) end += 1;
      const cell = make("th", "", line, path[level] || "");
      cell.colSpan = end - at;
      if (last || path.length === 0) cell.rowSpan = depth - level;
      at = end;
    }
  }
}

function body(table, data, touch) {
  const part = make("tbody", "", table);
  let page = null;
  data.rows.forEach((row, r) => {
    if (row.page !== page) {
      page = row.page;
      const mark = make("tr", "turn", part);
      const cell = make("td", "", mark, row.label);
      cell.colSpan = data.columns.length + 1;
    }
    const line = make("tr", "", part);
    make("td", "corner", line, String(r + 1));
    row.cells.forEach((text, c) => {
      const key = `${r}.${c}`;
      const cell = make("td", FIGURE.test(text.trim()) ? "figure" : "", line, text);
      const mark = data.marks[key];
      if (mark) {
        cell.classList.add(mark.role);
        cell.style.setProperty("--ink", mark.colour);
        cell.title = mark.title;
      }
      if (key === data.chosen) cell.classList.add("chosen");
      cell.onclick = () => touch(key);
    });
  });
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".sheet") || make("div", "sheet", parentElement);
  const { scrollTop, scrollLeft } = root;
  const another = root.dataset.table !== data.table;
  root.dataset.table = data.table;
  root.style.setProperty("--tall", data.height);
  root.replaceChildren();
  const table = make("table", "", root);
  headings(table, data.columns);
  body(table, data, (key) => setTriggerValue("touched", key));
  root.scrollTop = another ? 0 : scrollTop;
  root.scrollLeft = another ? 0 : scrollLeft;
}
