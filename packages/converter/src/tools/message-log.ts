import type { Readable } from 'node:stream'

/** A message of a tool, and how often it came with other numbers in it. */
export interface Message {
  /** The first one, without its end if it is very long. */
  text: string
  count: number
}

const maxKinds = 200
/** Lines at the end that are kept in any case: a summary stands there. */
const maxLastLines = 20
const maxLineLength = 1_000
const repetition = /^\s*Last message repeated (\d+) times$/

/** Collects what a tool says on stderr, by kinds: a damaged file causes the same message for each of a million packets,
 *  and the rare ones between them count too. Memory is bounded.
 *  @returns a function that gives the messages so far, in the order of their first appearance */
export function collectMessages(stream: Readable | null | undefined): () => Message[] {
  const kinds = new Map<string, Message>()
  let lastLines: Message[] = []
  let last: Message | undefined
  const add = (line: string) => {
    const [, times] = repetition.exec(line) ?? []
    if (times !== undefined) {
      if (last) last.count += Number(times)
      return
    }
    if (line.trim() === '') return
    const kind = line.replaceAll(/0x[0-9a-f]+|-?\d+(\.\d+)?/g, '#')
    last = kinds.get(kind)
    if (last) last.count += 1
    else {
      last = { text: line, count: 1 }
      if (kinds.size < maxKinds) kinds.set(kind, last)
      else lastLines = [...lastLines, last].slice(-maxLastLines)
    }
  }
  let rest = ''
  stream?.on('data', (chunk: Buffer | string) => {
    const lines = (rest + chunk.toString()).split(/[\r\n]+/)
    rest = (lines.pop() ?? '').slice(0, maxLineLength)
    for (const line of lines) add(line.slice(0, maxLineLength))
  })
  return () => {
    add(rest)
    rest = ''
    return [...kinds.values(), ...lastLines]
  }
}

export function textOf(messages: readonly Message[]): string {
  return messages.map(({ text }) => text).join('\n')
}
