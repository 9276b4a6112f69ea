import { access } from 'node:fs/promises'
import { join } from 'node:path'
import {
  composeAddressNames,
  hasComposeEngine,
  hasComposeServers,
  serverDir,
  startComposeServers,
} from '@jackalope/local-servers'
import { UsageError } from '../cli-error.ts'
import type { CommandContext } from '../command.ts'
import { givenBlobVariables } from './blob-variables.ts'
import { unneededServers } from './prepare-programs.ts'

/** Starts servers by Docker Compose where an engine answers; gives the context with their addresses, as if the user had
 *  given them. It starts none with `JACKALOPE_SERVERS=local`, or if this project has data of servers that run without
 *  Compose. After a failure it says so, and the servers are started without Compose.
 *  @throws {UsageError} when `JACKALOPE_SERVERS` is neither `compose` nor `local` */
export async function withComposeServers(context: CommandContext): Promise<CommandContext> {
  const { project, terminal, env, signal } = context
  const { JACKALOPE_SERVERS: wanted = '' } = env
  if (!['', 'compose', 'local'].includes(wanted))
    throw new UsageError(`JACKALOPE_SERVERS: expected compose or local, got "${wanted}"`)
  const unneeded = unneededServers(givenBlobVariables(context))
  const names = composeAddressNames.filter(name => !env[name] && !unneeded.includes(name))
  if (names.length === 0 || wanted === 'local') return context
  const before = await hasComposeServers(project.servers)
  if (wanted !== 'compose' && !before && (await hasLocalData(context))) return context
  if (!(await hasComposeEngine(signal))) {
    if (wanted === 'compose' || before)
      terminal.line('No Docker engine with Compose 2 answers; starting servers without it.')
    return context
  }
  try {
    const addresses = await startComposeServers({
      file: join(project.root, 'compose.yaml'),
      dir: project.servers,
      names,
      onStep: text => terminal.line(`${text} ...`),
      signal,
    })
    return { ...context, env: { ...env, ...addresses } }
  } catch (error) {
    signal.throwIfAborted()
    terminal.line(
      `Docker Compose cannot start the servers (${(error as Error).message}); starting them without it.`,
    )
    return context
  }
}

async function hasLocalData({ project }: CommandContext): Promise<boolean> {
  const found = composeAddressNames.map(name =>
    access(join(serverDir(project.servers, name), 'server.json')).then(
      () => true,
      () => false,
    ),
  )
  return (await Promise.all(found)).includes(true)
}
