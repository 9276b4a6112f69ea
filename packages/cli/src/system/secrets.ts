import { randomBytes } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writePrivateFile } from '@jackalope/local-servers/stopping'
import type { Project } from '../project.ts'

/** Secrets that the services of one project share. */
export interface Secrets {
  JWT_SECRET: string
  SERVICE_TOKEN: string
}

export function secretsFile({ state }: Project): string {
  return join(state, 'secrets.json')
}

/** Reads the secrets, which the first call generates. They are kept, so that tokens stay valid after a restart. */
export async function loadSecrets(project: Project): Promise<Secrets> {
  const file = secretsFile(project)
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Secrets
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const generate = () => randomBytes(32).toString('base64url')
    const secrets: Secrets = { JWT_SECRET: generate(), SERVICE_TOKEN: generate() }
    await writePrivateFile(file, `${JSON.stringify(secrets, null, 2)}\n`)
    return secrets
  }
}
