import { execFile } from 'node:child_process'
import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createConnection } from 'mysql2/promise'
import { LocalServerError } from '../errors.ts'
import { serverEnvironment } from '../process/environment.ts'
import { requireProgram } from '../programs/find-program.ts'
import {
  type LocalServer,
  type ServerPlace,
  type ServerRecipe,
  type StartOptions,
  startServer,
} from '../server.ts'
import { writePrivateFile } from '../server-record.ts'

/** MariaDB with one user, who may create databases, and the database `jackalope`. Everything is utf8mb4. */
export function startMariadb(options: StartOptions): Promise<LocalServer> {
  return startServer(mariadb, options)
}

const debianPackage = 'mariadb-server'
/** Longest creation of the data folder, in milliseconds. */
const createWithinMs = 180_000
// Both programs refuse to run as root without this option.
const asRoot = process.getuid?.() === 0 ? ['--user=root'] : []

const mariadb: ServerRecipe = {
  name: 'mariadb',
  title: 'MariaDB',
  readyWithinMs: 60_000,
  stopWithinMs: 60_000,
  async prepare(place) {
    await createData(place)
    await writePrivateFile(initFile(place), initStatements(place))
  },
  commands: place => [
    {
      file: requireProgram('mariadbd', debianPackage),
      args: [
        // Ignores the machine's configuration; the options below replace the parts that are needed.
        '--no-defaults',
        ...asRoot,
        `--datadir=${join(place.dir, 'data')}`,
        `--init-file=${initFile(place)}`,
        '--bind-address=127.0.0.1',
        `--port=${place.ports.main}`,
        // No Unix socket: its path could exceed the limit of 107 bytes.
        '--socket=',
        '--skip-name-resolve',
        '--character-set-server=utf8mb4',
        '--collation-server=utf8mb4_unicode_ci',
        '--innodb-log-file-size=32M',
        '--innodb-buffer-pool-size=64M',
      ],
      env: serverEnvironment({ TMPDIR: place.dir }),
      cwd: place.dir,
    },
  ],
  async check(place) {
    const connection = await createConnection({ uri: url(place), connectTimeout: 2_000 })
    await connection.query({ sql: 'SELECT 1', timeout: 2_000 }).finally(() => connection.destroy())
  },
  url,
}

function url({ ports, password }: ServerPlace): string {
  return `mysql://jackalope:${password}@127.0.0.1:${ports.main}/jackalope`
}

function initFile({ dir }: ServerPlace): string {
  return join(dir, 'init.sql')
}

// The server runs these statements, one a line, at every start before it accepts a client.
function initStatements({ password }: ServerPlace): string {
  return `CREATE DATABASE IF NOT EXISTS jackalope CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci;
CREATE USER IF NOT EXISTS 'jackalope'@'127.0.0.1' IDENTIFIED BY '${password}';
GRANT ALL PRIVILEGES ON *.* TO 'jackalope'@'127.0.0.1';
`
}

async function createData({ dir, signal }: ServerPlace): Promise<void> {
  const data = join(dir, 'data')
  if (await stat(data).catch(() => undefined)) return
  const unfinished = join(dir, 'data.new')
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished)
  try {
    await promisify(execFile)(
      requireProgram('mariadb-install-db', debianPackage),
      // A relative path: the script does not quote it, so a space would break it.
      [
        '--no-defaults',
        ...asRoot,
        '--skip-test-db',
        '--auth-root-authentication-method=socket',
        '--datadir=./data.new',
      ],
      // In /tmp the files of two that start at the same time may have the same name.
      { cwd: dir, env: serverEnvironment({ TMPDIR: dir }), signal, timeout: createWithinMs },
    )
  } catch (cause) {
    signal?.throwIfAborted()
    const { stderr, stdout, message } = cause as Error & { stderr?: string; stdout?: string }
    const output = `${stdout ?? ''}${stderr ?? ''}`.trim().split('\n').slice(-10).join('\n  ')
    throw new LocalServerError(
      'ERR_START_FAILED',
      `MariaDB's data folder could not be created: ${message}\n  ${output}`,
      { cause },
    )
  }
  // A data folder under its final name is always complete.
  await rename(unfinished, data)
}
