// A page of the PDF with marks on it: zoom, neighbouring pages, and the marked row brought into view.
// Everything that comes from the document is set as text or as a number, never as markup.

const STEPS = [0.5, 0.67, 0.8, 1, 1.25, 1.5, 2, 2.5, 3, 4];

function make(tag, name, parent) {
  const node = document.createElement(tag);
  node.className = name;
  parent.appendChild(node);
  return node;
}

function button(name, symbol, parent, action) {
  const node = make("button", name, parent);
  node.type = "button";
  node.textContent = symbol;
  node.onclick = action;
  return node;
}

function build(root) {
  const view = { zoom: 1, focus: "" };
  view.frame = make("div", "frame", root);
  const bar = make("div", "bar", view.frame);
  view.previous = button("previous", "‹", bar, () => view.turn(view.data.page - 1));
  view.number = make("input", "number", bar);
  view.number.type = "number";
  view.number.min = 1;
  view.number.onchange = () => view.turn(Number(view.number.value));
  view.count = make("span", "count", bar);
  view.next = button("next", "›", bar, () => view.turn(view.data.page + 1));
  make("span", "gap", bar);
  view.legend = make("span", "legend", bar);
  make("span", "gap", bar);
  view.smaller = button("smaller", "−", bar, () => step(view, -1));
  view.scale = button("scale", "100%", bar, () => zoom(view, 1));
  view.larger = button("larger", "+", bar, () => step(view, 1));
  view.scroll = make("div", "scroll", view.frame);
  view.sheet = make("div", "sheet", view.scroll);
  view.image = make("img", "page", view.sheet);
  view.overlay = make("div", "overlay", view.sheet);
  view.scroll.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    step(view, event.deltaY < 0 ? 1 : -1);
  }, { passive: false });
  drag(view.scroll);
  return view;
}

function drag(area) {
  let from = null;
  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0 || event.target.closest(".mark")) return;
    from = { x: event.clientX + area.scrollLeft, y: event.clientY + area.scrollTop };
    area.setPointerCapture(event.pointerId);
  });
  area.addEventListener("pointermove", (event) => {
    if (!from) return;
    area.scrollLeft = from.x - event.clientX;
    area.scrollTop = from.y - event.clientY;
  });
  area.addEventListener("pointerup", () => { from = null; });
  area.addEventListener("pointercancel", () => { from = null; });
}

function step(view, direction) {
  const further = direction > 0 ? STEPS.find((z) => z > view.zoom + 0.01) : [...STEPS].reverse().find((z) => z < view.zoom - 0.01);
  if (further) zoom(view, further);
}

function zoom(view, value) {
  const area = view.scroll;
  const x = (area.scrollLeft + area.clientWidth / 2) / Math.max(1, area.scrollWidth);
  const y = (area.scrollTop + area.clientHeight / 2) / Math.max(1, area.scrollHeight);
  view.zoom = value;
  view.sheet.style.width = `${value * 100}%`;
  view.scale.textContent = `${Math.round(value * 100)}%`;
  area.scrollLeft = x * area.scrollWidth - area.clientWidth / 2;
  area.scrollTop = y * area.scrollHeight - area.clientHeight / 2;
}

function showFocus(view) {
  const mark = view.overlay.querySelector(".focus") || view.overlay.querySelector(".mark");
  const area = view.scroll;
  if (!mark) {
    area.scrollTop = 0;
    return;
  }
  area.scrollTop = mark.offsetTop + mark.offsetHeight / 2 - area.clientHeight * 0.45;
  area.scrollLeft = mark.offsetLeft + mark.offsetWidth / 2 - area.clientWidth / 2;
}

function drawMarks(view) {
  view.overlay.replaceChildren();
  for (const mark of view.data.marks) {
    const node = make("div", `mark ${mark.role}${mark.focus ? " focus" : ""}`, view.overlay);
    node.style.left = `${mark.x}%`;
    node.style.top = `${mark.y}%`;
    node.style.width = `${mark.w}%`;
    node.style.height = `${mark.h}%`;
    node.style.setProperty("--ink", mark.colour);
    node.title = mark.title;
  }
}

function drawLegend(view) {
  view.legend.replaceChildren();
  for (const entry of view.data.legend) {
    const item = make("span", "entry", view.legend);
    make("i", "", item).style.setProperty("--ink", entry.colour);
    item.appendChild(document.createTextNode(entry.text));
  }
}

function drawBar(view, words) {
  const { page, pages } = view.data;
  view.number.value = page;
  view.number.max = pages;
  view.count.textContent = `/ ${pages}`;
  view.previous.disabled = page <= 1;
  view.next.disabled = page >= pages;
  for (const name of ["previous", "next", "smaller", "larger", "scale", "number"]) {
    view[name].title = words[name];
    view[name].setAttribute("aria-label", words[name]);
  }
}

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".viewer") || make("div", "viewer", parentElement);
  const view = root.view || (root.view = build(root));
  view.data = data;
  view.turn = (page) => {
    const wanted = Math.min(Math.max(1, Math.round(page) || 1), data.pages);
    if (wanted !== data.page) setTriggerValue("turned", wanted);
    else view.number.value = data.page;
  };
  root.style.setProperty("--tall", data.height);
  drawBar(view, data.words);
  drawLegend(view);
  drawMarks(view);
  view.image.alt = data.words.alt;
  const arrive = () => {
    if (view.focus !== data.focus) {
      view.focus = data.focus;
      showFocus(view);
    }
  };
  if (view.image.dataset.page !== data.key) {
    view.image.dataset.page = data.key;
    view.image.onload = arrive;
    view.image.src = `data:image/png;base64,${data.image}`;
  } else {
    arrive();
  }
}
