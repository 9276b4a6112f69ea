import { STATUS_CODES } from 'node:http'
import type { ListedProblem } from '@jackalope/service-kit/openapi'
import escapeHtml from 'escape-html'

/** A page that says what each code means. The `type` of a problem leads to its code here. */
export function problemsPage(problems: readonly ListedProblem[]): string {
  const sections = [...Map.groupBy(problems, ({ status }) => status)].map(
    ([status, kinds]) =>
      `<h2>${status} ${STATUS_CODES[status] ?? ''}</h2>\n<dl>\n${kinds.map(entry).join('\n')}\n</dl>`,
  )
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Jackalope API: problems</title>
<link rel="icon" href="/docs/icon.svg">
<link rel="stylesheet" href="/docs/docs.css">
<body class="page">
<h1>Problems</h1>
<p>An answer of status 400 or more is a problem (RFC 9457). Programs look at its <code>code</code>.</p>
${sections.join('\n')}
</html>
`
}

function entry({ code, meaning, operations }: ListedProblem): string {
  const where =
    operations === 'any'
      ? 'any request'
      : operations.map(each => `<code>${escapeHtml(each)}</code>`).join(', ')
  return `<dt id="${escapeHtml(code)}"><code>${escapeHtml(code)}</code></dt>
<dd>${escapeHtml(meaning)}<br><span class="operations">${where}</span></dd>`
}
