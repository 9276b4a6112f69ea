import type { Endpoint } from '@jackalope/service-kit/endpoint'

/** The endpoints among what some modules export; problems and schemas are left out. */
export function endpointsOf(modules: readonly object[]): Endpoint[] {
  return modules.flatMap(module => Object.values(module)).filter(isEndpoint)
}

function isEndpoint(value: unknown): value is Endpoint {
  return typeof value === 'object' && value !== null && 'answers' in value && 'access' in value
}
