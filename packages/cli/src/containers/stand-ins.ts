import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findProgram } from '@jackalope/local-servers'
import { CliError } from '../cli-error.ts'
import type { CommandContext } from '../command.ts'
import type { Docker } from './docker.ts'

/** Targets in the Dockerfile of the stand-ins. Each is the name of an image without its tag. */
const targets = ['node', 'rabbitmq', 'redis', 'mysql', 'mongo']
const label = 'jackalope.stand-in'
/** Longest removal of images, in milliseconds. */
const removeWithinMs = 5 * 60_000
const debian = 'jackalope-stand-in/debian:trixie'

export async function isStandIn(image: string, docker: Docker): Promise<boolean> {
  const format = `{{ index .Config.Labels "${label}" }}`
  return (await docker.ask('image', 'inspect', '--format', format, image)) === 'true'
}

/** Builds images of Debian packages under the names of images that cannot be pulled.
 *  @throws {CliError} that says what is missing to build them */
export async function makeStandIns(images: string[], docker: Docker, context: CommandContext): Promise<void> {
  const { project, terminal, signal } = context
  const unknown = images.filter(image => !targets.includes(targetOf(image)))
  if (unknown.length > 0)
    throw new CliError(`these images cannot be pulled, and have no stand-in: ${unknown.join(', ')}`)
  terminal.line(`These images cannot be pulled; stand-ins are made of Debian packages: ${images.join(', ')}`)
  const folder = join(project.root, 'test/containers/stand-ins')
  await makeDebian(folder, docker, context)
  for (const image of images) {
    const began = performance.now()
    const args = [
      'build',
      '--target',
      targetOf(image),
      '--label',
      `${label}=true`,
      '--tag',
      ownName(image),
      folder,
    ]
    await docker.step(`Making a stand-in for ${image}`, args, signal)
    terminal.done(`Made a stand-in for ${image}`, performance.now() - began)
  }
  for (const image of images) await docker.ask('tag', ownName(image), image)
}

/** Removes the borrowed names, so that nobody mistakes a stand-in, or an image built on one, for the real image.
 *  Missing names are skipped. */
export async function forgetImages(images: string[], docker: Docker): Promise<void> {
  const args = ['image', 'rm', '--force', ...images]
  await docker.step('Removing the names of stand-ins', args, AbortSignal.timeout(removeWithinMs))
}

/** The name under which a stand-in is kept when its borrowed name is removed. */
function ownName(image: string): string {
  return `jackalope-stand-in/${targetOf(image)}`
}

function targetOf(image: string): string {
  return image.split(':')[0] ?? image
}

async function makeDebian(folder: string, docker: Docker, context: CommandContext): Promise<void> {
  const { terminal, env, signal } = context
  if ((await docker.ask('image', 'ls', '--quiet', debian)) !== '') return
  if (process.getuid?.() !== 0 || !findProgram('debootstrap'))
    throw new CliError('stand-ins need root and the program debootstrap: apt-get install debootstrap')
  const began = performance.now()
  const candidates = [env.SSL_CERT_FILE, env.NODE_EXTRA_CA_CERTS, '/etc/ssl/certs/ca-certificates.crt']
  const certificates = candidates.find(file => file && existsSync(file))
  const script = join(folder, 'make-debian.sh')
  await docker.stepOf('sh', 'debootstrap', [script, debian, certificates ?? ''], signal)
  terminal.done('Made a Debian to build stand-ins from', performance.now() - began)
}
