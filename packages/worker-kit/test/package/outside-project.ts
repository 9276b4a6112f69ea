import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { amqpUrl, redisUrl } from '@jackalope/local-servers/testing'
import { type RunOptions, runCommand } from './run-command.ts'

const fixtures = join(import.meta.dirname, 'fixtures')

/** A project outside the workspace that has installed packages with npm, as a user does. */
export class OutsideProject {
  readonly folder: string

  constructor(folder: string) {
    this.folder = folder
  }

  static async create(parent: string, name: string, packages: readonly string[]): Promise<OutsideProject> {
    const folder = join(parent, name)
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'package.json'), '{ "private": true }\n')
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline']
    await runCommand('npm', [...args, ...packages], { cwd: folder })
    return new OutsideProject(folder)
  }

  /** Copies files of `fixtures/` into the project. */
  async add(...names: string[]): Promise<void> {
    for (const name of names) await cp(join(fixtures, name), join(this.folder, name))
  }

  async write(name: string, text: string): Promise<void> {
    await writeFile(join(this.folder, name), text)
  }

  /** Runs a program of the project, with the addresses of the servers in its environment. */
  run(program: string, args: readonly string[], { node, env }: Partial<RunOptions> = {}): Promise<string> {
    const servers = { AMQP_URL: amqpUrl(), REDIS_URL: redisUrl() }
    return runCommand(program, args, { cwd: this.folder, node, env: { ...servers, ...env } })
  }
}

/** An empty folder that is no part of the workspace. */
export async function temporaryFolder(): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'worker-kit-package-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
