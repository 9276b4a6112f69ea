import { randomBytes } from 'node:crypto'
import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CommandContext } from '../command.ts'
import type { MailSetting } from '../system/mail-setting.ts'
import type { RunningSystem } from '../system/start-system.ts'
import { seconds } from '../terminal.ts'
import { findMail } from './find-mail.ts'
import { followJob } from './follow-job.ts'
import { createGatewayClient } from './gateway-client.ts'
import { saveAudio } from './save-audio.ts'
import { verifyAddress } from './verify-address.ts'

const mailWithinMs = 30_000

export const audioFormats = ['mp3', 'm4a', 'opus', 'flac', 'wav'] as const
export type AudioFormat = (typeof audioFormats)[number]

/** Converts one video as a user with `curl` does, only through the gateway.
 *  @throws {CliError} with the reason of a failure */
export async function convertVideo(
  { video, format }: { video: string; format?: AudioFormat | undefined },
  { urls, mail, mailDir }: RunningSystem,
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
  if (mailDir) {
    const address = { client, mailDir, email: user.email, signal }
    await timed('Confirmed the address by the link in the mail', () => verifyAddress(address))
  }
  const token = await timed('Logged in', () => client.login(user))
  const id = await timed('Uploaded', async () => {
    const progress = await terminal.progress('Uploading')
    const onSent = (sent: number, size: number) => progress.update((100 * sent) / size)
    return await client.upload(token, video, { onSent, options: { format } }).finally(() => progress.stop())
  })
  const job = await timed('Converted', () => followJob({ client, token, id, terminal, signal }))
  const file = await timed('Downloaded', async () => {
    const audio = await client.audio(token, id)
    return await saveAudio(audio, { video, extension: format, fallbackDir: cwd })
  })
  const told = await tellOfMail(mail, { mailDir, email: user.email, signal })

  const length = job.result ? `${job.result.durationSeconds.toFixed(1)} s of audio, ` : ''
  terminal.line()
  terminal.line(`The ${(format ?? 'mp3').toUpperCase()}: ${file}`)
  terminal.line(`         ${length}${mebibytes((await stat(file)).size)}`)
  terminal.line(told)
  terminal.line(`It took ${seconds(performance.now() - began)} from registration to mail.`)
}

async function tellOfMail(
  mail: MailSetting,
  { mailDir, email, signal }: { mailDir?: string | undefined; email: string; signal: AbortSignal },
): Promise<string> {
  if (mail === 'off') return 'No mail was sent (MAIL=off).'
  if (!mailDir)
    return `The given SMTP_URL got the mail that confirms ${email}; until that is done, there is no other.`
  const file = await findMail(mailDir, { to: email, kind: 'audio-ready', withinMs: mailWithinMs, signal })
  return `The mail: ${file ?? `has not come yet; it will be in ${mailDir}`}`
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
