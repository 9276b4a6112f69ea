import { createHash } from 'node:crypto'
import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { LocalServerError } from '../errors.ts'
import { writePrivateFile } from '../server-record.ts'
import { docker } from './docker.ts'

/** What is recorded about the Compose project of a folder. */
export interface ComposeRecord {
  /** Name of the Compose project. */
  project: string
  /** Path of `compose.yaml`. */
  file: string
  /** Ports on loopback by name of the service; `management` is RabbitMQ's management page. */
  ports: Record<string, number>
}

const stopWithinMs = 5 * 60_000

/** Runs `docker compose` on the project of a folder; gives its output.
 *  @throws {Error} whose message is the last line that docker writes to stderr */
export async function compose(
  { project, file, ports }: ComposeRecord,
  dir: string,
  args: string[],
  options: { withinMs: number; signal?: AbortSignal | undefined },
): Promise<string> {
  const files = ['--file', file, '--file', overrideFile(dir)]
  const place = ['--project-name', project, '--project-directory', dirname(file)]
  const env = { MANAGEMENT_PORT: String(ports.management) }
  return await docker(['compose', ...place, ...files, ...args], { ...options, env })
}

/** Stops the containers that were started for a folder; their data stay unless `erase` is set. Does nothing when none
 *  were started.
 *  @throws {LocalServerError} `ERR_STOP_FAILED` */
export async function stopComposeServers(dir: string, { erase = false } = {}): Promise<void> {
  const record = await readComposeRecord(dir)
  if (!record) return
  try {
    await compose(record, dir, ['down', ...(erase ? ['--volumes'] : [])], { withinMs: stopWithinMs })
  } catch (cause) {
    throw new LocalServerError(
      'ERR_STOP_FAILED',
      `The containers of ${record.project} could not be stopped: ${(cause as Error).message}`,
      { cause },
    )
  }
}

/** Whether servers were started by Compose for a folder. If so, their volumes hold data. */
export async function hasComposeServers(dir: string): Promise<boolean> {
  return (await readComposeRecord(dir)) !== undefined
}

/** Name of the Compose project of a folder. */
export function composeProject(dir: string): string {
  return `jackalope-${createHash('sha256').update(dir).digest('hex').slice(0, 12)}`
}

/** `undefined` when no servers were started by Compose for this folder. */
export async function readComposeRecord(dir: string): Promise<ComposeRecord | undefined> {
  try {
    return JSON.parse(await readFile(recordFile(dir), 'utf8')) as ComposeRecord
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export async function writeComposeRecord(dir: string, record: ComposeRecord): Promise<void> {
  await writePrivateFile(recordFile(dir), `${JSON.stringify(record, null, 2)}\n`)
}

/** Writes what the project changes in `compose.yaml`. */
export async function writeComposeOverride(dir: string, override: object): Promise<void> {
  await mkdir(join(dir, 'compose'), { recursive: true, mode: 0o700 })
  // JSON is YAML.
  await writePrivateFile(overrideFile(dir), `${JSON.stringify(override, null, 2)}\n`)
}

function recordFile(dir: string): string {
  return join(dir, 'compose', 'record.json')
}

function overrideFile(dir: string): string {
  return join(dir, 'compose', 'override.yaml')
}
