import { readdir } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { isPortFree, isRunning, readServerRecord } from '@jackalope/local-servers'
import type { CommandContext } from '../command.ts'
import { readSystemRecord } from '../system/system-record.ts'
import type { Finding } from './finding.ts'

/** What earlier runs left: running processes, records of killed ones, and ports that other programs use now. */
export async function inspectRecords({ project }: CommandContext): Promise<Finding[]> {
  const findings: Finding[] = []
  const system = await readSystemRecord(project).catch((error: Error) => error)
  if (system instanceof Error)
    findings.push({ kind: 'wrong', text: `${join(project.state, 'system.json')} is damaged: remove it` })
  else
    findings.push({ kind: 'ok', text: system ? `Started by ./jackalope ${system.startedBy}` : 'Not started' })

  for (const folder of [project.servers, project.services])
    for (const name of await readdir(folder).catch(() => []))
      findings.push(...(await inspectRecord(join(folder, name))))
  return findings
}

async function inspectRecord(dir: string): Promise<Finding[]> {
  const record = await readServerRecord(dir)
  if (!record) return []
  const { title, processes, ports } = record
  const alive = processes.filter(isRunning)
  if (alive.length > 0 && alive.length === processes.length) return []
  const findings: Finding[] = []
  if (processes.length > 0)
    findings.push({
      kind: 'note',
      text: `${title} was killed and is still recorded (${basename(dirname(dir))}/${basename(dir)}); ./jackalope down tidies up`,
    })
  for (const port of Object.values(ports))
    if (alive.length === 0 && !(await isPortFree(port)))
      findings.push({ kind: 'note', text: `Port ${port}, which ${title} had, is taken: it gets another one` })
  return findings
}
