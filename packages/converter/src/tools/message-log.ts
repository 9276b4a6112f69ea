import type { Readable } from 'node:stream'

/** A message of a tool, and how often it came with other numbers in it. */
export interface Message {
  /** The first one, without its end if it is very long. */
  text: string
  count: number
}

const maxKinds = 200
/** More lines than a recording of six hours causes of which a third is damaged. */
const maxLines = 1_000_000
/** Lines at the end that are kept in any case: a summary stands there. */
const maxLastLines = 20
const maxLineLength = 1_000
const repetition = /^\s*Last message repeated (\d+) times$/

/** What a tool has said so far. */
export interface MessageLog {
  /** In the order of their first appearance. */
  messages(): Message[]
  /** Whether it has said more than a recording can be worth: a hostile file has an error in each byte. */
  isFlooded(): boolean
}

/** Collects what a tool says on stderr, by kinds: a damaged file causes the same message for each of a million packets,
 *  and the rare ones between them count too. Memory is bounded.
 *  @param onFlood - called once, when there are too many lines; what follows is not looked at
 *  @param most - lines */
export function collectMessages(
  stream: Readable | null | undefined,
  onFlood: () => void = () => {},
  most = maxLines,
): MessageLog {
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
  let lineCount = 0
  stream?.on('data', (chunk: Buffer | string) => {
    const lines = (rest + chunk.toString()).split(/[\r\n]+/)
    rest = (lines.pop() ?? '').slice(0, maxLineLength)
    if (lineCount > most) return
    lineCount += lines.length
    for (const line of lines) add(line.slice(0, maxLineLength))
    if (lineCount > most) onFlood()
  })
  return {
    messages() {
      add(rest)
      rest = ''
      return [...kinds.values(), ...lastLines]
    },
    isFlooded: () => lineCount > most,
  }
}

export function textOf(messages: readonly Message[]): string {
  return messages.map(({ text }) => text).join('\n')
}
