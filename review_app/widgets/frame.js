// The language of the interface, for screen readers: Streamlit's own page says English always.
// What was chosen is kept for new tabs, and for the page at which people sign in.
"use strict";
(() => {
  const own = document.currentScript;
  own.remove();
  const asked = new URL(own.src).searchParams;
  const language = asked.get("lang");
  document.documentElement.lang = language;
  if (asked.has("keep")) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie =
      `medloc_language=${language}; path=/; max-age=31536000; samesite=lax${secure}`;
  }
})();
