import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** The project's folder. */
export const projectRoot = resolve(import.meta.dirname, '../../..')

/** Address of the repository's pages, such as `https://github.com/owner/name`, from worker-kit's package.json.
 *  `undefined` when no repository is named there. */
export function repositoryUrl(root: string): string | undefined {
  const text = readFileSync(join(root, 'packages/worker-kit/package.json'), 'utf8')
  const { repository } = JSON.parse(text) as { repository?: string | { url: string } }
  const url = typeof repository === 'object' ? repository.url : repository
  return url?.replace(/^git\+/, '').replace(/\.git$/, '')
}
