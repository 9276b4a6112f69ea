import { createConnection } from 'node:net'
import { join } from 'node:path'
import { serverEnvironment } from '../process/environment.ts'
import { type LocalServer, type ServerRecipe, type StartOptions, startServer } from '../server.ts'

/** A mail server that stores every mail and delivers none. */
export interface SmtpCatcher extends LocalServer {
  /** Folder of the mails, one `.eml` file each, oldest first by name. */
  readonly mailDir: string
}

export async function startSmtpCatcher(options: StartOptions): Promise<SmtpCatcher> {
  const server = await startServer(smtpCatcher, options)
  return { ...server, mailDir: mailDirIn(server.dir) }
}

const smtpCatcher: ServerRecipe = {
  name: 'smtp-catcher',
  title: 'Mail catcher',
  readyWithinMs: 30_000,
  stopWithinMs: 10_000,
  commands: ({ dir, ports }) => [
    {
      file: process.execPath,
      args: [join(import.meta.dirname, '../smtp-catcher/main.ts'), String(ports.main), mailDirIn(dir)],
      env: serverEnvironment(),
      cwd: dir,
    },
  ],
  check: ({ ports }) => readGreeting(ports.main),
  url: ({ ports }) => `smtp://127.0.0.1:${ports.main}`,
}

function mailDirIn(dir: string): string {
  return join(dir, 'mail')
}

// An SMTP server speaks first: `220 name ESMTP`.
function readGreeting(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = createConnection({ host: '127.0.0.1', port, timeout: 2_000 })
    const end = (error?: Error) => {
      socket.destroy()
      if (error) reject(error)
      else resolve()
    }
    socket.once('error', end)
    socket.once('timeout', () => end(new Error('no greeting')))
    socket.once('close', () => end(new Error('the connection was closed')))
    socket.once('data', data =>
      end(data.toString('latin1').startsWith('220') ? undefined : new Error(`unexpected greeting: ${data}`)),
    )
  })
}
