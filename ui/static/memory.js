// What this browser remembers from one visit to the next: the reviewer's name and the language. It never leaves the browser's own store.

const NAME = "gouji";

function stored() {
  try {
    return JSON.parse(window.localStorage.getItem(NAME)) || {};
  } catch {
    return {};
  }
}

export default function (component) {
  const { data, setTriggerValue } = component;
  if (data.save) {
    try {
      window.localStorage.setItem(NAME, JSON.stringify(data.save));
    } catch {
      // a browser that keeps nothing asks again next time
    }
    return;
  }
  const found = stored();
  const fresh = Object.entries(data.current).some(([key, value]) => found[key] && found[key] !== value);
  setTriggerValue("found", fresh ? found : { nothing: true });
}
