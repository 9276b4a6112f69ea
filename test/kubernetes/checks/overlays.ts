import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'
import type { Manifest } from './manifest.ts'

const run = promisify(execFile)

/** First version whose `kustomize` supports everything in the files. */
const oldestMinor = 27

/** Why the overlays cannot be built on this machine; `undefined` when they can.
 *  @param env - environment whose `PATH` has kubectl */
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

/** Names of the overlays in a folder `k8s`.
 *  @throws {Error} when there is none */
export async function findOverlays(k8s: string): Promise<string[]> {
  const entries = await readdir(join(k8s, 'overlays'), { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(({ name }) => name)
  if (names.length === 0) throw new Error(`there is no overlay in ${join(k8s, 'overlays')}`)
  return names.toSorted()
}

/** Objects that `kubectl apply -k` would apply. */
export async function buildOverlay(folder: string): Promise<Manifest[]> {
  const { stdout } = await run('kubectl', ['kustomize', folder], { maxBuffer: 64 * 2 ** 20 })
  return parseManifests(stdout)
}

/** Parses manifests.
 *  @throws {Error} when the text is not YAML */
export function parseManifests(text: string): Manifest[] {
  const documents = parseAllDocuments(text)
  return documents.flatMap(document => {
    const [error] = document.errors
    if (error) throw error
    const manifest: Manifest | null = document.toJS()
    return manifest === null ? [] : [manifest]
  })
}
