import type { Language } from '@jackalope/contracts'
import escapeHtml from 'escape-html'
import { textsIn } from './language.ts'

/** What a mail says, in the order of reading. Values are plain text without line breaks. */
export interface Letter {
  /** Title of the HTML part. */
  title: string
  blocks: readonly Block[]
  /** Why this mail was sent. */
  footer: string
  /** Comes last, after the footer. @default nothing */
  postscript?: readonly Block[]
  /** @default en */
  language?: Language
}

export type Block =
  | { kind: 'paragraph'; text: string }
  /** Lines that stand out, the first in bold. */
  | { kind: 'facts'; lines: readonly string[] }
  /** An address to open, written out: readers see where it leads. */
  | { kind: 'link'; url: string }
  /** Shell commands. Every value in them must be quoted for the shell. */
  | { kind: 'commands'; lines: readonly string[] }

export const paragraph = (text: string): Block => ({ kind: 'paragraph', text })
export const facts = (...lines: string[]): Block => ({ kind: 'facts', lines })
export const link = (url: string): Block => ({ kind: 'link', url })
export const commands = (...lines: string[]): Block => ({ kind: 'commands', lines })

/** Longest line of a paragraph in the text part, in characters (RFC 3676, section 4.2, advises 78 at most). */
const maxLineLength = 72

/** Both parts of a mail. The HTML part is a plain page without images, foreign styles or anything that reports when the
 *  mail is read. */
export function renderLetter(letter: Letter): { text: string; html: string } {
  return { text: renderText(letter), html: renderHtml(letter) }
}

function renderText({ blocks, footer, postscript = [], language }: Letter): string {
  const { greeting } = textsIn(language)
  const parts = [greeting, ...blocks.map(blockText), wrap(footer), ...postscript.map(blockText)]
  return `${parts.join('\n\n')}\n`
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return wrap(block.text)
    case 'link':
      return `    ${block.url}`
    default:
      return block.lines.map(line => `    ${line}`).join('\n')
  }
}

function wrap(text: string): string {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > maxLineLength) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].join('\n')
}

function renderHtml({ title, blocks, footer, postscript = [], language = 'en' }: Letter): string {
  return `<!doctype html>
<html lang="${language}">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
<p>${escapeHtml(textsIn(language).greeting)}</p>
${blocks.map(blockHtml).join('\n')}
<p>${escapeHtml(footer)}</p>
${postscript.map(blockHtml).join('\n')}
</body>
</html>
`
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${escapeHtml(block.text)}</p>`
    case 'facts': {
      const [first = '', ...others] = block.lines.map(escapeHtml)
      return `<p>${[`<strong>${first}</strong>`, ...others].join('<br>')}</p>`
    }
    case 'link': {
      const url = escapeHtml(block.url)
      return `<p><a href="${url}">${url}</a></p>`
    }
    case 'commands':
      return `<pre>${block.lines.map(escapeHtml).join('\n')}</pre>`
  }
}
