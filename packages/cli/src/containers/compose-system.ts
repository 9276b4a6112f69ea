import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { findFreePort } from '@jackalope/local-servers'
import type { CommandContext } from '../command.ts'
import type { Docker } from './docker.ts'

/** Longest clean-up step, in milliseconds. */
const cleanUpWithinMs = 5 * 60_000

/** Variables that make every `docker compose` in the project's folder use the system under test, without the user's
 *  own settings. */
export async function composeEnvironment({
  project,
  env,
}: CommandContext): Promise<Record<string, string | undefined>> {
  const text = await readFile(join(project.root, 'compose.yaml'), 'utf8')
  const settings = [...text.matchAll(/\$\{(\w+)/g)].map(([, name = '']) => name)
  const foreign = [...settings, 'COMPOSE_FILE', 'COMPOSE_PROFILES']
  return {
    ...env,
    ...Object.fromEntries(foreign.map(name => [name, undefined])),
    COMPOSE_DISABLE_ENV_FILE: '1',
    // Each clone has a name of its own, so that two can be tested at the same time.
    COMPOSE_PROJECT_NAME: `jackalope-test-${createHash('sha256').update(project.root).digest('hex').slice(0, 8)}`,
    GATEWAY_PORT: String(await findFreePort()),
    MANAGEMENT_PORT: String(await findFreePort()),
  }
}

/** Builds the images of the services. */
export async function buildServices(docker: Docker, { signal }: CommandContext): Promise<void> {
  await docker.step('Building the images', ['compose', 'build'], signal)
}

/** Starts everything and resolves when all of it is healthy. */
export async function startSystem(docker: Docker, { signal }: CommandContext): Promise<void> {
  const args = [
    'compose',
    'up',
    '--detach',
    '--wait',
    '--wait-timeout',
    '300',
    '--no-build',
    '--pull',
    'never',
  ]
  await docker.step('docker compose up', args, signal)
}

/** Removes containers, networks and volumes, including those of a killed run. A Ctrl-C does not interrupt it. */
export async function removeSystem(docker: Docker): Promise<void> {
  const args = ['compose', 'down', '--volumes', '--remove-orphans', '--timeout', '5']
  await docker.step('docker compose down', args, AbortSignal.timeout(cleanUpWithinMs))
}

/** Writes the containers' logs into the log file. */
export async function keepLogs(docker: Docker): Promise<void> {
  const args = ['compose', 'logs', '--no-color', '--timestamps', '--tail', '2000']
  await docker.step('docker compose logs', args, AbortSignal.timeout(cleanUpWithinMs))
}

/** Names of the services' images, built or not. */
export async function serviceImages(docker: Docker): Promise<string[]> {
  const config = JSON.parse(await docker.ask('compose', 'config', '--format', 'json')) as {
    services: Record<string, { image: string; build?: unknown }>
  }
  return Object.values(config.services).flatMap(({ image, build }) => (build ? [image] : []))
}

/** Size of an image as `docker image ls` shows it. */
export async function imageSizeBytes(image: string, docker: Docker): Promise<number> {
  return Number(await docker.ask('image', 'inspect', '--format', '{{.Size}}', image))
}
