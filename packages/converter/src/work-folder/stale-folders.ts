import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileAddress } from '../tools/input-options.ts'
import { parseFolderName } from './folder-name.ts'
import { isGone } from './process-identity.ts'

/** Removes the folders of processes that are gone, and ends the ffmpeg that such a process left running.
 *  Several processes may do so at the same time.
 *  @param root - absolute path of the folder that holds them. */
export async function removeStaleFolders(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const identity = parseFolderName(name)
    if (!identity || !(await isGone(identity))) continue
    const folder = join(root, name)
    await endOrphans(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Ends the processes that were told to work on files of that folder: a killed converter's ffmpeg would go on to the
 *  end. Only where there is `/proc`. */
async function endOrphans(folder: string): Promise<void> {
  const pids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name)).map(Number)
  const address = `${fileAddress(folder)}/`
  for (const pid of pids) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (!commandLine.split('\0').some(argument => argument.startsWith(address))) continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has ended by itself.
    }
  }
}
