import { createHash } from 'node:crypto'

/** Style of all pages, with the colors and shapes of packages/page (`look/tokens.css`). It loads nothing, and follows the reader's
 *  choice of light or dark. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #f6f3ec; --card: #fffdf8; --ink: #23261f; --soft: #5a5f55; --line: #ddd6c7; --edge: #7d7868;
  --act: #17594a; --act-strong: #0f4438; --on-act: #fff; --horn: #9a5310; --bad: #a4161a; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #15181a; --card: #1e2225; --ink: #ece9e1; --soft: #adb0a8; --line: #343a3e; --edge: #7f8785; --act: #86d8bf;
    --act-strong: #a9e6d3; --on-act: #0e211c; --horn: #f0b35f; --bad: #ff9a8f; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 1rem; font: 1.0625rem/1.55 system-ui, sans-serif; color: var(--ink); background: var(--paper);
  overflow-wrap: break-word; }
header, main { max-width: 34rem; margin: 0 auto; }
.brand { display: inline-flex; align-items: center; gap: .55rem; padding: .25rem 0; margin-bottom: .75rem; font-size: 1.25rem;
  font-weight: 800; letter-spacing: -.02em; color: var(--ink); text-decoration: none; }
.brand svg { width: 2.5rem; height: 2.5rem; }
.horns { fill: none; stroke: var(--horn); stroke-width: 4.5; stroke-linecap: round; stroke-linejoin: round; }
.head { fill: var(--act); }
.face { fill: var(--paper); }
main { padding: 1.5rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; }
h1 { margin: 0 0 .75rem; font-size: 1.6rem; line-height: 1.2; letter-spacing: -.015em; }
a { color: var(--act); text-underline-offset: .2em; }
label { display: block; font-weight: 600; }
input, select { width: 100%; min-height: 2.75rem; margin: .3rem 0; padding: .5rem .75rem; font: inherit; color: inherit;
  background: var(--card); border: 1px solid var(--edge); border-radius: .5rem; }
input[aria-invalid] { border: 2px solid var(--bad); }
button { min-height: 2.75rem; margin-top: 1rem; padding: .5rem 1.1rem; font: inherit; font-weight: 600; color: var(--on-act);
  background: var(--act); border: 0; border-radius: .5rem; cursor: pointer; }
button:hover { background: var(--act-strong); }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.error { color: var(--bad); font-weight: 600; }
.hint { margin: .5rem 0 0; font-size: .9375rem; color: var(--soft); }
pre { overflow-x: auto; padding: .75rem; background: var(--paper); border-radius: .5rem; }
`

/** The style as a source in a content security policy (CSP 3, section 2.3.1). */
export const pageStyleSource = `'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`
