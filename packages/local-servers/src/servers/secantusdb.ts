import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { serverEnvironment } from '../process/environment.ts'
import { type Command, launch } from '../process/launch.ts'
import { stopProcess } from '../process/stop.ts'
import { waitUntilReady } from '../process/wait-until-ready.ts'
import { requireSecantusdb } from '../programs/secantusdb.ts'
import type { ServerPlace, ServerRecipe } from '../server.ts'
import { checkMongodbUser, createMongodbUser, mongodbUrl } from './mongodb-user.ts'

const title = 'SecantusDB'
const readyWithinMs = 60_000
const stopWithinMs = 30_000

/** SecantusDB, which speaks MongoDB's protocol, for demos and tests where there is no MongoDB.
 *  @param toolchainDir - where its virtual environment is. @default the project's own */
export function secantusdb(toolchainDir?: string): ServerRecipe {
  return {
    name: 'mongodb',
    title,
    readyWithinMs,
    stopWithinMs,
    prepare: place => createData(place, toolchainDir),
    commands: place => [command(place, { data: 'data', toolchainDir, more: ['--auth', '--sync-on-commit'] })],
    check: checkMongodbUser,
    url: mongodbUrl,
  }
}

interface CommandOptions {
  data: string
  toolchainDir: string | undefined
  more?: string[]
}

function command({ dir, ports }: ServerPlace, { data, toolchainDir, more = [] }: CommandOptions): Command {
  const { file, args } = requireSecantusdb(toolchainDir)
  const listen = ['--host', '127.0.0.1', '--port', String(ports.main)]
  return {
    file,
    args: [...args, ...listen, '--storage-path', join(dir, data), '--cache-size', '256M', ...more],
    // HOME is changed because SecantusDB reads its configuration there.
    env: serverEnvironment({ HOME: dir }),
    cwd: dir,
  }
}

// With --auth nobody can log in to create the first user, so it first runs without.
async function createData(place: ServerPlace, toolchainDir: string | undefined): Promise<void> {
  const { dir, logFile, signal } = place
  const data = join(dir, 'data')
  if (await stat(data).catch(() => undefined)) return
  const unfinished = join(dir, 'data.new')
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished)
  const launched = await launch(command(place, { data: 'data.new', toolchainDir }), {
    logFile,
    outlivesParent: false,
  })
  try {
    const check = () => createMongodbUser(place)
    await waitUntilReady({ title, processes: [launched], logFile, check, withinMs: readyWithinMs, signal })
  } finally {
    await stopProcess(launched.identity, stopWithinMs)
  }
  // A data folder under its final name is always complete.
  await rename(unfinished, data)
}
