import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CommandContext } from '../command.ts'
import type { RunningSystem } from '../system/start-system.ts'
import { seconds } from '../terminal.ts'
import { findMail } from './find-mail.ts'
import { followJob } from './follow-job.ts'
import { createGatewayClient } from './gateway-client.ts'
import { saveAudio } from './save-audio.ts'

const mailWithinMs = 30_000

/** Converts one video as a user with `curl` does, only through the gateway.
 *  @throws {CliError} with the reason of a failure */
export async function convertVideo(
  video: string,
  { urls, mail: mailSetting, mailDir }: RunningSystem,
  { terminal, cwd, signal }: CommandContext,
): Promise<void> {
  const began = performance.now()
  const client = createGatewayClient(urls.gateway, signal)
  const user = {
    email: `demo-${randomBytes(4).toString('hex')}@example.com`,
    password: randomBytes(12).toString('base64url'),
  }
  terminal.line(`Converting ${basename(video)} (${mebibytes((await stat(video)).size)}) ...`)
  const timed = createStopwatch((text, tookMs) => terminal.done(text, tookMs))

  await timed(`Registered ${user.email}`, () => client.register(user))
  const token = await timed('Logged in', () => client.login(user))
  const path = await timed('Uploaded', async () => {
    const progress = await terminal.progress('Uploading')
    const onSent = (sent: number, size: number) => progress.update((100 * sent) / size)
    return await client.upload(token, video, onSent).finally(() => progress.stop())
  })
  const job = await timed('Converted', () => followJob({ client, token, path, terminal, signal }))
  const file = await timed('Downloaded', async () => {
    const audio = await client.audio(token, path)
    return await saveAudio(audio, { video, fallbackDir: cwd })
  })
  const mail = mailDir && (await findMail(mailDir, user.email, { withinMs: mailWithinMs, signal }))

  const length = job.result ? `${job.result.durationSeconds.toFixed(1)} s of audio, ` : ''
  terminal.line()
  terminal.line(`The MP3: ${file}`)
  terminal.line(`         ${length}${mebibytes((await stat(file)).size)}`)
  if (mailDir) terminal.line(`The mail: ${mail ?? `has not come yet; it will be in ${mailDir}`}`)
  else
    terminal.line(
      mailSetting === 'off' ? 'No mail was sent (MAIL=off).' : 'The mail went to the given SMTP_URL.',
    )
  terminal.line(`It took ${seconds(performance.now() - began)} from registration to mail.`)
}

type Report = (text: string, tookMs: number) => void

function createStopwatch(report: Report) {
  return async <T>(text: string, work: () => Promise<T>): Promise<T> => {
    const began = performance.now()
    const result = await work()
    report(text, performance.now() - began)
    return result
  }
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(1)} MiB`
}
