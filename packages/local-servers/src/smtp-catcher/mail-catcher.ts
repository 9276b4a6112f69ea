import { randomBytes } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server'

export interface MailCatcherOptions {
  /** Address to listen on. @default 127.0.0.1 */
  host?: string
  port: number
  /** Folder that receives one `.eml` file for each mail. Created if missing. */
  mailDir: string
}

export interface MailCatcher {
  close(): Promise<void>
}

const maxMailBytes = 10 * 1024 * 1024

/** Accepts mails to any address, stores each as a file and delivers none. */
export async function startMailCatcher({
  host = '127.0.0.1',
  port,
  mailDir,
}: MailCatcherOptions): Promise<MailCatcher> {
  await mkdir(mailDir, { recursive: true })
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: maxMailBytes,
    logger: false,
    onData: (stream, _session, done) => {
      keep(stream, mailDir).then(() => done(), done)
    },
  })
  // A client that disconnects during a mail must not end the server.
  server.on('error', () => {})
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      resolve()
    })
  })
  return { close: () => new Promise(resolve => server.close(resolve)) }
}

async function keep(stream: SMTPServerDataStream, mailDir: string): Promise<void> {
  const time = new Date().toISOString().replace(/[:.]/g, '-')
  const file = join(mailDir, `${time}-${randomBytes(4).toString('hex')}.eml`)
  const unfinished = `${file}.part`
  try {
    await pipeline(stream, createWriteStream(unfinished, { mode: 0o600 }))
    if (stream.sizeExceeded) throw tooLarge()
    // A file is renamed to .eml when it is complete.
    await rename(unfinished, file)
  } catch (error) {
    await rm(unfinished, { force: true })
    throw error
  }
}

function tooLarge(): Error {
  return Object.assign(new Error(`The mail is larger than ${maxMailBytes} bytes`), { responseCode: 552 })
}
