import { audioReady, convertVideo } from '../../../packages/contracts/src/index.ts'
import { findManifest, type Manifest, workloadsOf } from './manifest.ts'

/** Checks RabbitMQ's settings: it must not requeue the delivery of a running job, and must block publishers before the
 *  node kills it for its memory. */
export function checkBroker(manifests: readonly Manifest[]): string[] {
  return workloadsOf(manifests).flatMap(({ title, pod, containers }) => {
    const broker = containers.findLast(({ image }) => image?.startsWith('rabbitmq:'))
    if (!broker) return []
    const maps = pod.volumes?.flatMap(({ configMap }) => configMap?.name ?? []) ?? []
    const settings = maps
      .flatMap(name => Object.values(findManifest(manifests, 'ConfigMap', name)?.data ?? {}))
      .join('\n')
    const setting = (name: string) =>
      settings.match(new RegExp(`^${name.replaceAll('.', '\\.')} *= *(.+)$`, 'm'))?.[1]

    const faults: string[] = []
    const consumerTimeoutMs = Number(setting('consumer_timeout'))
    for (const { name, timeoutMs } of [convertVideo, audioReady])
      if (!(consumerTimeoutMs > (timeoutMs ?? Number.POSITIVE_INFINITY)))
        faults.push(`${title}: consumer_timeout must be set, and longer than the ${timeoutMs} ms of ${name}`)
    const mark = sizeBytes(setting('vm_memory_high_watermark.absolute'))
    const limit = sizeBytes(broker.resources?.limits?.memory)
    if (!(mark < limit))
      faults.push(`${title}: vm_memory_high_watermark.absolute must be set, and below the limit of memory`)
    return faults
  })
}

const units: Readonly<Record<string, number>> = { Mi: 2 ** 20, MiB: 2 ** 20, Gi: 2 ** 30, GiB: 2 ** 30 }

/** @returns NaN when it is not set or in another unit; every comparison with it is false */
function sizeBytes(text: string | number | undefined): number {
  const [, number, unit = ''] = String(text).match(/^(\d+)([A-Za-z]+)$/) ?? []
  return Number(number) * (units[unit] ?? Number.NaN)
}
