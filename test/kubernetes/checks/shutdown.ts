import { converterConfig } from '../../../packages/converter/src/config.ts'
import { closeTimeoutMs } from '../../../packages/converter/src/start-converter.ts'
import { environmentOf, serviceContainers } from './environment.ts'
import type { Manifest } from './manifest.ts'

/** Longest shutdown of a service by default, in seconds: `closeTimeoutMs` of service-kit's `runService`. */
const defaultCloseSeconds = 30

/** Reports pods that would be killed before their service has stopped. */
export function checkShutdown(manifests: readonly Manifest[]): string[] {
  return serviceContainers(manifests).flatMap(({ workload: { title, pod }, container, service }) => {
    const { terminationGracePeriodSeconds: grace = 30 } = pod
    const waiting = container.lifecycle?.preStop?.sleep?.seconds ?? 0
    const closing =
      service === 'converter'
        ? converterCloseSeconds(environmentOf(container, manifests).values)
        : defaultCloseSeconds
    return grace >= waiting + closing
      ? []
      : [`${title}: is killed after ${grace} s, and may take ${waiting + closing} s to stop`]
  })
}

function converterCloseSeconds(values: Record<string, string>): number {
  const drain = converterConfig.shape.DRAIN_SECONDS.safeParse(values.DRAIN_SECONDS)
  // NaN for an unreadable number: no grace period is long enough then.
  return drain.success ? closeTimeoutMs({ DRAIN_SECONDS: drain.data }) / 1_000 : Number.NaN
}
