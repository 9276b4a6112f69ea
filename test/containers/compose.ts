import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { resolve } from 'node:path'
import { promisify } from 'node:util'
import { until } from '../../packages/local-servers/src/testing/index.ts'
import { curl } from '../support/curl.ts'

const run = promisify(execFile)
export const root = resolve(import.meta.dirname, '../..')

/** Longest wait for a state of the system, in milliseconds. */
const patienceMs = 240_000
/** Longest run of a docker command, in milliseconds. */
const commandLimitMs = 10 * 60_000

/** The services in compose.yaml, without `secrets`, which ends when it has generated them. */
export const serviceNames = [
  ...['rabbitmq', 'redis', 'mysql', 'mongodb'],
  ...['auth', 'gateway', 'converter', 'notifier'],
] as const

export const project = given('COMPOSE_PROJECT_NAME')
export const gatewayUrl = `http://127.0.0.1:${given('GATEWAY_PORT')}`
export const managementUrl = `http://127.0.0.1:${given('MANAGEMENT_PORT')}`

function given(name: string): string {
  const value = process.env[name]
  assert.ok(value, `${name} is not set: these tests are run by ./jackalope test containers`)
  return value
}

export async function docker(...args: string[]): Promise<string> {
  return (
    await run('docker', args, { cwd: root, timeout: commandLimitMs, maxBuffer: 64 * 1024 * 1024 })
  ).stdout.trim()
}

export function compose(...args: string[]): Promise<string> {
  return docker('compose', ...args)
}

/** Runs a program in a service's container, as that container's user. */
export function inside(service: string, ...command: string[]): Promise<string> {
  return compose('exec', '-T', service, ...command)
}

/** Kills a container by SIGKILL. The engine does not restart it. */
export async function kill(service: string): Promise<void> {
  await compose('kill', '--signal', 'SIGKILL', service)
}

/** Starts a killed service again, and waits until the gateway is ready. */
export async function startAgain(service: string): Promise<void> {
  await compose('start', service)
  await untilReady()
}

/** Waits until the gateway reaches every server. */
export async function untilReady(): Promise<void> {
  await until(async () => {
    const answer = await curl(`${gatewayUrl}/readyz`).catch(() => undefined)
    return answer?.status === 200
  }, patienceMs)
}

/** Sets the number of converters; gives the ids of their containers. */
export async function scaleConverters(count: number): Promise<string[]> {
  const scale = ['--scale', `converter=${count}`]
  await compose('up', '--detach', '--wait', '--no-recreate', '--no-build', '--no-deps', ...scale, 'converter')
  const ids = (await compose('ps', '--quiet', 'converter')).split('\n')
  assert.equal(ids.length, count)
  return ids
}

/** Resolves with the first of these containers in which ffmpeg runs. */
export async function untilConverting(containers: string[]): Promise<string> {
  return await until(async () => {
    for (const id of containers) if (/\bffmpeg\b/.test(await docker('top', id))) return id
    return undefined
  }, patienceMs)
}

/** Counts the documents of the GridFS bucket `fs` in a database that match a query. */
export async function countFiles(database: 'videos' | 'mp3s', query: object): Promise<number> {
  const program = `
    import { readFileSync } from 'node:fs'
    import { MongoClient } from 'mongodb'
    const client = await MongoClient.connect(readFileSync('/run/secrets/gateway/mongodb-url', 'utf8'))
    console.log(await client.db(process.argv[1]).collection('fs.files').countDocuments(JSON.parse(process.argv[2])))
    await client.close()`
  const node = ['node', '--input-type=module', '--eval', program, database, JSON.stringify(query)]
  // The folder from which Node finds the driver.
  const place = ['--workdir', '/app/packages/blob-store']
  return Number(await compose('exec', '-T', ...place, 'gateway', ...node))
}

/** All generated secrets: passwords and tokens. */
export async function allSecrets(): Promise<string[]> {
  const shell = ['run', '--rm', '--no-deps', '-T', '--entrypoint', 'sh', 'secrets', '-c']
  const text = await compose(...shell, 'for file in /run/secrets/*/*; do cat "$file"; echo; done')
  return [...new Set(text.match(/[\da-f]{64}/g))]
}
