import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Addresses } from '@jackalope/local-servers'
import { isServerRunning, writePrivateFile } from '@jackalope/local-servers/stopping'
import type { Project } from '../project.ts'
import type { BlobVariables } from './blob-variables.ts'
import type { MailSetting } from './mail-setting.ts'
import { serviceDir } from './service-names.ts'

/** What is recorded about the system of `up` or `demo`. */
export interface SystemRecord {
  startedBy: 'up' | 'demo'
  /** The servers' addresses, with passwords. */
  addresses: Addresses
  blobs: BlobVariables
  /** @default on, in records of older versions */
  mail?: MailSetting
}

/** The record of the system; `undefined` when it was not started, or was stopped. */
export async function readSystemRecord(project: Project): Promise<SystemRecord | undefined> {
  try {
    return JSON.parse(await readFile(recordFile(project), 'utf8')) as SystemRecord
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

export async function writeSystemRecord(project: Project, record: SystemRecord): Promise<void> {
  await writePrivateFile(recordFile(project), `${JSON.stringify(record, null, 2)}\n`)
}

export async function removeSystemRecord(project: Project): Promise<void> {
  await rm(recordFile(project), { force: true })
}

/** The record of the system of `up`, if its gateway runs; after a restart of the machine it does not. */
export async function findRunningUp(project: Project): Promise<SystemRecord | undefined> {
  const record = await readSystemRecord(project)
  if (record?.startedBy !== 'up' || !(await isServerRunning(serviceDir(project, 'gateway')))) return undefined
  return record
}

function recordFile({ state }: Project): string {
  return join(state, 'system.json')
}
