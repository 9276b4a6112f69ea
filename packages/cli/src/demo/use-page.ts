import { createReadStream } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Page } from 'playwright-core'
import { dropFiles } from '../browser/drop-files.ts'
import { CliError } from '../cli-error.ts'
import type { Terminal } from '../terminal.ts'
import { findMail } from './find-mail.ts'
import { followBar } from './follow-bar.ts'
import type { Credentials } from './gateway-client.ts'
import { confirmAddress, downloadLink, dropZone, fileRow, signUp } from './page-guide.ts'
import { linkIn } from './read-link.ts'
import { saveAudio } from './save-audio.ts'
import type { Stopwatch } from './stopwatch.ts'

export interface PageUse {
  /** Address of the page. */
  address: string
  user: Credentials
  video: string
  /** @default mp3 */
  format?: string | undefined
  /** Folder of the caught mails; without one the address stays unconfirmed. */
  mailDir?: string | undefined
  /** Where the audio goes if the video's folder is not writable. */
  fallbackDir: string
  timed: Stopwatch
  terminal: Pick<Terminal, 'progress'>
  signal: AbortSignal
}

const mailWithinMs = 30_000

/** Does what a person does who has never been there: signs up, opens the link of the mail, drops a video, waits for its bar,
 *  and downloads the audio; gives its file.
 *  @throws {CliError} when the conversion failed, or no mail came */
export async function usePage(page: Page, use: PageUse): Promise<string> {
  const { address, user, video, format, mailDir, timed, signal } = use
  await timed(`Opened ${address}`, async () => {
    await page.goto(address)
    await page.getByRole('heading', { level: 1 }).waitFor()
  })
  await timed(`Signed up as ${user.email}`, () => signUp(page, user))
  if (mailDir)
    await timed('Opened the link in the mail, and confirmed the address', async () => {
      const mail = await findMail(mailDir, {
        to: user.email,
        kind: 'account',
        withinMs: mailWithinMs,
        signal,
      })
      const link = mail && linkIn(await readFile(mail, 'latin1'))
      if (!link)
        throw new CliError(
          `no mail has come to confirm ${user.email}; the logs of auth and notifier tell why`,
        )
      await confirmAddress(page, link)
    })
  const row = fileRow(page, basename(video))
  await timed('Dropped the video', async () => {
    if (format) await page.getByRole('radio', { name: new RegExp(`^${format}`, 'i') }).check()
    await dropFiles(dropZone(page), [video])
    await row.waitFor()
  })
  await timed('Converted', () => followBar(row, use))
  return await timed('Downloaded', async () => {
    const [download] = await Promise.all([page.waitForEvent('download'), downloadLink(row).click()])
    const audio = createReadStream(await download.path())
    return await saveAudio(audio, { video, extension: format, fallbackDir: use.fallbackDir })
  })
}
