import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import { createGridFsBlobStore } from '../../packages/blob-store/src/index.ts'
import { onEnd, withTimeLimit } from '../../packages/local-servers/src/testing/index.ts'

const run = promisify(execFile)

/** The namespace of the overlay `local`. */
const namespace = 'jackalope'

/** Longest wait for pods, in seconds. */
const patienceSeconds = 300
/** Longest run of a kubectl command, in milliseconds. */
const commandLimitMs = (patienceSeconds + 60) * 1_000

/** Runs kubectl in the namespace; gives its output.
 *  @throws {Error} with what kubectl writes to stderr */
export async function kubectl(...args: string[]): Promise<string> {
  const { stdout } = await run('kubectl', ['--namespace', namespace, ...args], {
    timeout: commandLimitMs,
    maxBuffer: 64 * 2 ** 20,
  })
  return stdout.trim()
}

/** Sets the number of pods of a deployment and waits until that many are ready. */
export async function scale(deployment: string, replicas: number): Promise<void> {
  await kubectl('scale', 'deployment', deployment, `--replicas=${replicas}`)
  if (replicas > 0) await untilRolledOut(`deployment/${deployment}`)
  else
    await kubectl(
      'wait',
      '--for=delete',
      'pod',
      `--selector=app=${deployment}`,
      `--timeout=${patienceSeconds}s`,
    )
}

export async function untilRolledOut(workload: string): Promise<void> {
  await kubectl('rollout', 'status', workload, `--timeout=${patienceSeconds}s`)
}

/** Names of an app's pods, without those that are being deleted. */
export async function podsOf(app: string): Promise<string[]> {
  const pods = JSON.parse(await kubectl('get', 'pods', `--selector=app=${app}`, '--output=json'))
  return pods.items
    .filter(({ metadata }: Pod) => !metadata.deletionTimestamp)
    .map(({ metadata }: Pod) => metadata.name)
}

interface Pod {
  metadata: { name: string; deletionTimestamp?: string }
}

/** Deletes the pod of a server and waits until its stateful set has a new pod that is ready. */
export async function replaceServer(server: string): Promise<void> {
  await kubectl('delete', 'pod', `${server}-0`)
  await untilRolledOut(`statefulset/${server}`)
}

/** Counts a job's audio files in the database. */
export async function audioFilesOf(t: TestContext, jobId: string): Promise<number> {
  const password = await secretValue('mongodb', 'MONGO_INITDB_ROOT_PASSWORD')
  const port = await forward(t, 'mongodb', 27_017)
  const url = `mongodb://jackalope:${password}@127.0.0.1:${port}/?authSource=admin&directConnection=true`
  const audios = createGridFsBlobStore({ url, database: 'mp3s' })
  try {
    return (await Array.fromAsync(audios.list({ metadata: { jobId } }))).length
  } finally {
    await audios.close()
  }
}

/** The secret in an environment variable of a server. */
async function secretValue(server: string, variable: string): Promise<string> {
  const set = JSON.parse(await kubectl('get', 'statefulset', server, '--output=json'))
  const { env } = set.spec.template.spec.containers[0]
  const { name, key } = env.find((entry: { name: string }) => entry.name === variable).valueFrom.secretKeyRef
  const secret = JSON.parse(await kubectl('get', 'secret', name, '--output=json'))
  return Buffer.from(secret.data[key], 'base64').toString()
}

/** Forwards a port of a server's service until the test ends; gives the port on this machine. */
async function forward(t: TestContext, service: string, port: number): Promise<number> {
  const args = ['--namespace', namespace, 'port-forward', `service/${service}`, `:${port}`]
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'inherit'] })
  onEnd(t, async () => {
    if (child.exitCode !== null) return
    const ended = once(child, 'exit')
    child.kill()
    await ended
  })
  const forwarded = async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      const [, found] = line.match(/^Forwarding from 127\.0\.0\.1:(\d+)/) ?? []
      if (found) return Number(found)
    }
    throw new Error(`kubectl port-forward ended before it forwarded a port of ${service}`)
  }
  return await withTimeLimit(`kubectl port-forward to ${service}`, 60_000, forwarded())
}

/** Tries to connect from a pod with the label of an app; gives `open` or the reason of the failure.
 *  @param app - the app. Its services send no requests to the pod, which never becomes ready */
export async function connectFrom(app: string, host: string, port: number): Promise<string> {
  const name = `try-${app}-${Math.random().toString(36).slice(2, 8)}`
  const script = `
    const socket = require('node:net').connect({ host: '${host}', port: ${port}, timeout: 5000 })
    const tell = text => { console.log(text); process.exit(0) }
    socket.on('connect', () => tell('open')).on('timeout', () => tell('timeout')).on('error', e => tell(e.code))`
  const [gatewayPod] = JSON.parse(
    await kubectl('get', 'pods', '--selector=app=gateway', '--output=json'),
  ).items
  assert.ok(gatewayPod, 'no gateway runs; its image is needed')
  const { image, securityContext } = gatewayPod.spec.containers[0]
  const pod = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { app } },
    spec: {
      restartPolicy: 'Never',
      automountServiceAccountToken: false,
      enableServiceLinks: false,
      securityContext: gatewayPod.spec.securityContext,
      // Nothing sets this condition, so the pod never becomes ready and services send it no requests.
      readinessGates: [{ conditionType: 'example.com/never' }],
      containers: [{ name, image, command: ['node', '-e', script], securityContext }],
    },
  }
  try {
    await apply(pod)
    await kubectl('wait', `pod/${name}`, '--for=jsonpath={.status.phase}=Succeeded', '--timeout=60s')
    return await kubectl('logs', name)
  } finally {
    await kubectl('delete', 'pod', name, '--ignore-not-found', '--wait=false')
  }
}

/** Applies an object to the cluster.
 *  @throws {Error} with the cluster's reason for refusing it */
export async function apply(manifest: object, ...args: string[]): Promise<void> {
  const child = execFile('kubectl', ['--namespace', namespace, 'apply', ...args, '--filename=-'], {
    timeout: commandLimitMs,
  })
  let complaint = ''
  child.stderr?.on('data', text => {
    complaint += text
  })
  child.stdin?.end(JSON.stringify(manifest))
  const [exitCode] = await once(child, 'close')
  if (exitCode !== 0) throw new Error(complaint)
}
