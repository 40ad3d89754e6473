"""The style of what we draw ourselves; colours follow the viewer's theme."""

STYLE = """<style>
[data-testid="stMainBlockContainer"] { padding: 4rem 2rem 2rem; max-width: 110rem; }
[data-testid="stCaptionContainer"] { color: inherit; opacity: .85; }
.m-who { font-size: .9rem; display: flex; flex-wrap: wrap; gap: .3rem 1rem; align-items: baseline; }
.st-key-who > [data-testid="stElementContainer"]:first-child { flex: 1 1 18rem; width: auto; }
.st-key-who [data-testid="stButtonGroup"] { direction: ltr; }
.st-key-who [data-testid="stButtonGroup"] button { min-height: 1.7rem; height: 1.7rem;
  padding-block: 0; }
.m-text { font-size: 1.08rem; line-height: 1.65; unicode-bidi: plaintext; overflow-wrap: anywhere;
  padding: .7rem .9rem; border: 1px solid color-mix(in srgb, currentColor 18%, transparent);
  border-radius: .5rem; min-height: 3rem;
  overflow-y: clip; /* towers of marks stay off their neighbours */ }
.m-text[dir=rtl] { text-align: right; }
.m-text[lang^=ar], .m-text[lang^=fa], .m-text[lang^=ur] { font-size: 1.22rem; line-height: 1.9;
  font-family: "Noto Naskh Arabic", "Noto Sans Arabic", "Geeza Pro", sans-serif; }
.m-text[lang^=hi], .m-text[lang^=bn] { font-size: 1.15rem; line-height: 1.8; }
.m-small { font-size: .95rem; }
.m-text mark { color: inherit; border-radius: .2rem; padding: 0 .12em;
  background: color-mix(in srgb, #3b82c4 26%, transparent); }
.m-text mark.m-negation { background: color-mix(in srgb, #c2410c 28%, transparent);
  text-decoration: underline; text-underline-offset: .2em; }
.m-text mark.m-limit { background: color-mix(in srgb, #a16207 30%, transparent); }
.m-text mark.m-term { background: none; border-bottom: 2px dotted currentColor; }
.m-text mark.m-finding { background: color-mix(in srgb, #dc2626 34%, transparent);
  outline: 2px solid #dc2626; }
.m-text del { background: color-mix(in srgb, #dc2626 22%, transparent); }
.m-text ins { background: color-mix(in srgb, #15803d 26%, transparent); text-decoration: none; }
.st-key-here { display: none; }
.m-soon { min-height: 0; font-size: .95rem; }
.m-soon:is([data-said="more"], [data-said="altered"]) { position: fixed; inset: auto 1rem 1rem;
  z-index: 1000; background: #fff7e0; color: #222; box-shadow: 0 0 .5rem #0006; }
.m-soon:not(:empty) { border-inline-start: 4px solid #a16207; padding: .15rem .7rem; }
.m-none { opacity: .75; }
/* Streamlit's own are too pale: keys beside names, what is chosen on dark ground. */
[data-testid="stApp"] button kbd { color: inherit; opacity: 1; }
[data-testid="stButtonGroup"] button[aria-checked="true"] { color: inherit !important;
  font-weight: 700; }
[data-testid="stButtonGroup"] button:focus-visible { outline: 2px solid #17788c;
  outline-offset: 1px; }
[data-testid="stMain"]:focus-visible { outline: 2px solid #17788c; outline-offset: -3px; }
.m-unseen.m-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; margin: 0;
  padding: 0; clip-path: inset(50%); white-space: nowrap; }
.m-label { font-size: .85rem; opacity: .8; margin-block: .3rem .15rem; }
.m-tag { display: inline-block; font-size: .8rem; padding: .05rem .5rem; border-radius: 1rem;
  border: 1px solid color-mix(in srgb, currentColor 45%, transparent); margin-inline-end: .35rem; }
.m-risk { border-color: #dc2626; box-shadow: inset 0 0 0 1px #dc2626; font-weight: 600; }
.m-finding-row { border-inline-start: 4px solid #a16207; padding: .15rem .7rem;
  margin-block: .3rem; overflow-wrap: anywhere; }
.m-finding-row.m-error { border-color: #dc2626; }
.m-demo { border-inline-start: 4px solid #e0a100; padding: .2rem .8rem; font-size: .9rem; }
[class*="st-key-list-"] { margin-block-end: -.85rem; }
[class*="st-key-list-"] button { min-height: 1.9rem; padding-block: .1rem; }
[class*="st-key-list-"] button > div { justify-content: flex-start; width: 100%; }
[class*="st-key-list-"] button p { white-space: nowrap; overflow: hidden; text-overflow: ellipsis; }
@media (max-width: 640px) {
  .st-key-keys { display: none; }
  [data-testid="stMainBlockContainer"] { padding-inline: .9rem; }
  .st-key-desk > [data-testid="stLayoutWrapper"] > [data-testid="stHorizontalBlock"],
  .st-key-desk > [data-testid="stHorizontalBlock"] { flex-direction: column-reverse; }
}
textarea { unicode-bidi: plaintext; }
.st-key-wording-rtl textarea { direction: rtl; font-size: 1.2rem; }
</style>"""

# Texts of catalogs have a direction of their own; tables, plots and code run from the left always.
RIGHT_TO_LEFT_STYLE = """<style>
[data-testid="stMainBlockContainer"], [data-testid="stHeader"], [data-testid="stSidebar"],
[data-testid="stPopoverBody"], [data-testid="stTooltipContent"], [data-testid="stToast"],
[data-testid="stDialog"], [data-baseweb="popover"] { direction: rtl; }
[data-testid="stDataFrame"], [data-testid="stVegaLiteChart"], [data-testid="stCode"], code, pre,
[data-baseweb="calendar"], [class*="st-key-list-"] button { direction: ltr; }
code { unicode-bidi: isolate; }
[data-testid="stCaptionContainer"], [data-testid="stHeading"] *, [data-testid="stMarkdown"] *,
input { text-align: start; }
input, .m-why, [data-testid="stAlertContainer"] p, [class*="st-key-list-"] button p {
  unicode-bidi: plaintext; text-align: start; }
</style>"""
