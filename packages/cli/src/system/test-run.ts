import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { identify, isRunning, type ProcessIdentity, stopServerSet } from '@jackalope/local-servers'
import type { Project } from '../project.ts'

/** The folder of one running `./jackalope test`; everything in it goes when the run ends. */
export interface TestRun {
  dir: string
  /** Of the servers that all tests share. */
  servers: string
  /** For the tests' temporary files (`TMPDIR`). */
  temporary: string
  /** Stops the servers and removes the folder. */
  remove(): Promise<void>
}

const ownerFile = 'owner.json'

/** Makes a folder for a new run, and removes those whose process is gone. */
export async function createTestRun({ testRuns }: Project): Promise<TestRun> {
  await mkdir(testRuns, { recursive: true })
  await removeAbandoned(testRuns)
  // Short, since there are limits to the length of a socket's path.
  const dir = join(testRuns, String(process.pid))
  await rm(dir, { recursive: true, force: true })
  const [servers, temporary] = [join(dir, 'servers'), join(dir, 'tmp')]
  await mkdir(servers, { recursive: true })
  await mkdir(temporary)
  await writeFile(join(dir, ownerFile), JSON.stringify(identify(process.pid)))
  return { dir, servers, temporary, remove: () => removeRun(dir) }
}

async function removeAbandoned(testRuns: string): Promise<void> {
  for (const name of await readdir(testRuns)) {
    const dir = join(testRuns, name)
    const owner = await readFile(join(dir, ownerFile), 'utf8').catch(() => undefined)
    if (owner === undefined || !isRunning(JSON.parse(owner) as ProcessIdentity)) await removeRun(dir)
  }
}

async function removeRun(dir: string): Promise<void> {
  await stopServerSet(join(dir, 'servers'))
  await rm(dir, { recursive: true, force: true, maxRetries: 5 })
}
