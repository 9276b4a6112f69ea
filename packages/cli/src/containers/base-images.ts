import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { CliError } from '../cli-error.ts'
import type { CommandContext } from '../command.ts'
import type { Docker } from './docker.ts'
import { isStandIn, makeStandIns } from './stand-ins.ts'

/** The images that Dockerfile and compose.yaml need and do not build. */
async function neededImages(root: string, docker: Docker): Promise<string[]> {
  const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8')
  const nodeImage = /^ARG NODE_IMAGE=(.+)$/m.exec(dockerfile)?.[1]
  if (!nodeImage) throw new CliError('the Dockerfile does not name its base image in NODE_IMAGE')
  const { services } = JSON.parse(await docker.ask('compose', 'config', '--format', 'json')) as {
    services: Record<string, { image: string; build?: unknown }>
  }
  const images = Object.values(services).filter(({ build }) => !build)
  return [...new Set([nodeImage, ...images.map(({ image }) => image)])]
}

/** Pulls the base images and the servers' images. Where none can be pulled, it builds stand-ins and gives their names.
 *  @throws {CliError} */
export async function prepareBaseImages(docker: Docker, context: CommandContext): Promise<string[]> {
  const { project, terminal, signal } = context
  const missing: string[] = []
  for (const image of await neededImages(project.root, docker))
    if (!(await isReal(image, docker))) missing.push(image)

  const unreachable: string[] = []
  for (const image of missing) {
    const began = performance.now()
    try {
      await docker.step(`Pulling ${image}`, ['pull', image], signal)
      terminal.done(`Pulled ${image}`, performance.now() - began)
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      unreachable.push(image)
    }
  }
  if (unreachable.length > 0) await makeStandIns(unreachable, docker, context)
  return unreachable
}

async function isReal(image: string, docker: Docker): Promise<boolean> {
  const isThere = await docker.ask('image', 'inspect', image).then(
    () => true,
    () => false,
  )
  return isThere && !(await isStandIn(image, docker))
}
