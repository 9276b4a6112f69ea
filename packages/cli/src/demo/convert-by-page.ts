import { mkdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { BrowserContext, Page } from 'playwright-core'
import { chromiumOptions, limitWaits } from '../browser/chromium.ts'
import { CliError } from '../cli-error.ts'
import type { CommandContext } from '../command.ts'
import type { RunningSystem } from '../system/start-system.ts'
import { mebibytes, seconds } from '../terminal.ts'
import type { AudioFormat } from './convert-video.ts'
import { newUser } from './new-user.ts'
import { createStopwatch } from './stopwatch.ts'
import { tellOfMail } from './tell-of-mail.ts'
import { usePage } from './use-page.ts'

/** Converts one video as a person does, in a browser without a window, and takes a picture of the page at the end.
 *  @throws {CliError} with the reason of a failure
 *  @throws {LocalServerError} when there is no browser */
export async function convertByPage(
  { video, format }: { video: string; format?: AudioFormat | undefined },
  system: RunningSystem,
  context: CommandContext,
): Promise<void> {
  const { terminal, project, signal } = context
  const began = performance.now()
  const timed = createStopwatch((text, tookMs) => terminal.done(text, tookMs))
  const user = newUser()
  terminal.line(`Converting ${basename(video)} (${mebibytes((await stat(video)).size)}) in a browser ...`)
  await mkdir(project.samples, { recursive: true })
  const picture = join(project.samples, 'page.png')

  const file = await inBrowser(context, async page => {
    const saved = await usePage(page, {
      ...{ user, video, format, timed, terminal, signal },
      address: system.urls.gateway,
      mailDir: system.mailDir,
      fallbackDir: context.cwd,
    })
    await page.screenshot({ path: picture, fullPage: true })
    return saved
  })
  const told = await tellOfMail(system, user.email, signal)
  terminal.line()
  terminal.line(`The ${(format ?? 'mp3').toUpperCase()}: ${file}`)
  terminal.line(`         ${mebibytes((await stat(file)).size)}`)
  terminal.line(`The page: ${system.urls.gateway}, and a picture of it: ${picture}`)
  terminal.line(told)
  terminal.line(`It took ${seconds(performance.now() - began)} from the first view to the mail.`)
}

async function inBrowser<T>(
  { env, signal }: CommandContext,
  work: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const { chromium, errors } = await import('playwright-core')
  const browser = await chromium.launch(chromiumOptions(env))
  const close = () => void browser.close()
  signal.addEventListener('abort', close, { once: true })
  try {
    const context = limitWaits(
      await browser.newContext({ locale: 'en-GB', viewport: { width: 1280, height: 800 } }),
    )
    return await work(await context.newPage(), context)
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof errors.TimeoutError)
      throw new CliError(`the page did not become what was expected: ${cause.message}`, { cause })
    throw cause
  } finally {
    signal.removeEventListener('abort', close)
    await browser.close()
  }
}
