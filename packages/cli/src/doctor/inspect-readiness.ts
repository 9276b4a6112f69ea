import { join } from 'node:path'
import type { ServerRecord } from '@jackalope/local-servers'
import type { Finding } from './finding.ts'

/** Longest wait for a service's answer, in milliseconds. Its checks take up to 3 seconds. */
const answersWithinMs = 6_000

interface Readiness {
  checks?: Record<string, 'up' | 'down'>
  optional?: Record<string, 'up' | 'down'>
}

/** What a running service says of itself in `/readyz`: nothing when it is ready and all of its checks pass. */
export async function inspectReadiness(
  { name, title, ports }: ServerRecord,
  logs: string,
): Promise<Finding[]> {
  const log = join(logs, `${name}.log`)
  const tell = (text: string): Finding[] => [{ kind: 'wrong', text: `${title} ${text}; its log: ${log}` }]
  try {
    const signal = AbortSignal.timeout(answersWithinMs)
    const response = await fetch(`http://127.0.0.1:${ports.main}/readyz`, { signal })
    const { checks, optional } = (await response.json()) as Readiness
    const down = Object.entries({ ...checks, ...optional }).flatMap(([check, state]) =>
      state === 'down' ? [check] : [],
    )
    if (down.length > 0)
      return tell(`${response.ok ? 'works without' : 'is not ready; down'}: ${down.join(', ')}`)
    return response.ok ? [] : tell('is not ready')
  } catch {
    return tell('runs and does not answer')
  }
}
