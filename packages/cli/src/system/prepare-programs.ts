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
}

/** Finds or installs the servers that are not given, and ffmpeg.
 *  @throws {LocalServerError} that says what to install */
export async function preparePrograms(
  { project, terminal, env, signal }: CommandContext,
  { yes }: PrepareOptions,
): Promise<void> {
  const needs: Need[] = missingAddresses(givenAddresses(env))
  if (!env.FFMPEG_PATH || !env.FFPROBE_PATH) needs.push('ffmpeg')
  await ensurePrograms(needs, {
    logFile: join(project.logs, 'setup.log'),
    confirm: async packages =>
      yes || (await terminal.confirm(`Install these Debian packages: ${packages.join(' ')}?`, signal)),
    onStep: text => terminal.line(`${text} ...`),
    signal,
  })
  signal.throwIfAborted()
}
