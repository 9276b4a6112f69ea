import { CliError } from '../cli-error.ts'
import type { Docker } from './docker.ts'

/** The engine's version.
 *  @throws {CliError} that says what is missing: the client, an engine that answers, or Docker Compose */
export async function requireEngine(docker: Docker): Promise<string> {
  const version = await docker.ask('version', '--format', '{{.Server.Version}}').catch(cause => {
    throw new CliError(explain(cause), { cause })
  })
  await docker.ask('compose', 'version').catch(cause => {
    throw new CliError(
      'Docker has no plugin "compose"; install docker-compose-plugin, or Debian 13\'s package docker-compose',
      { cause },
    )
  })
  return version
}

function explain(cause: NodeJS.ErrnoException & { stderr?: string }): string {
  if (cause.code === 'ENOENT') return 'Docker is not installed: there is no program "docker"'
  const reason = cause.stderr?.trim().split('\n').at(-1) ?? cause.message
  return `no Docker engine answers (${reason}); start one, or name it in DOCKER_HOST`
}
