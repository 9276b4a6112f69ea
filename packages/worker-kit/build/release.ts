/** Publishes this package if its version is not on the registry yet, and tags the commit. For the release workflow. */
import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

const cwd = join(import.meta.dirname, '..')
const { name, version } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'))

if (isPublished()) console.log(`${name}@${version} is published`)
// By npm itself: pnpm and changesets would pack `src`, the folder that the workspace links to. `prepack` builds.
else execFileSync('npm', ['publish', '--provenance', '--access', 'public'], { cwd, stdio: 'inherit' })
// Tells the workflow's action which tag is new.
execFileSync('pnpm', ['exec', 'changeset', 'git-tag'], { cwd: join(cwd, '../..'), stdio: 'inherit' })

function isPublished(): boolean {
  const { status, stdout, stderr } = spawnSync('npm', ['view', `${name}@${version}`, 'version'], {
    cwd,
    encoding: 'utf8',
  })
  // A package that has never been published is E404; a version that is not there gives no output.
  if (status !== 0 && !stderr.includes('E404')) throw new Error(`npm view failed: ${stderr}`)
  return status === 0 && stdout.trim() === version
}
