import type { Context } from 'koa'
import { Html, html } from './html.ts'
import { languageOf, type PageLanguage, textsOf } from './page-language.ts'
import { pageMark } from './page-mark.ts'
import { pageStyle, pageStyleSource } from './page-style.ts'
import type { PageTexts } from './texts/en.ts'

/** A page as its reader sees it. */
export interface Page {
  /** Shown as the heading, and in the title of the window. */
  title: string
  content: Html
}

/** A page in the language of its reader. */
export type WordedPage = (texts: PageTexts, language: PageLanguage) => Page

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

/** Answers with a page, in the language that the browser asks for. */
export function sendPage(ctx: Context, status: number, page: WordedPage): void {
  const language = languageOf(ctx)
  const { title, content } = page(textsOf(language), language)
  ctx.status = status
  ctx.set(headers)
  ctx.vary('Accept-Language')
  ctx.body = html`<!doctype html>
<html lang="${language}">
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
