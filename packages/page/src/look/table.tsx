import type { ComponentChildren } from 'preact'

interface TableProps {
  /** What the table shows. */
  caption: string
  /** @default true */
  isCaptionHidden?: boolean
  /** Headings; one with `isNumber` is aligned as its numbers are. */
  columns: readonly { name: string; isNumber?: boolean; isHidden?: boolean }[]
  /** The rows: `<tr>` with `<td>`, the first cell `<th scope="row">`. */
  children: ComponentChildren
}

/** A table that scrolls sideways by itself where it is wider than the window; the keyboard reaches it for that. */
export function Table({ caption, isCaptionHidden = true, columns, children }: TableProps) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: an area that scrolls must be reached by keyboard (axe: scrollable-region-focusable).
    <section class="table-scroll" tabIndex={0} aria-label={caption}>
      <table class="table">
        <caption class={isCaptionHidden ? 'visually-hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>
            {columns.map(({ name, isNumber, isHidden }) => (
              <th key={name} scope="col" class={isNumber ? 'number' : undefined}>
                {isHidden ? <span class="visually-hidden">{name}</span> : name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </section>
  )
}
