import { brokerFaults } from './broker.ts'
import { connectionFaults } from './connections.ts'
import { environmentFaults } from './environment.ts'
import type { Fault } from './fault.ts'
import { imageFaults } from './images.ts'
import { ingressFaults } from './ingress.ts'
import { loginFaults } from './logins.ts'
import { metricFaults } from './metrics.ts'
import { nameFaults } from './names.ts'
import { networkPolicyFaults } from './network-policies.ts'
import { podSecurityFaults } from './pod-security.ts'
import { probeFaults } from './probes.ts'
import { referenceFaults } from './references.ts'
import { scalingFaults } from './scaling.ts'
import { schemaFaults } from './schema.ts'
import { selectorFaults } from './selectors.ts'
import { shutdownFaults } from './shutdown.ts'

/** The planted faults. Each file belongs to the check of the same name. */
export const faults: readonly Fault[] = [
  ...schemaFaults,
  ...nameFaults,
  ...selectorFaults,
  ...referenceFaults,
  ...podSecurityFaults,
  ...imageFaults,
  ...environmentFaults,
  ...probeFaults,
  ...shutdownFaults,
  ...connectionFaults,
  ...loginFaults,
  ...ingressFaults,
  ...networkPolicyFaults,
  ...brokerFaults,
  ...scalingFaults,
  ...metricFaults,
]
