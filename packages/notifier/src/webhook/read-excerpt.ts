import type { IncomingMessage } from 'node:http'

/** Bytes of an answer that are read, and characters that are kept: owners look at them to find a fault. */
const maxBytes = 4_096
const maxCharacters = 1_000
/** How long an answer is read, in milliseconds: its status has said all that counts. */
const maxReadMs = 2_000

/** Reads the beginning of an answer's body, and cuts its connection: the rest may never end. Never rejects. */
export async function readExcerpt(answer: IncomingMessage, signal: AbortSignal): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  const timer = setTimeout(() => answer.destroy(), maxReadMs)
  const stop = () => answer.destroy()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const chunk of answer) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= maxBytes) break
    }
  } catch {
    // What came until then counts.
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', stop)
    answer.destroy()
  }
  const text = Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8')
  return asText(text) || undefined
}

/** Characters that a database and a terminal take, cut between two of them. */
function asText(text: string): string {
  const shown = text.replace(/[^\P{Cc}\n\t]/gu, '').trim()
  return shown.slice(0, maxCharacters).replace(/[\ud800-\udbff]$/, '')
}
