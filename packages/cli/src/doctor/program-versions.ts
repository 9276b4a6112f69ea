import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { serverEnvironment } from '@jackalope/local-servers'

const withinMs = 10_000

/** Runs a program; gives its output.
 *  @throws {Error} when it cannot be run, fails or takes over 10 s */
export async function outputOf(file: string, ...args: string[]): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(file, args, {
    timeout: withinMs,
    env: serverEnvironment(),
    maxBuffer: 4 * 1024 * 1024,
  })
  return stdout || stderr
}

/** The version in a program's output.
 *  @param before - what stands before the version
 *  @throws {Error} when the program cannot be run */
export async function versionOf(file: string, option: string, before: RegExp): Promise<string | undefined> {
  const output = await outputOf(file, option)
  return new RegExp(`${before.source}(\\d[\\w.-]*)`, 'i').exec(output)?.[1]
}

/** RabbitMQ's version, from the name of its code's folder: running the program takes seconds. */
export async function rabbitmqVersion(script: string): Promise<string | undefined> {
  const folders = [
    join(dirname(script), '../lib'),
    join(dirname(script), '../plugins'),
    '/usr/lib/rabbitmq/lib',
  ]
  for (const folder of folders) {
    const names = await readdir(folder).catch(() => [])
    const version = names.map(name => /^rabbit(?:mq_server|)-(\d[\d.]*)/.exec(name)?.[1]).find(Boolean)
    if (version) return version
  }
  return undefined
}
