import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProcessIdentity } from './process/identity.ts'

/** What is recorded about a server in its folder, in a file that only its owner can read. */
export interface ServerRecord {
  name: string
  title: string
  /** Ports by role; clients use `main`. */
  ports: Record<string, number>
  /** Password of the server's only user. */
  password: string
  /** Processes in the order of their start; empty when the server was stopped. */
  processes: ProcessIdentity[]
  /** Longest time from SIGTERM to its end, in milliseconds; then it is killed. */
  stopWithinMs: number
  /** What is sent instead of SIGTERM. */
  stopSignal?: NodeJS.Signals
}

const fileName = 'server.json'

/** The record of a folder; `undefined` when there is none. */
export async function readServerRecord(dir: string): Promise<ServerRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(dir, fileName), 'utf8')) as ServerRecord
  } catch (error) {
    // Records are replaced atomically, so invalid JSON is not from this program: it is overwritten later.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export async function writeServerRecord(dir: string, record: ServerRecord): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await writePrivateFile(join(dir, fileName), `${JSON.stringify(record, null, 2)}\n`)
}

/** Writes a file with mode 0600; replaces an existing one atomically. */
export async function writePrivateFile(file: string, text: string): Promise<void> {
  const temporary = `${file}.${process.pid}.new`
  const handle = await open(temporary, 'w', 0o600)
  try {
    await chmod(temporary, 0o600)
    await handle.writeFile(text)
  } catch (error) {
    await rm(temporary, { force: true })
    throw error
  } finally {
    await handle.close()
  }
  await rename(temporary, file)
}
