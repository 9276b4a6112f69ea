import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePrivateFile } from '@jackalope/local-servers/stopping'
import type { Project } from '../project.ts'

/** Secrets that the services of one project share. */
const secretNames = ['JWT_SECRET', 'SERVICE_TOKEN', 'LINK_SECRET'] as const
export type Secrets = Record<(typeof secretNames)[number], string>

export interface LoadedSecrets {
  secrets: Secrets
  /** Whether some were generated now: services that run already lack them. */
  generated: boolean
}

export function secretsFile({ state }: Project): string {
  return join(state, 'secrets.json')
}

/** Reads the secrets and generates those that are missing, as in a project of an older version. They are kept, so that
 *  tokens and links stay valid after a restart. */
export async function loadSecrets(project: Project): Promise<LoadedSecrets> {
  const file = secretsFile(project)
  const known = await readSecrets(file)
  const missing = secretNames.filter(name => !known[name])
  const fresh = missing.map(name => [name, randomBytes(32).toString('base64url')])
  const secrets = { ...known, ...Object.fromEntries(fresh) } as Secrets
  if (missing.length > 0) await writePrivateFile(file, `${JSON.stringify(secrets, null, 2)}\n`)
  return { secrets, generated: missing.length > 0 }
}

async function readSecrets(file: string): Promise<Partial<Secrets>> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Partial<Secrets>
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw error
  }
}
