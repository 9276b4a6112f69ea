import type { GatewayConfig } from '../gateway-config.ts'

/** How long things are kept, in milliseconds; `undefined` is for ever. */
export interface Retention {
  sourceMs: number | undefined
  audioMs: number | undefined
  jobMs: number | undefined
  /** Age at which something that belongs to nothing was left by a crash. */
  orphanMs: number
  /** Time between two runs of the upkeep. */
  intervalMs: number
}

export function readRetention(
  config: Pick<
    GatewayConfig,
    | 'SOURCE_RETENTION_SECONDS'
    | 'AUDIO_RETENTION_SECONDS'
    | 'JOB_RETENTION_SECONDS'
    | 'ORPHAN_GRACE_SECONDS'
    | 'UPKEEP_INTERVAL_SECONDS'
  >,
): Retention {
  const limit = (seconds: number) => (seconds === 0 ? undefined : seconds * 1_000)
  return {
    sourceMs: limit(config.SOURCE_RETENTION_SECONDS),
    audioMs: limit(config.AUDIO_RETENTION_SECONDS),
    jobMs: limit(config.JOB_RETENTION_SECONDS),
    orphanMs: config.ORPHAN_GRACE_SECONDS * 1_000,
    intervalMs: config.UPKEEP_INTERVAL_SECONDS * 1_000,
  }
}
