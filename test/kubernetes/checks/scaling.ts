import { audioReady, convertVideo } from '../../../packages/contracts/src/index.ts'
import { environmentOf } from './environment.ts'
import {
  findManifest,
  type Manifest,
  ofKind,
  servicePortOf,
  titleOf,
  workloadsBehind,
  workloadsOf,
} from './manifest.ts'
import { mayEnter } from './network-policies.ts'

/** Names of the broker's queues, by worker-kit's default prefix. */
const queues = [convertVideo, audioReady].map(({ name }) => `bull:${name}`)

/** Jobs that wait in Redis alone. */
const lists = queues.map(queue => `${queue}:prioritized`)

interface Trigger {
  type: string
  metadata: Record<string, string>
}

/** Checks scaling by the length of a queue. Does the queue exist? Does its length include messages in flight? Can KEDA
 *  ask for it? Does nobody else set the number of pods? */
export function checkScaling(manifests: readonly Manifest[]): string[] {
  return ofKind(manifests, 'ScaledObject').flatMap(scaler => {
    const workload = workloadsOf(manifests).find(({ name }) => name === scaler.spec.scaleTargetRef.name)
    const faults: string[] = []
    if (workload && workload.manifest.spec.replicas !== undefined)
      faults.push(`${workload.title} says a number of replicas too, and each apply sets it back`)
    const [container] = workload?.containers ?? []
    const concurrency = container && environmentOf(container, manifests).values.CONCURRENCY
    const triggers = scaler.spec.triggers as Trigger[]
    faults.push(...countsAll(triggers))
    for (const { type, metadata } of triggers) {
      if (type === 'redis') {
        const { listName = '', listLength, address = '' } = metadata
        if (!lists.includes(listName))
          faults.push(`no list is named ${listName}; there are ${lists.join(', ')}`)
        if (listLength !== concurrency)
          faults.push(`asks for a pod per ${listLength} jobs that stand back; one takes ${concurrency}`)
        faults.push(...hostFaults(`redis://${address}`, manifests))
      }
      if (type !== 'rabbitmq') continue
      const { protocol, queueName = '', value, host = '' } = metadata
      if (!queues.includes(queueName))
        faults.push(`no queue is named ${queueName}; there are ${queues.join(', ')}`)
      if (protocol !== 'http') faults.push('only protocol http counts what is under way')
      if (value !== concurrency) faults.push(`asks for a pod per ${value} jobs; one takes ${concurrency}`)
      faults.push(...hostFaults(host, manifests))
    }
    return [...new Set(faults)].map(fault => `${titleOf(scaler)}: ${fault}`)
  })
}

/** A user's further conversions stand back in Redis, where the broker does not count them. */
function countsAll(triggers: readonly Trigger[]): string[] {
  const queue = `bull:${convertVideo.name}`
  const isCounted = triggers.some(({ metadata }) => metadata.listName === `${queue}:prioritized`)
  return isCounted || !triggers.some(({ metadata }) => metadata.queueName === queue)
    ? []
    : [`does not count the jobs of ${queue} that stand back`]
}

/** @param host - with its namespace, since KEDA runs in another one */
function hostFaults(host: string, manifests: readonly Manifest[]): string[] {
  const url = URL.parse(host)
  const [name = '', namespace, kind] = url?.hostname.split('.') ?? []
  const service = findManifest(manifests, 'Service', name)
  if (!url || !service || kind !== 'svc' || namespace !== service.metadata.namespace)
    return [`there is no service ${host}`]
  if (url.username || url.password)
    return [`${host} holds a password; a TriggerAuthentication takes it from a secret`]
  const port = Number(url.port)
  if (!servicePortOf(service, { number: port })) return [`${name} has no port ${port}`]
  return workloadsBehind(service, workloadsOf(manifests)).flatMap(workload =>
    mayEnter('outside', workload, port, manifests)
      ? []
      : [`no network policy lets KEDA reach ${workload.title}`],
  )
}
