import type { ComponentChildren } from 'preact'
import './records.css'

export interface Column<Row> {
  name: string
  cell: (row: Row) => ComponentChildren
  isNumber?: boolean
  /** Shows its heading to screen readers alone, such as that of buttons. */
  isHidden?: boolean
}

interface RecordsProps<Row> {
  /** What they are, for screen readers. */
  caption: string
  /** The first one names the row. */
  columns: readonly Column<Row>[]
  rows: readonly Row[]
  keyOf: (row: Row) => string
}

/** Records as a table; as cards where the window is narrow. */
export function Records<Row>({ caption, columns, rows, keyOf }: RecordsProps<Row>) {
  // The roles stay when the style makes cards of the rows: browsers would take them away (WCAG 2.2, 1.3.1).
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: the style takes them away.
    <table class="table records" role="table">
      <caption class="visually-hidden">{caption}</caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ name, isNumber, isHidden }) => (
            <th key={name} role="columnheader" scope="col" class={isNumber ? 'number' : undefined}>
              <span class={isHidden ? 'visually-hidden' : undefined}>{name}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map(row => (
          <tr key={keyOf(row)} role="row">
            {columns.map((column, index) => (
              <RecordCell key={column.name} column={column} row={row} isHead={index === 0} />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: the style takes them away.
  )
}

function RecordCell<Row>({ column, row, isHead }: { column: Column<Row>; row: Row; isHead: boolean }) {
  const { name, cell, isNumber, isHidden } = column
  const content = (
    <>
      {!isHead && !isHidden && (
        <span class="record-label" aria-hidden="true">
          {name}
        </span>
      )}
      <div class="record-value">{cell(row)}</div>
    </>
  )
  return isHead ? (
    // biome-ignore lint/a11y/noRedundantRoles: the style takes it away.
    <th role="rowheader" scope="row">
      {content}
    </th>
  ) : (
    // biome-ignore lint/a11y/noRedundantRoles: the style takes it away.
    <td role="cell" class={isNumber ? 'number' : undefined}>
      {content}
    </td>
  )
}
