import type { Context } from 'koa'
import { Html, html } from './html.ts'
import { pageMark } from './page-mark.ts'
import { pageStyle, pageStyleSource } from './page-style.ts'

/** A page as its reader sees it. */
export interface Page {
  /** Shown as the heading, and in the title of the window. */
  title: string
  content: Html
}

const policy = [
  "default-src 'none'",
  `style-src ${pageStyleSource}`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** What browsers may do with a page whose address holds a secret: no script, no frame, no copy, no referrer. */
const headers = {
  'Content-Security-Policy': policy,
  'Cache-Control': 'no-store',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'X-Robots-Tag': 'noindex',
}

/** Answers with a page. */
export function sendPage(ctx: Context, status: number, { title, content }: Page): void {
  ctx.status = status
  ctx.set(headers)
  ctx.body = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} – Jackalope</title>
<style>${new Html(pageStyle)}</style>
</head>
<body>
${pageMark}
<main>
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`.text
  ctx.set('Content-Type', 'text/html; charset=utf-8')
}
