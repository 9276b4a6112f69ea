import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isPortFree, isRunning, readServerRecord, type ServerRecord } from '@jackalope/local-servers'
import type { CommandContext } from '../command.ts'
import type { Project } from '../project.ts'
import { readSystemRecord } from '../system/system-record.ts'
import type { Finding } from './finding.ts'
import { inspectReadiness } from './inspect-readiness.ts'

interface RecordedProcess {
  dir: string
  record: ServerRecord
  /** As one whole: all of its processes run. */
  isUp: boolean
  /** Some of its processes run. */
  isAlive: boolean
}

/** What runs and is not well, and what earlier runs left: records of killed ones, and ports that other programs use now. */
export async function inspectRecords({ project }: CommandContext): Promise<Finding[]> {
  const findings: Finding[] = []
  const system = await readSystemRecord(project).catch((error: Error) => error)
  if (system instanceof Error)
    findings.push({ kind: 'wrong', text: `${join(project.state, 'system.json')} is damaged: remove it` })
  else
    findings.push({ kind: 'ok', text: system ? `Started by ./jackalope ${system.startedBy}` : 'Not started' })

  const recorded = await recordedProcesses(project)
  const runs = !(system instanceof Error) && system !== undefined && recorded.some(({ isAlive }) => isAlive)
  for (const each of recorded)
    if (!each.isUp) findings.push(...(await inspectEnded(each, runs)))
    else if (dirname(each.dir) === project.services)
      findings.push(...(await inspectReadiness(each.record, project.logs)))
  return findings
}

async function recordedProcesses({ servers, services }: Project): Promise<RecordedProcess[]> {
  const found: RecordedProcess[] = []
  for (const folder of [servers, services])
    for (const name of await readdir(folder).catch(() => [])) {
      const dir = join(folder, name)
      const record = await readServerRecord(dir)
      if (!record) continue
      const running = record.processes.filter(isRunning).length
      const isUp = running > 0 && running === record.processes.length
      found.push({ dir, record, isUp, isAlive: running > 0 })
    }
  return found
}

/** @param runs - whether others of the system run */
async function inspectEnded({ dir, record, isAlive }: RecordedProcess, runs: boolean): Promise<Finding[]> {
  const { title, processes, ports } = record
  const findings: Finding[] = []
  const place = `${basename(dirname(dir))}/${basename(dir)}`
  if (processes.length > 0)
    findings.push(
      runs
        ? {
            kind: 'wrong',
            text: `${title} has ended, and the others run (${place}); ./jackalope up starts it again`,
          }
        : {
            kind: 'note',
            text: `${title} was killed and is still recorded (${place}); ./jackalope down tidies up`,
          },
    )
  for (const port of Object.values(ports))
    if (!isAlive && !(await isPortFree(port)))
      findings.push({ kind: 'note', text: `Port ${port}, which ${title} had, is taken: it gets another one` })
  return findings
}
