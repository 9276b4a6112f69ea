import { collectDefaultMetrics, Registry } from 'prom-client'

export type Metrics = Registry

/** A registry of metrics with those of the process. Each series has the label `service`. */
export function createMetrics(service: string): Metrics {
  const register = new Registry()
  register.setDefaultLabels({ service })
  collectDefaultMetrics({ register })
  return register
}
