import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Client } from 'pg'
import { LocalServerError } from '../errors.ts'
import { serverEnvironment } from '../process/environment.ts'
import { unlessRoot } from '../process/launch.ts'
import { findPostgresql } from '../programs/postgresql.ts'
import {
  type LocalServer,
  type ServerPlace,
  type ServerRecipe,
  type StartOptions,
  startServer,
} from '../server.ts'
import { writePrivateFile } from '../server-record.ts'

/** PostgreSQL with one user, who may do everything, and the database `jackalope`. Everything is UTF-8. */
export function startPostgresql(options: StartOptions): Promise<LocalServer> {
  return startServer(postgresql, options)
}

/** Longest creation of the data folder, in milliseconds. */
const createWithinMs = 120_000
/** PostgreSQL refuses to run as root; Debian's package makes this user. */
const user = 'postgres'

const postgresql: ServerRecipe = {
  name: 'postgresql',
  title: 'PostgreSQL',
  readyWithinMs: 60_000,
  stopWithinMs: 60_000,
  // It would wait for its clients to leave, on SIGTERM.
  stopSignal: 'SIGINT',
  prepare: createData,
  commands: place => [
    {
      file: program('postgres'),
      args: [
        ...['-D', join(place.dir, 'data'), '-p', String(place.ports.main)],
        ...['-c', 'listen_addresses=127.0.0.1', '-c', 'unix_socket_directories='],
        ...['-c', 'shared_buffers=64MB', '-c', 'max_connections=50'],
      ],
      env: serverEnvironment({ TMPDIR: place.dir }),
      cwd: place.dir,
      insteadOfRoot: user,
    },
  ],
  async check(place) {
    const client = new Client({
      connectionString: url(place),
      connectionTimeoutMillis: 2_000,
      query_timeout: 2_000,
    })
    // A connection that breaks emits an error besides.
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query('SELECT 1')
    } finally {
      // Not awaited: a server that hangs would keep it from ending.
      client.end().catch(() => undefined)
    }
  },
  url,
}

function url({ ports, password }: ServerPlace): string {
  return `postgresql://jackalope:${password}@127.0.0.1:${ports.main}/jackalope`
}

async function createData({ dir, password, signal }: ServerPlace): Promise<void> {
  const data = join(dir, 'data')
  if (await stat(data).catch(() => undefined)) return
  const unfinished = join(dir, 'data.new')
  await rm(unfinished, { recursive: true, force: true })
  const passwordFile = join(dir, 'password')
  await writePrivateFile(passwordFile, password)
  const place = { dir, signal }
  try {
    await run('initdb', {
      ...place,
      args: [
        ...['-D', unfinished, '--username=jackalope', `--pwfile=${passwordFile}`, '--auth=scram-sha-256'],
        ...['--encoding=UTF8', '--locale=C', '--no-sync'],
      ],
    })
    await run('postgres', {
      ...place,
      args: ['--single', '-D', unfinished, 'postgres'],
      input: 'CREATE DATABASE jackalope\n',
    })
  } finally {
    await rm(passwordFile, { force: true })
  }
  // A data folder under its final name is always complete.
  await rename(unfinished, data)
}

interface Run {
  args: string[]
  dir: string
  signal: AbortSignal | undefined
  /** Given to its standard input. @default nothing */
  input?: string
}

async function run(name: 'initdb' | 'postgres', { args, dir, signal, input = '' }: Run): Promise<void> {
  const [file, all] = unlessRoot(user, program(name), args)
  const child = spawn(file, all, {
    cwd: dir,
    env: serverEnvironment({ TMPDIR: dir }),
    signal,
    timeout: createWithinMs,
  })
  child.stdin.end(input)
  const [[code], output, errors] = await Promise.all([
    once(child, 'close'),
    text(child.stdout),
    text(child.stderr),
  ])
  if (code === 0) return
  const lines = `${output}${errors}`.trim().split('\n').slice(-10).join('\n  ')
  throw new LocalServerError(
    'ERR_START_FAILED',
    `PostgreSQL's data folder could not be created: ${name} ended with ${code}\n  ${lines}`,
  )
}

/** @throws {LocalServerError} `ERR_PROGRAM_MISSING` that says what to install */
function program(name: string): string {
  const folder = findPostgresql()
  if (folder) return join(folder, name)
  throw new LocalServerError(
    'ERR_PROGRAM_MISSING',
    `The program ${name} was not found. On Debian and Ubuntu: apt-get install postgresql`,
  )
}
