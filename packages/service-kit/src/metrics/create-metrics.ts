import { collectDefaultMetrics, Registry } from 'prom-client'

export type Metrics = Registry

/** A service's metrics: those of its process are in it. Each line bears the service's name. */
export function createMetrics(service: string): Metrics {
  const register = new Registry()
  register.setDefaultLabels({ service })
  collectDefaultMetrics({ register })
  return register
}
