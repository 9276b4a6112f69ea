import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { amqpUrl, redisUrl } from '@jackalope/local-servers/testing'

const main = fileURLToPath(new URL('../../src/command-line/main.ts', import.meta.url))

export interface Ended {
  code: number
  stdout: string
  stderr: string
}

/** Runs the command line as a process of its own. */
export function run(args: string[], env: Record<string, string> = {}): Promise<Ended> {
  // A cluster whose first node is away.
  const AMQP_URL = `amqp://127.0.0.1:1,${amqpUrl()}`
  const connections = { PATH: process.env.PATH, AMQP_URL, REDIS_URL: redisUrl(), ...env }
  return new Promise(resolve =>
    execFile(process.execPath, [main, ...args], { env: connections }, (error, stdout, stderr) =>
      resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
    ),
  )
}
