// Searches the language of this page. Pagefind and its index are loaded when somebody begins to
// search, from this folder and nowhere else. Results show titles, leads and headings as they were
// approved, whole: a piece cut out of a sentence may lack its "not".
const form = document.querySelector("form.search");
const field = form.querySelector("input");
const status = document.querySelector(".search-status");
const list = document.querySelector(".search-results");
const { letters, found, nothing, trouble } = form.dataset;
const LETTER = new RegExp(`[${letters}]`, "u");
const BETWEEN = new RegExp(
  `(?<=\\S)(?=[${letters}])|(?<=[${letters}])(?=[\\p{L}\\p{N}])`, "gu");
const MOST = 30; // pages
const PARTS = 4; // headings of each
const PAUSE = 250; // milliseconds
let loading;
let latest = 0;
let waiting;

function load() {
  loading ??= import("./pagefind.js").then(async (pagefind) => {
    const instance = pagefind.createInstance({ noWorker: true });
    await instance.init();
    return instance;
  });
  return loading;
}

// Scripts without blanks between words: the index has each letter by itself. They are looked for
// as they stand first, then each wherever it is.
function terms(asked) {
  if (!LETTER.test(asked)) return [asked];
  const apart = asked.replace(BETWEEN, " ");
  return [`"${apart}"`, apart];
}

async function search() {
  const asked = field.value.trim();
  const turn = ++latest;
  history.replaceState(null, "", asked ? `?q=${encodeURIComponent(asked)}` : location.pathname);
  if (!asked) {
    show([], "");
    return;
  }
  try {
    const pagefind = await load();
    let results = [];
    for (const term of terms(asked)) {
      ({ results } = await pagefind.search(term));
      if (results.length) break;
    }
    const pages = await Promise.all(results.slice(0, MOST).map((result) => result.data()));
    if (turn !== latest) return;
    const count = results.length.toLocaleString(document.documentElement.lang);
    show(pages, results.length ? found.replace("#", count) : nothing);
  } catch (error) {
    loading = undefined;
    if (turn === latest) show([], trouble);
    throw error;
  }
}

function show(pages, said) {
  status.textContent = said;
  list.replaceChildren(...pages.map(item));
}

function item(page) {
  const address = `..${page.raw_url.replace(/\.html$/, "/index.html")}`;
  const element = document.createElement("li");
  element.append(link(address, page.meta.title));
  if (page.meta.lead) {
    const lead = document.createElement("p");
    lead.textContent = page.meta.lead;
    element.append(lead);
  }
  const headings = JSON.parse(page.meta.headings);
  const ids = page.sub_results.map((part) => part.anchor?.id).filter((id) => headings[id]);
  if (ids.length) {
    const parts = document.createElement("ul");
    for (const id of ids.slice(0, PARTS)) {
      const part = document.createElement("li");
      part.append(link(`${address}#${encodeURIComponent(id)}`, headings[id]));
      parts.append(part);
    }
    element.append(parts);
  }
  return element;
}

function link(address, text) {
  const element = document.createElement("a");
  element.href = address;
  element.textContent = text;
  return element;
}

form.hidden = false;
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search();
});
field.addEventListener("focus", () => load().catch(() => {}), { once: true });
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, PAUSE);
});
field.value = new URLSearchParams(location.search).get("q") ?? "";
if (field.value) search();
