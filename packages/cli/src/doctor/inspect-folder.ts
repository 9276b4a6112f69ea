import { access, constants, mkdir, mkdtemp, rm, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { CommandContext } from '../command.ts'
import { givenBlobVariables } from '../system/blob-variables.ts'
import type { Finding } from './finding.ts'

const gibibyte = 1024 ** 3

/** Least free space for RabbitMQ, the databases and a conversion. */
const leastFreeBytes = gibibyte

/** Whether the project's folder is readable and writable and has free space. */
export async function inspectFolder(context: CommandContext): Promise<Finding[]> {
  const { root, state, logs, servers, services } = context.project
  try {
    await access(root, constants.R_OK | constants.X_OK)
    for (const folder of [state, logs, servers, services]) await tryToWrite(folder)
  } catch (error) {
    const { message } = error as Error
    return [{ kind: 'wrong', text: `The project's folder must be readable and writable: ${message}` }]
  }
  const folder: Finding = { kind: 'ok', text: `The project's folder: ${root}` }
  return [folder, await inspectDisk(state), ...(await inspectBlobFolder(context))]
}

/** Free space on the disk of a folder. */
export async function inspectDisk(folder: string): Promise<Finding> {
  const { bavail, bsize } = await statfs(folder)
  const free = `${((bavail * bsize) / gibibyte).toFixed(1)} GiB free`
  if (bavail * bsize >= leastFreeBytes) return { kind: 'ok', text: `Disk: ${free}` }
  return {
    kind: 'wrong',
    text: `The disk of ${folder} is nearly full: ${free}; make room for at least 1 GiB`,
  }
}

async function inspectBlobFolder(context: CommandContext): Promise<Finding[]> {
  try {
    const blobs = givenBlobVariables(context)
    if (blobs?.BLOB_STORE !== 'disk') return []
    await tryToWrite(blobs.BLOB_DIR)
    return [{ kind: 'ok', text: `Videos and audio: ${blobs.BLOB_DIR} (BLOB_STORE=disk)` }]
  } catch (error) {
    return [{ kind: 'wrong', text: `BLOB_STORE, BLOB_DIR: ${(error as Error).message}` }]
  }
}

async function tryToWrite(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true })
  await rm(await mkdtemp(join(folder, '.doctor-')), { recursive: true })
}
