import { html } from './html.ts'

/** The horned rabbit of packages/page (`look/mark.tsx`), with our name. It leads to the start. */
export const pageMark = html`<header><a class="brand" href="/"><svg viewBox="0 0 64 64" aria-hidden="true">
<g class="horns"><path d="M19 38C11 34 7.5 27 8 13M8.3 25.5 2.5 19M12 33.5 4 33M8 13"/>
<path d="M45 38C53 34 56.5 27 56 13M55.7 25.5 61.5 19M52 33.5 60 33"/></g>
<g class="head"><path d="M29.5 33C24 30 17.5 18 19.5 7.5 20.3 3.3 24.5 3 26.5 6.5 30.5 13.5 31.5 24 31 32Z"/>
<path d="M34.5 33C40 30 46.5 18 44.5 7.5 43.7 3.3 39.5 3 37.5 6.5 33.5 13.5 32.5 24 33 32Z"/>
<path d="M32 28.5c10.5 0 17 7.5 17 16.5 0 9.5-7.5 16-17 16s-17-6.5-17-16c0-9 6.5-16.5 17-16.5Z"/></g>
<g class="face"><circle cx="25" cy="43.5" r="2.8"/>
<circle cx="39" cy="43.5" r="2.8"/>
<path d="M29 50.5h6l-3 3.4Z"/></g>
</svg>Jackalope</a></header>`
