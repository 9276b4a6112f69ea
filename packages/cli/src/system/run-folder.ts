import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { identify, isRunning, type ProcessIdentity, stopServerSet } from '@jackalope/local-servers'

/** The folder of one run of a command with its own servers. It is removed when the run ends. */
export interface RunFolder {
  dir: string
  /** Folder with one folder for each of the run's servers. */
  servers: string
  /** Folder for temporary files (`TMPDIR`). */
  temporary: string
  /** Stops the servers and removes the folder. */
  remove(): Promise<void>
}

const ownerFile = 'owner.json'

/** Creates a folder for a new run, and removes the folders of dead runs.
 *  @param parent - folder with the folders of all runs of this kind */
export async function createRunFolder(parent: string): Promise<RunFolder> {
  await mkdir(parent, { recursive: true })
  await removeAbandoned(parent)
  // A short name, since the path of a socket has a longest length.
  const dir = join(parent, String(process.pid))
  await rm(dir, { recursive: true, force: true })
  const [servers, temporary] = [join(dir, 'servers'), join(dir, 'tmp')]
  await mkdir(servers, { recursive: true })
  await mkdir(temporary)
  await writeFile(join(dir, ownerFile), JSON.stringify(identify(process.pid)))
  return { dir, servers, temporary, remove: () => removeRun(dir) }
}

async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    const dir = join(parent, name)
    const owner = await readFile(join(dir, ownerFile), 'utf8').catch(() => undefined)
    if (owner === undefined || !isRunning(JSON.parse(owner) as ProcessIdentity)) await removeRun(dir)
  }
}

async function removeRun(dir: string): Promise<void> {
  await stopServerSet(join(dir, 'servers'))
  await rm(dir, { recursive: true, force: true, maxRetries: 5 })
}
