import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parse } from 'yaml'

/** The image of one target of the Dockerfile. */
export interface ImageTarget {
  /** Value of `USER`. */
  user: string
  /** Variables that `ENV` sets. */
  env: Record<string, string>
}

/** Images that the project builds, and the servers' images of `compose.yaml`. */
export interface ProjectImages {
  targets: Map<string, ImageTarget>
  /** Images of compose.yaml. */
  servers: string[]
}

/** Reads the images.
 *  @throws {Error} when a file contains none */
export async function readProjectImages(root: string): Promise<ProjectImages> {
  const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8')
  const compose = await readFile(join(root, 'compose.yaml'), 'utf8')
  const images = { targets: targetsOf(dockerfile), servers: serversOf(compose) }
  if (images.targets.size === 0) throw new Error('the Dockerfile has no target')
  if (images.servers.length === 0) throw new Error('compose.yaml names no image')
  return images
}

export function targetsOf(dockerfile: string): Map<string, ImageTarget> {
  const targets = new Map<string, ImageTarget>()
  let current: ImageTarget | undefined
  for (const line of dockerfile.replaceAll(/\\\n/g, ' ').split('\n')) {
    const [instruction = '', ...words] = line.trim().split(/\s+/)
    switch (instruction) {
      case 'FROM': {
        const [base = '', , name] = words
        current = { user: targets.get(base)?.user ?? 'root', env: { ...targets.get(base)?.env } }
        if (name) targets.set(name, current)
        break
      }
      case 'USER':
        if (current) current.user = words[0] ?? 'root'
        break
      case 'ENV':
        for (const word of words) {
          const [key = '', value = ''] = word.split('=', 2)
          if (current) current.env[key] = value
        }
        break
    }
  }
  return targets
}

function serversOf(compose: string): string[] {
  const { services = {} } = parse(compose) as {
    services?: Record<string, { image?: string; build?: unknown }>
  }
  return Object.values(services).flatMap(({ image, build }) => (image && !build ? [image] : []))
}
