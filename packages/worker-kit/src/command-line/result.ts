/** What a command gives. With `--json` stdout is one object: `{ "command": ..., "queue"?: ..., "items": [...],
 *  "total"?: ... }`, dates as ISO 8601, binary content as base64; on failure `{ "error": { "code", "message" } }`. */
export interface CommandResult {
  items: readonly object[]
  /** How many there are in all, where `items` is a page. */
  total?: number
  /** For people. */
  text: string
  /** Something of what was asked for could not be done. */
  error?: Error & { code: string }
}

export function resultAsJson(command: string, queue: string | undefined, result: CommandResult): string {
  const { items, total, error } = result
  const failure = error && { code: error.code, message: error.message }
  return JSON.stringify({ command, queue, items: items.map(asJson), total, error: failure }, undefined, 2)
}

function asJson(item: object): object {
  return Object.fromEntries(
    Object.entries(item).map(([key, value]) => {
      if (Buffer.isBuffer(value)) return [key, value.toString('base64')]
      if (value instanceof Error)
        return [key, { code: (value as { code?: unknown }).code, message: value.message }]
      return [key, value]
    }),
  )
}
