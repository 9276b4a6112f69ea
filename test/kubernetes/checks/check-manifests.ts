import { authConfig } from '../../../packages/auth/src/auth-config.ts'
import { converterConfig } from '../../../packages/converter/src/config.ts'
import { gatewayConfig } from '../../../packages/gateway/src/gateway-config.ts'
import { notifierConfig } from '../../../packages/notifier/src/config/notifier-config.ts'
import { checkBroker } from './broker.ts'
import { checkConnections } from './connections.ts'
import { checkEnvironment, type ServiceConfigs } from './environment.ts'
import { checkImages } from './images.ts'
import { checkIngress } from './ingress.ts'
import type { Manifest } from './manifest.ts'
import { checkMetrics } from './metrics.ts'
import { checkNames } from './names.ts'
import { checkNetworkPolicies } from './network-policies.ts'
import { checkPodSecurity } from './pod-security.ts'
import { checkProbes } from './probes.ts'
import type { ProjectImages } from './project-images.ts'
import { checkReferences } from './references.ts'
import { checkScaling } from './scaling.ts'
import { checkSchema } from './schema.ts'
import { checkSelectors } from './selectors.ts'
import { checkShutdown } from './shutdown.ts'

export const serviceConfigs: ServiceConfigs = {
  auth: authConfig,
  gateway: gatewayConfig,
  converter: converterConfig,
  notifier: notifierConfig,
}

/** What manifests must fit. */
export interface Project {
  images: ProjectImages
  version: string
  /** Schema of each service's variables. */
  configs: ServiceConfigs
}

/** All faults of a system's objects, one line each. */
export async function checkManifests(manifests: readonly Manifest[], project: Project): Promise<string[]> {
  if (manifests.length === 0) return ['there is no object to check']
  const faults = await checkSchema(manifests)
  // Objects that do not fit their schema cannot be checked further.
  if (faults.length > 0) return faults
  return [
    ...checkNames(manifests),
    ...checkSelectors(manifests),
    ...checkReferences(manifests),
    ...checkPodSecurity(manifests),
    ...checkImages(manifests, project.images, project.version),
    ...checkEnvironment(manifests, project.configs, project.images),
    ...checkMetrics(manifests),
    ...checkProbes(manifests),
    ...checkShutdown(manifests),
    ...checkConnections(manifests),
    ...checkIngress(manifests),
    ...checkNetworkPolicies(manifests),
    ...checkBroker(manifests),
    ...checkScaling(manifests),
  ]
}
