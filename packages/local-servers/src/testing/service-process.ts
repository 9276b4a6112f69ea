import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '../free-port.ts'
import { compileCache } from '../process/environment.ts'
import { type CleanUpOwner, onEnd } from './clean-up.ts'
import { type LogLine, LogLines } from './log-lines.ts'

export interface ServiceProcess {
  url: string
  child: ChildProcess
  /** All lines that it has logged so far. */
  lines: readonly LogLine[]
  /** Resolves with the first line, past or future, that has this message.
   *  @throws {Error} after 60 s, or when the process has ended without it */
  logged(message: string): Promise<LogLine>
  /** Resolves when the process has ended, with everything that it wrote to stderr. */
  ended: Promise<{ code: number | null; signal: NodeJS.Signals | null; stderr: string }>
}

/** Runs a service's `main.ts` in a process of its own, which is killed after the test.
 *  @param env - its whole environment, besides the place of compiled modules. @default for `PORT`: a free port */
export async function startService(
  owner: CleanUpOwner,
  main: URL,
  env: Record<string, string | undefined>,
): Promise<ServiceProcess> {
  const port = env.PORT ?? String(await findFreePort())
  const child = spawn(process.execPath, [fileURLToPath(main)], {
    env: { PORT: port, [compileCache]: process.env[compileCache], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const log = new LogLines()
  createInterface(child.stdout).on('line', line => log.write(line))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const ended = once(child, 'close').then(([code, signal]) => ({ code, signal, stderr }))
  onEnd(owner, async () => {
    child.kill('SIGKILL')
    await ended
  })
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    lines: log.all,
    ended,
    logged: message =>
      Promise.race([
        log.logged(message),
        ended.then(({ code, signal }) => {
          const line = log.all.find(({ msg }) => msg === message)
          if (line) return line
          throw new Error(`The service ended (${signal ?? code}) and had not logged "${message}": ${stderr}`)
        }),
      ]),
  }
}
