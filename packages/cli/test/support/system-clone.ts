import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { isRunning, type ProcessIdentity } from '@jackalope/local-servers'
import { type Outcome, onEnd } from '@jackalope/local-servers/testing'
import { copyProject } from './project-copy.ts'

export interface StartedCommand {
  process: ChildProcess
  /** Resolves when stdout contains that text. */
  shown(text: string): Promise<void>
  outcome: Promise<Outcome>
}

export interface SystemClone {
  root: string
  start(...args: string[]): StartedCommand
  run(...args: string[]): Promise<Outcome>
  /** Running processes among those that are recorded for servers and services. */
  alive(): Promise<ProcessIdentity[]>
}

/** Variables with which pip cannot install a package. */
const noPackages = {
  ...{ PIP_CONFIG_FILE: '/dev/null', PIP_INDEX_URL: 'http://127.0.0.1:9', PIP_EXTRA_INDEX_URL: '' },
  ...{ PIP_RETRIES: '0', PIP_FIND_LINKS: '' },
}

/** A clone of the project that starts servers of its own, and is stopped after the test.
 *  @param mongodb - whether SecantusDB is installed; if not, it cannot be installed */
export async function cloneSystem(t: TestContext, { mongodb = true } = {}): Promise<SystemClone> {
  const root = await copyProject(t)
  if (!mongodb) await rm(join(root, '.jackalope/toolchain'))
  const { AMQP_URL, REDIS_URL, MYSQL_URL, MONGODB_URL, SMTP_URL, BLOB_STORE, BLOB_DIR, ...inherited } =
    process.env
  const given = { ...inherited, JACKALOPE_SERVERS: 'local' }
  const env = mongodb ? given : { ...given, ...noPackages }
  const start = (...args: string[]) => startCommand(root, args, env)
  const run = (...args: string[]) => start(...args).outcome
  onEnd(t, () => run('down'))
  return { root, start, run, alive: () => listAlive(root) }
}

function startCommand(root: string, args: string[], env: NodeJS.ProcessEnv): StartedCommand {
  const child = spawn(process.execPath, [join(root, 'packages/cli/src/main.ts'), ...args], {
    env,
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [stdout, stderr] = ['', '']
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text
  })
  const outcome = once(child, 'close').then(([exitCode]) => ({ exitCode, stdout, stderr }))
  const shown = async (text: string) => {
    while (!stdout.includes(text)) {
      const ended = await Promise.race([once(child.stdout, 'data').then(() => undefined), outcome])
      if (ended && !stdout.includes(text)) throw new Error(`"${text}" was not shown:\n${stdout}\n${stderr}`)
    }
  }
  return { process: child, shown, outcome }
}

async function listAlive(root: string): Promise<ProcessIdentity[]> {
  const state = join(root, '.jackalope')
  const files = await readdir(state, { recursive: true })
  const records = files.filter(file => file.endsWith('server.json'))
  const processes = records.map(async file => {
    const { processes } = JSON.parse(await readFile(join(state, file), 'utf8'))
    return processes as ProcessIdentity[]
  })
  return (await Promise.all(processes)).flat().filter(isRunning)
}
