import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '../free-port.ts'
import { onEnd } from './clean-up.ts'

export interface ServiceProcess {
  url: string
  child: ChildProcess
  /** All that it has logged so far. */
  lines: ReadonlyArray<Record<string, unknown>>
  /** Resolves with the first line, past or future, of that message. */
  logged(message: string): Promise<Record<string, unknown>>
  /** Exit code and everything on the error output. */
  ended: Promise<{ code: number | null; stderr: string }>
}

/** A service as it is run: its `main.ts` in a process of its own, killed after the test.
 *  @param env - all of its environment, but for `PORT` */
export async function startService(
  t: TestContext,
  main: URL,
  env: Record<string, string>,
): Promise<ServiceProcess> {
  const port = await findFreePort()
  const child = spawn(process.execPath, [fileURLToPath(main)], {
    env: { PORT: String(port), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onEnd(t, () => child.kill('SIGKILL'))
  const lines: Array<Record<string, unknown>> = []
  const output = createInterface(child.stdout).on('line', line => lines.push(JSON.parse(line)))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const signal = AbortSignal.timeout(60_000)
  return {
    url: `http://127.0.0.1:${port}`,
    child,
    lines,
    async logged(message) {
      for (;;) {
        const found = lines.find(({ msg }) => msg === message)
        if (found) return found
        await once(output, 'line', { signal })
      }
    },
    ended: once(child, 'close').then(([code]) => ({ code, stderr })),
  }
}
