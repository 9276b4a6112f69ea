import { createHash } from 'node:crypto'

/** Style of all pages. It loads nothing, and follows the reader's choice of light or dark. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1d1d1f; --page: #f6f6f4; --card: #fff; --edge: #86868b; --act: #0b5c4a;
  --on-act: #fff; --bad: #a4161a; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececec; --page: #17181a; --card: #212327; --edge: #8a8f98; --act: #7fd6bf; --on-act: #10211d;
    --bad: #ff8a80; }
}
* { box-sizing: border-box; }
body { margin: 0; padding: 2rem 1rem; font: 1.0625rem/1.5 system-ui, sans-serif; color: var(--text);
  background: var(--page); }
main { max-width: 34rem; margin: 0 auto; padding: 1.5rem 2rem; background: var(--card); border-radius: .75rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
label { display: block; font-weight: 600; }
input { width: 100%; margin: .25rem 0; padding: .6rem; font: inherit; color: inherit; background: var(--page);
  border: 1px solid var(--edge); border-radius: .4rem; }
input[aria-invalid] { border: 2px solid var(--bad); }
button { margin-top: 1rem; padding: .6rem 1.25rem; font: inherit; font-weight: 600; color: var(--on-act);
  background: var(--act); border: 0; border-radius: .4rem; cursor: pointer; }
:focus-visible { outline: 3px solid var(--act); outline-offset: 2px; }
.error { color: var(--bad); font-weight: 600; }
.hint { margin: 0; font-size: .9375rem; }
pre { overflow-x: auto; padding: .75rem; background: var(--page); border-radius: .4rem; }
`

/** The style as a source in a content security policy (CSP 3, section 2.3.1). */
export const pageStyleSource = `'sha256-${createHash('sha256').update(pageStyle).digest('base64')}'`
