import { createInterface } from 'node:readline/promises'
import type { Readable } from 'node:stream'
import type { Output, Progress } from './progress-bar.ts'

/** Output of commands on stdout. Errors go to stderr. */
export interface Terminal {
  /** Whether a person sits there: input and output are a terminal. */
  isInteractive: boolean
  line(text?: string): void
  /** Reports a finished step and its duration. */
  done(text: string, tookMs: number): void
  /** A bar on a terminal; elsewhere a line for each quarter. */
  progress(title: string): Promise<Progress>
  /** Asks on a terminal; Enter means yes. Without a terminal the answer is yes. */
  confirm(question: string, signal?: AbortSignal): Promise<boolean>
}

export interface TerminalStreams {
  stdin: Readable & { isTTY?: boolean }
  stdout: Output
}

export function createTerminal({ stdin, stdout }: TerminalStreams): Terminal {
  const line = (text = '') => void stdout.write(`${text}\n`)
  const isInteractive = Boolean(stdin.isTTY && stdout.isTTY)
  return {
    isInteractive,
    line,
    done: (text, tookMs) => line(`  ${text} (${seconds(tookMs)})`),
    progress: async title => {
      if (!stdout.isTTY) return quarters(title, line)
      // Loaded late, since `down` must work where no package is installed.
      const { progressBar } = await import('./progress-bar.ts')
      return progressBar(title, stdout)
    },
    async confirm(question, signal) {
      if (!isInteractive) return true
      const dialogue = createInterface({ input: stdin, output: stdout })
      try {
        const answer = await dialogue.question(`${question} [Y/n] `, { signal })
        return /^(y.*)?$/i.test(answer.trim())
      } finally {
        dialogue.close()
      }
    },
  }
}

/** A duration in words: `0.4 s`, `75 s`. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(milliseconds < 59_950 ? 1 : 0)} s`
}

/** A size in words: `3.2 MiB`. */
export function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}

function quarters(title: string, line: (text: string) => void): Progress {
  let shown = -1
  let stopped = false
  return {
    update(percent) {
      const quarter = Math.floor(percent / 25) * 25
      if (stopped || quarter <= shown) return
      shown = quarter
      line(`  ${title} ${quarter} %`)
    },
    stop() {
      stopped = true
    },
  }
}
