import { join } from 'node:path'
import {
  type Addresses,
  addressNames,
  ensurePrograms,
  missingAddresses,
  type Need,
} from '@jackalope/local-servers'
import type { CommandContext } from '../command.ts'

/** The servers' addresses that the user gave. */
export function givenAddresses(env: CommandContext['env']): Partial<Addresses> {
  return Object.fromEntries(addressNames.flatMap(name => (env[name] ? [[name, env[name]]] : [])))
}

export interface PrepareOptions {
  /** Whether to install without asking. */
  yes: boolean
  /** @default the servers that are not given, and ffmpeg */
  needs?: readonly Need[]
}

/** Finds or installs what is needed.
 *  @throws {LocalServerError} that says what to install */
export async function preparePrograms(
  { project, terminal, env, signal }: CommandContext,
  { yes, needs = systemNeeds(env) }: PrepareOptions,
): Promise<void> {
  await ensurePrograms(needs, {
    logFile: join(project.logs, 'setup.log'),
    confirm: async packages =>
      yes || (await terminal.confirm(`Install these Debian packages: ${packages.join(' ')}?`, signal)),
    onStep: text => terminal.line(`${text} ...`),
    signal,
  })
  signal.throwIfAborted()
}

function systemNeeds(env: CommandContext['env']): Need[] {
  const servers = missingAddresses(givenAddresses(env))
  return env.FFMPEG_PATH && env.FFPROBE_PATH ? servers : [...servers, 'ffmpeg']
}
