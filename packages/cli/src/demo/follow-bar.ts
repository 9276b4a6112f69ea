import { setTimeout as delay } from 'node:timers/promises'
import type { Locator } from 'playwright-core'
import { CliError } from '../cli-error.ts'
import type { Terminal } from '../terminal.ts'
import { downloadLink, failureButton } from './page-guide.ts'

const pollMs = 200

export interface BarOptions {
  terminal: Pick<Terminal, 'progress'>
  signal: AbortSignal
}

/** Follows the bar of a file on the page, which first tells of the upload and then of the conversion, until the audio can be
 *  downloaded.
 *  @throws {CliError} with what the page says when it failed */
export async function followBar(row: Locator, { terminal, signal }: BarOptions): Promise<void> {
  const progress = await terminal.progress('Uploading and converting')
  try {
    while ((await downloadLink(row).count()) === 0) {
      if ((await failureButton(row).count()) > 0) {
        progress.stop()
        const [text] = await row.getByRole('paragraph').allInnerTexts()
        throw new CliError(`the conversion failed; the page says: ${text}`)
      }
      const [percent] = await row.getByRole('progressbar').evaluateAll(readValues)
      if (percent !== undefined) progress.update(percent)
      await delay(pollMs, undefined, { signal })
    }
    progress.update(100)
  } finally {
    progress.stop()
  }
}

/** Runs in the page. */
function readValues(bars: unknown[]): number[] {
  return bars.map(bar => (bar as { value: number }).value)
}
