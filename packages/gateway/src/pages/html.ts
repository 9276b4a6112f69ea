import escapeHtml from 'escape-html'

/** A piece of HTML that is safe to put into a page. */
export class Html {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

type Piece = string | number | Html | undefined

/** Template tag: escapes every value that is no `Html`, for elements and quoted attributes. `undefined` is nothing. */
export function html(parts: TemplateStringsArray, ...values: Piece[]): Html {
  const pieces = parts.map((part, index) => part + render(values[index]))
  return new Html(pieces.join(''))
}

function render(value: Piece): string {
  if (value === undefined) return ''
  if (value instanceof Html) return value.text
  return escapeHtml(String(value))
}

/** Pieces one after the other. */
export function list(pieces: readonly Html[]): Html {
  return new Html(pieces.map(({ text }) => text).join('\n'))
}
