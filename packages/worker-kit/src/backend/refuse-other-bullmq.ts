import { existsSync, readFileSync } from 'node:fs'
// By the namespace: bundles often have a `createRequire` in their banner, and two of that name do not load.
import * as modules from 'node:module'
import { join } from 'node:path'
import { type BackendFactory, FlowProducer, QueueBase } from 'bullmq'
import { WorkerKitError } from '../errors.ts'

/** Refuses an object of another copy of BullMQ than the one whose scripts this package calls. Two copies of one version are refused
 *  too: what the one makes is no `Worker` and no `UnrecoverableError` to the other.
 *  @param caller - `this` of the factory: a Queue, a Worker...; `undefined` for a FlowProducer
 *  @throws {WorkerKitError} `ERR_UNSUPPORTED_BULLMQ` */
export function refuseOtherBullmq(caller: unknown, factory: BackendFactory): void {
  if (caller instanceof QueueBase) return
  const own = ownFolder()
  if (caller === undefined) {
    const other = callingFolder()
    if (own && other && other !== own) throw differentCopies(own, other)
    return
  }
  // BullMQ's classes keep the factory that they call in this field.
  if ((caller as { backendFactory?: unknown } | null)?.backendFactory !== factory) return
  const other = folderOfClass(
    'queue-base',
    loaded => typeof loaded.QueueBase === 'function' && caller instanceof loaded.QueueBase,
  )
  throw differentCopies(own, other ?? callingFolder())
}

/** What to tell a BullMQ before 6: it takes a connection class where BullMQ 6 takes the factory, and calls it with `new`. */
export function calledAsClass(): WorkerKitError {
  return new WorkerKitError(
    'ERR_UNSUPPORTED_BULLMQ',
    `createRabbitmqBackend() was called with \`new\`, as BullMQ 5 does with a connection class: ${describe(callingFolder())}. ` +
      `Backends came with BullMQ 6; worker-kit uses ${describe(ownFolder())}. ${whatToDo}`,
  )
}

function differentCopies(own: string | undefined, other: string | undefined): WorkerKitError {
  return new WorkerKitError(
    'ERR_UNSUPPORTED_BULLMQ',
    `There are two copies of BullMQ: the Queue, Worker, QueueEvents or FlowProducer is of ${describe(other)}, and worker-kit ` +
      `uses ${describe(own)}. ${whatToDo}`,
  )
}

const whatToDo =
  'Let the application and worker-kit share one copy of bullmq that fits the peer dependency of @jackalope/worker-kit: ' +
  '"npm ls bullmq" shows all copies, "npm dedupe" or the same version everywhere leaves one.'

function describe(folder: string | undefined): string {
  if (!folder) return 'a bullmq whose place is unknown (it is bundled)'
  const manifest = join(folder, 'package.json')
  const { version } = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : {}
  return `bullmq ${version ?? '(version unknown)'} in ${folder}`
}

const ownFolder = () => folderOfClass('flow-producer', loaded => loaded.FlowProducer === FlowProducer)

/** A file of BullMQ's classes, and the folder of its copy. */
const classFile = /^(.*)[\\/]dist[\\/](?:cjs|esm)[\\/]classes[\\/](queue-base|flow-producer)\.js$/

/** The folder of the copy of BullMQ that has loaded a class. BullMQ is CommonJS, so its modules are in Node's cache.
 *  `undefined` in a bundle. */
function folderOfClass(
  name: 'queue-base' | 'flow-producer',
  isWanted: (exported: { FlowProducer?: unknown; QueueBase?: new () => object }) => boolean,
): string | undefined {
  const { cache } = modules.createRequire(join(process.cwd(), 'any.js'))
  for (const [path, loaded] of Object.entries(cache)) {
    const [, folder, file] = classFile.exec(path) ?? []
    if (file === name && isWanted(loaded?.exports ?? {})) return folder
  }
  return undefined
}

/** The folder of the copy of BullMQ that calls the factory, read from the stack: a FlowProducer does not show itself otherwise. */
function callingFolder(): string | undefined {
  for (const frame of new Error().stack?.split('\n') ?? []) {
    const path = /\(?([^()]+):\d+:\d+\)?$/.exec(frame.trim().replace(/^at (?:async )?/, ''))?.[1]
    const folder = path && classFile.exec(path.replace(/^file:\/\//, ''))?.[1]
    if (folder) return folder
  }
  return undefined
}
