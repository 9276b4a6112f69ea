import { chmod, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { ProcessIdentity } from './process/identity.ts'

/** What is remembered about a server in its folder, in a file that only its owner can read. */
export interface ServerRecord {
  name: string
  title: string
  /** By role; `main` is the one that clients use. */
  ports: Record<string, number>
  /** Of the server's only user. */
  password: string
  /** In the order in which they were started; empty when it was stopped. */
  processes: ProcessIdentity[]
  /** How long it may take to stop before it is killed, in milliseconds. */
  stopWithinMs: number
}

const fileName = 'server.json'

/** `undefined` when the folder holds none. */
export async function readServerRecord(dir: string): Promise<ServerRecord | undefined> {
  try {
    return JSON.parse(await readFile(join(dir, fileName), 'utf8')) as ServerRecord
  } catch (error) {
    // A record is replaced in one step, so broken JSON was not written by us; a new one takes its place.
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export async function writeServerRecord(dir: string, record: ServerRecord): Promise<void> {
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await writePrivateFile(join(dir, fileName), `${JSON.stringify(record, null, 2)}\n`)
}

/** Writes a file with mode 0600, replacing it in one step. */
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
