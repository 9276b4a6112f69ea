import { randomBytes } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { LocalServerError } from './errors.ts'
import { findFreePort, isPortFree } from './free-port.ts'
import { isRunning, type ProcessIdentity } from './process/identity.ts'
import { type Command, type Launched, launch } from './process/launch.ts'
import { killProcess, stopProcess } from './process/stop.ts'
import { waitUntilReady } from './process/wait-until-ready.ts'
import { readServerRecord, type ServerRecord, writeServerRecord } from './server-record.ts'
import { withTimeLimit } from './time-limit.ts'

/** How to run one kind of server. */
export interface ServerRecipe {
  /** Short and in lower case: `rabbitmq`. */
  name: string
  /** Name in messages: `RabbitMQ`. */
  title: string
  /** Ports that it needs besides `main`, by role. */
  morePorts?: readonly string[]
  /** Longest time from its start to its first answer, in milliseconds. */
  readyWithinMs: number
  /** Longest time from SIGTERM to its end, in milliseconds; then it is killed. */
  stopWithinMs: number
  /** What is sent to stop it. @default 'SIGTERM' */
  stopSignal?: NodeJS.Signals
  /** Writes the configuration and creates the data folder. Runs before every start. */
  prepare?(place: ServerPlace): Promise<void>
  /** Its processes in the order of their start; the last one is the server. */
  commands(place: ServerPlace): Command[] | Promise<Command[]>
  /** Resolves when the server answers a client. A check that takes over 15 s has failed. */
  check(place: ServerPlace): Promise<void>
  url(place: ServerPlace): string
}

/** Folder, ports and password of one server. */
export interface ServerPlace {
  /** Absolute path of its folder. */
  dir: string
  logFile: string
  ports: Record<string, number> & { main: number }
  password: string
  signal?: AbortSignal
}

export interface StartOptions {
  /** Folder of this one server: data, configuration, log, record. Created if missing. */
  dir: string
  /** Folder of the log file, which is named after the server. @default `dir` */
  logDir?: string
  /** Port on 127.0.0.1. @default the port of the last start in this folder if it is free, else another free one */
  port?: number
  /** Whether the server continues when this process ends. @default false: it ends too, even after a `kill -9` */
  outlivesParent?: boolean
  /** Aborting ends the start; what was started is stopped. */
  signal?: AbortSignal
}

/** A server on loopback. */
export interface LocalServer {
  readonly name: string
  readonly title: string
  /** Address with user and password. */
  readonly url: string
  readonly port: number
  readonly dir: string
  readonly logFile: string
  /** Starts it again after `stop` or `kill` with the same port and data. Does nothing while it runs. */
  start(): Promise<void>
  /** Stops it by SIGTERM; the data stay. Does nothing when it is down. */
  stop(): Promise<void>
  /** Ends it by SIGKILL. */
  kill(): Promise<void>
  /** Id of the server's process; `undefined` when it was stopped. */
  processId(): Promise<number | undefined>
}

/** Starts a server and resolves when it answers. If the folder's server still runs, it is used.
 *  @throws {LocalServerError} `ERR_START_FAILED`, `ERR_PORT_TAKEN`, `ERR_PROGRAM_MISSING` */
export async function startServer(recipe: ServerRecipe, options: StartOptions): Promise<LocalServer> {
  const dir = resolve(options.dir)
  const logDir = resolve(options.logDir ?? dir)
  await mkdir(dir, { recursive: true, mode: 0o700 })
  await mkdir(logDir, { recursive: true })
  const record = await readServerRecord(dir)
  const place: ServerPlace = {
    dir,
    logFile: join(logDir, `${recipe.name}.log`),
    ports: await choosePorts(recipe, record, options.port),
    password: record?.password ?? randomBytes(18).toString('hex'),
    signal: options.signal,
  }
  await bringUp(recipe, place, options.outlivesParent ?? false)
  return {
    name: recipe.name,
    title: recipe.title,
    url: recipe.url(place),
    port: place.ports.main,
    dir,
    logFile: place.logFile,
    start: () => bringUp(recipe, { ...place, signal: undefined }, options.outlivesParent ?? false),
    stop: () => stopServer(dir),
    kill: () => killServer(dir),
    processId: async () => (await readServerRecord(dir))?.processes.at(-1)?.pid,
  }
}

/** Stops the server that is recorded in a folder by SIGTERM; the data stay. Does nothing when there is none.
 *  @throws {LocalServerError} `ERR_STOP_FAILED` */
export async function stopServer(dir: string): Promise<void> {
  await endRecorded(dir, (identity, { stopWithinMs, stopSignal }) =>
    stopProcess(identity, stopWithinMs, stopSignal),
  )
}

/** Ends the server that is recorded in a folder by SIGKILL. Does nothing when there is none.
 *  @throws {LocalServerError} `ERR_STOP_FAILED` */
export async function killServer(dir: string): Promise<void> {
  await endRecorded(dir, killProcess)
}

/** Whether all processes of the server that is recorded in a folder are alive. */
export async function isServerRunning(dir: string): Promise<boolean> {
  const record = await readServerRecord(dir)
  return record !== undefined && isUp(record)
}

async function bringUp(recipe: ServerRecipe, place: ServerPlace, outlivesParent: boolean): Promise<void> {
  const { dir, logFile, signal } = place
  const record = await readServerRecord(dir)
  if (record && isUp(record) && (await answers(recipe, place))) return
  await stopServer(dir)
  await refuseTakenPorts(recipe, place)
  await recipe.prepare?.(place)
  const launched: Launched[] = []
  try {
    for (const command of await recipe.commands(place)) {
      launched.push(await launch(command, { logFile, outlivesParent, stopSignal: recipe.stopSignal }))
      await writeServerRecord(dir, toRecord(recipe, place, launched))
    }
    await waitUntilReady({
      title: recipe.title,
      processes: launched,
      logFile,
      check: () => recipe.check(place),
      withinMs: recipe.readyWithinMs,
      signal,
    })
  } catch (error) {
    await endUnready(dir)
    throw error
  }
}

/** Longest stop of a server that has never answered, in milliseconds. Erlang handles SIGTERM only after it has booted; a
 *  cluster's node boots when it has found the others. */
const unreadyStopWithinMs = 5_000

/** Stops a server that has never answered. It has no data yet that need an orderly stop. */
async function endUnready(dir: string): Promise<void> {
  await endRecorded(dir, (identity, { stopWithinMs, stopSignal }) =>
    stopProcess(identity, Math.min(stopWithinMs, unreadyStopWithinMs), stopSignal),
  )
}

function isUp({ processes }: ServerRecord): boolean {
  return processes.length > 0 && processes.every(isRunning)
}

/** Longest check of a server that is recorded as running, in milliseconds. */
const checkWithinMs = 15_000

async function answers(recipe: ServerRecipe, place: ServerPlace): Promise<boolean> {
  return await withTimeLimit(`The check of ${recipe.title}`, checkWithinMs, recipe.check(place)).then(
    () => true,
    () => false,
  )
}

async function endRecorded(
  dir: string,
  end: (identity: ProcessIdentity, record: ServerRecord) => Promise<void>,
): Promise<void> {
  const record = await readServerRecord(dir)
  if (!record || record.processes.length === 0) return
  // Helpers such as epmd were started first and are stopped last.
  for (const identity of record.processes.toReversed()) await end(identity, record)
  await writeServerRecord(dir, { ...record, processes: [] })
}

function toRecord(recipe: ServerRecipe, place: ServerPlace, launched: Launched[]): ServerRecord {
  return {
    name: recipe.name,
    title: recipe.title,
    ports: place.ports,
    password: place.password,
    processes: launched.map(({ identity }) => identity),
    stopWithinMs: recipe.stopWithinMs,
    stopSignal: recipe.stopSignal,
  }
}

/** Chooses the port of a folder's server before it starts, for processes that must know each other's address: its last
 *  port if that is free, else another one. */
export async function chooseMainPort(dir: string): Promise<number> {
  return await choosePort(await readServerRecord(dir), 'main')
}

async function choosePorts(
  recipe: ServerRecipe,
  record: ServerRecord | undefined,
  wanted: number | undefined,
): Promise<ServerPlace['ports']> {
  const ports = { main: wanted ?? (await choosePort(record, 'main')) }
  for (const role of recipe.morePorts ?? []) Object.assign(ports, { [role]: await choosePort(record, role) })
  return ports
}

async function choosePort(record: ServerRecord | undefined, role: string): Promise<number> {
  const before = record?.ports[role]
  if (record === undefined || before === undefined) return await findFreePort()
  return isUp(record) || (await isPortFree(before)) ? before : await findFreePort()
}

/** How long a killed process may hold its ports after it has disappeared, in milliseconds. */
const portReleaseMs = 5_000

async function refuseTakenPorts({ title }: ServerRecipe, { ports }: ServerPlace): Promise<void> {
  for (const port of Object.values(ports))
    if (!(await isFreeWithin(port, portReleaseMs)))
      throw new LocalServerError(
        'ERR_PORT_TAKEN',
        `${title} cannot start: another process listens on port ${port}.`,
      )
}

async function isFreeWithin(port: number, limitMs: number): Promise<boolean> {
  const deadline = performance.now() + limitMs
  while (!(await isPortFree(port))) {
    if (performance.now() > deadline) return false
    await delay(50)
  }
  return true
}
