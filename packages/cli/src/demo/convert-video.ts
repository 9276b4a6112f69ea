import { stat } from 'node:fs/promises'
import { basename } from 'node:path'
import type { CommandContext } from '../command.ts'
import type { RunningSystem } from '../system/start-system.ts'
import { mebibytes, seconds } from '../terminal.ts'
import { followJob } from './follow-job.ts'
import { createGatewayClient } from './gateway-client.ts'
import { newUser } from './new-user.ts'
import { saveAudio } from './save-audio.ts'
import { createStopwatch } from './stopwatch.ts'
import { tellOfMail } from './tell-of-mail.ts'
import { verifyAddress } from './verify-address.ts'

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
  const user = newUser()
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
  const told = await tellOfMail({ mail, mailDir }, user.email, signal)

  const length = job.result ? `${job.result.durationSeconds.toFixed(1)} s of audio, ` : ''
  terminal.line()
  terminal.line(`The ${(format ?? 'mp3').toUpperCase()}: ${file}`)
  terminal.line(`         ${length}${mebibytes((await stat(file)).size)}`)
  terminal.line(told)
  terminal.line(`It took ${seconds(performance.now() - began)} from registration to mail.`)
}
