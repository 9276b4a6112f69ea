/** A statement with `$1`, `$2` ... for each `?`, as PostgreSQL takes it. Our statements have no other `?`. */
export function toNumbered(sql: string): string {
  let count = 0
  return sql.replaceAll('?', () => {
    count += 1
    return `$${count}`
  })
}
