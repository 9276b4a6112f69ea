import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { findFreePort } from '@jackalope/local-servers'
import { createClient, jwtSecret, serviceToken, type TestAuth } from './test-auth.ts'

const program = fileURLToPath(new URL('../../src/main.ts', import.meta.url))

export interface AuthProcess extends Pick<TestAuth, 'get' | 'register' | 'login'> {
  child: ChildProcess
  lines: Array<Record<string, unknown>>
  /** Resolves with the first line, past or future, of that message. */
  logged(message: string): Promise<Record<string, unknown>>
  /** Exit code and everything on the error output. */
  ended: Promise<{ code: number | null; stderr: string }>
}

/** Auth as it is run: `main.ts` in a process of its own. */
export async function startAuthProcess(t: TestContext, env: Record<string, string>): Promise<AuthProcess> {
  const port = await findFreePort()
  const child = spawn(process.execPath, [program], {
    env: { PORT: String(port), JWT_SECRET: jwtSecret, SERVICE_TOKEN: serviceToken, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  t.after(() => child.kill('SIGKILL'))
  const lines: Array<Record<string, unknown>> = []
  const output = createInterface(child.stdout).on('line', line => lines.push(JSON.parse(line)))
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const signal = AbortSignal.timeout(60_000)
  return {
    ...createClient(`http://127.0.0.1:${port}`),
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
