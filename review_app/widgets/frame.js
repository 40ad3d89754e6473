// The language of the interface, for screen readers: Streamlit's own page says English always.
"use strict";
(() => {
  const own = document.currentScript;
  own.remove();
  document.documentElement.lang = new URL(own.src).searchParams.get("lang");
})();
