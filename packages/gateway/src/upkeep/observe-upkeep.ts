import type { UpkeepReport } from '@jackalope/contracts'
import type { Metrics } from '@jackalope/service-kit'
import { Counter, Gauge } from 'prom-client'

/** Counts what the upkeep removes.
 *  @returns what takes the report of a run */
export function observeUpkeep(register: Metrics): (report: UpkeepReport) => void {
  const registers = [register]
  const files = new Counter({
    name: 'jackalope_upkeep_files_total',
    help: 'Files and records that the upkeep removed, by what they were; adopted and lost are jobs.',
    labelNames: ['what'],
    registers,
  })
  const bytes = new Counter({
    name: 'jackalope_upkeep_bytes_total',
    help: 'Bytes of the files that the upkeep removed.',
    labelNames: ['what'],
    registers,
  })
  const lastRun = new Gauge({
    name: 'jackalope_upkeep_last_run_timestamp_seconds',
    help: 'When this process tended the stores last; missing until it has.',
    registers,
  })
  // A gauge begins with 0: after each start an alert would see a run of 1970.
  lastRun.remove()
  return ({ sources, audios, jobs, orphans }) => {
    for (const [what, { count, sizeBytes }] of Object.entries({ sources, audios, orphans: orphans.audios })) {
      files.inc({ what }, count)
      bytes.inc({ what }, sizeBytes)
    }
    const { records, unfinished, strays, adoptedVideos: adopted, lostAudios: lost } = orphans
    for (const [what, count] of Object.entries({ jobs, records, unfinished, strays, adopted, lost }))
      files.inc({ what }, count)
    lastRun.setToCurrentTime()
  }
}
