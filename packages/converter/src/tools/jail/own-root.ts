import { type ChildProcess, spawn } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cannotRun } from '../cannot-run.ts'
import { endWithUs } from '../end-with-us.ts'

const script = fileURLToPath(new URL('build-root.sh', import.meta.url))

/** Longest building, in milliseconds. */
const buildMs = 10_000

/** A file system for tools, kept by a process that does nothing else. It ends with us, however we end. */
export interface OwnRoot {
  /** Words before a command that make it run there, without a network. */
  readonly enter: readonly string[]
  readonly isGone: boolean
  close(): void
}

export interface OwnRootOptions {
  /** Whether root of a namespace of users makes it: this process may be anybody then. */
  isUsers: boolean
  /** Absolute path of the folder that tools work in. */
  work: string
  /** Absolute paths that are shown, read-only. */
  shown: readonly string[]
}

/** @throws {ConverterError} `ERR_TOOL_UNUSABLE` if the system does not allow it, or has no room for it now */
export async function buildOwnRoot({ isUsers, work, shown }: OwnRootOptions): Promise<OwnRoot> {
  const place = join(work, 'root')
  await mkdir(place, { recursive: true, mode: 0o700 })
  const namespaces = ['--mount', '--net', '--ipc', '--uts']
  const users = isUsers ? ['--user', '--map-root-user'] : []
  const child = spawn('unshare', [...users, ...namespaces, '--', '/bin/sh', script, place, work, ...shown], {
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin', LANG: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  endWithUs(child)
  await untilReady(child)
  child.stdin?.on('error', () => {})
  for (const stream of [child.stdin, child.stdout, child.stderr])
    (stream as { unref?(): void } | null)?.unref?.()
  child.unref()
  const of = (kind: string) => `/proc/${child.pid}/ns/${kind}`
  return {
    enter: [
      'nsenter',
      ...(isUsers ? [`--user=${of('user')}`, '--preserve-credentials'] : []),
      ...[`--mount=${of('mnt')}`, `--net=${of('net')}`, `--ipc=${of('ipc')}`, '--'],
    ],
    get isGone() {
      return child.exitCode !== null || child.signalCode !== null
    },
    close: () => child.kill('SIGKILL'),
  }
}

function untilReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const timer = setTimeout(() => fail(`not ready within ${buildMs / 1_000} s`), buildMs)
    const fail = (reason: string) => {
      clearTimeout(timer)
      child.kill('SIGKILL')
      reject(cannotRun('unshare', reason))
    }
    child.once('error', error => fail(error.message))
    child.once('exit', code => fail(said.trim() || `ended with ${code}`))
    child.stderr?.on('data', chunk => {
      said = `${said}${chunk}`.slice(0, 1_000)
    })
    child.stdout?.once('data', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
