import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'
import type { Manifest } from './manifest.ts'

const run = promisify(execFile)

/** The first one whose `kustomize` knows all that our files use. */
const oldestMinor = 27

/** Why the overlays cannot be built here, or nothing when they can.
 *  @param env - where to look for kubectl: its `PATH` */
export async function whyNoKubectl(env: NodeJS.ProcessEnv = process.env): Promise<string | undefined> {
  const advice = 'see https://kubernetes.io/docs/tasks/tools/'
  try {
    const { stdout } = await run('kubectl', ['version', '--client', '--output=json'], { env })
    const { major, minor } = JSON.parse(stdout).clientVersion
    if (Number(major) === 1 && Number.parseInt(minor, 10) < oldestMinor)
      return `kubectl ${major}.${minor} is too old, 1.${oldestMinor} is needed: ${advice}`
    return undefined
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return `kubectl is not installed: ${advice}`
  }
}

/** The names of the overlays in a folder `k8s`.
 *  @throws {Error} when there is none */
export async function findOverlays(k8s: string): Promise<string[]> {
  const entries = await readdir(join(k8s, 'overlays'), { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(({ name }) => name)
  if (names.length === 0) throw new Error(`there is no overlay in ${join(k8s, 'overlays')}`)
  return names.toSorted()
}

/** The objects that `kubectl apply -k` would send. */
export async function buildOverlay(folder: string): Promise<Manifest[]> {
  const { stdout } = await run('kubectl', ['kustomize', folder], { maxBuffer: 64 * 2 ** 20 })
  return parseManifests(stdout)
}

/** @throws {Error} when the text is no YAML */
export function parseManifests(text: string): Manifest[] {
  const documents = parseAllDocuments(text)
  return documents.flatMap(document => {
    const [error] = document.errors
    if (error) throw error
    const manifest: Manifest | null = document.toJS()
    return manifest === null ? [] : [manifest]
  })
}
