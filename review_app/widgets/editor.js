// The editor of Translate: says after each pause what was typed, puts pieces in where the cursor
// is, saves by Ctrl/Cmd+Enter, and keeps over a reload what was not saved.
"use strict";
(() => {
  document.currentScript?.remove();
  if (window.medlocEditor) return;
  window.medlocEditor = true;
  const PAUSE = 350;
  let timer = 0;
  const box = () => document.querySelector('[class*="st-key-editor-"] textarea');
  const about = () => document.querySelector("[data-editing]");
  const own = target => target instanceof HTMLTextAreaElement && target === box();
  // Streamlit hands a value on when the field loses the focus; the focus itself stays.
  const tell = area => area.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
  const kept = () => `medloc-draft ${about()?.dataset.editing}`;

  const typed = event => {
    if (!own(event.target) || event.isComposing) return;
    const area = event.target;
    try { sessionStorage.setItem(kept(), area.value); } catch { /* no room: it is on the screen */ }
    clearTimeout(timer);
    timer = setTimeout(() => { if (area.isConnected) tell(area); }, PAUSE);
  };
  document.addEventListener("input", typed);
  document.addEventListener("compositionend", event => typed({ target: event.target }));

  const put = button => {
    const area = box();
    if (!area || !button) return;
    const { before, after } = button.dataset;
    const [from, to] = [area.selectionStart, area.selectionEnd];
    area.focus();
    area.setSelectionRange(from, to);
    document.execCommand("insertText", false, before + area.value.slice(from, to) + after);
    if (after && from === to) area.setSelectionRange(from + before.length, from + before.length);
  };
  const inserters = () => [...document.querySelectorAll("button.m-insert")];
  document.addEventListener("mousedown", event => {
    if (event.target.closest?.("button.m-insert")) event.preventDefault(); // the cursor stays
  });
  document.addEventListener("click", event => put(event.target.closest?.("button.m-insert")));

  let saving = "", byKey = false; // the text whose save was asked for, until another is shown
  const saves = key => { saving = about()?.dataset.editing ?? ""; byKey = key; };
  document.addEventListener("click", event => {
    if (event.target.closest?.('[class*="st-key-save-"], [class*="st-key-keep-"]')) saves(false);
  });
  document.addEventListener("keydown", event => {
    if (!own(event.target)) return;
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) saves(true);
    const digit = /^Digit([1-9])$/.exec(event.code);
    if (digit && event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      put(inserters()[digit[1] - 1]);
    }
  });

  // Language and direction for spelling checkers and screen readers; what a reload took away.
  const dress = () => {
    const area = box(), mark = about();
    if (!area || !mark || area.medlocAbout === mark.dataset.editing) return;
    area.medlocAbout = mark.dataset.editing;
    area.lang = mark.dataset.lang;
    area.dir = mark.dataset.dir;
    if (saving && saving !== mark.dataset.editing) {
      sessionStorage.removeItem(`medloc-draft ${saving}`);
      if (byKey) area.focus(); // who saves by key goes on by key
      saving = "";
    }
    const draft = sessionStorage.getItem(kept());
    if (draft === null) return;
    if (draft === area.value) { sessionStorage.removeItem(kept()); return; }
    Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(area, draft);
    area.dispatchEvent(new Event("input", { bubbles: true }));
  };
  // Streamlit's field for files takes its own name back by its role.
  const name = () => document.querySelectorAll('section[role="presentation"][aria-label], .stFileChip:not([role])')
    .forEach(section => section.setAttribute("role", "group"));
  new MutationObserver(() => { dress(); name(); }).observe(document.body, { childList: true, subtree: true });
  dress();
  name();
})();
