import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileAddress } from '../tools/input-options.ts'
import { parseFolderName } from './folder-name.ts'
import { isGone } from './process-identity.ts'

/** Removes the folders of dead processes, and ends the ffmpeg processes that they left running. Several converters may
 *  do this concurrently.
 *  @param root - absolute path of the folder with the processes' folders */
export async function removeStaleFolders(root: string): Promise<void> {
  for (const name of await readdir(root)) {
    const identity = parseFolderName(name)
    if (!identity || !(await isGone(identity))) continue
    const folder = join(root, name)
    await endOrphans(folder)
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}

/** Ends the processes whose arguments name files of that folder: the ffmpeg of a killed converter would run to its end.
 *  Works only where there is `/proc`. */
async function endOrphans(folder: string): Promise<void> {
  const pids = (await readdir('/proc').catch(() => [])).filter(name => /^\d+$/.test(name)).map(Number)
  const address = `${fileAddress(folder)}/`
  for (const pid of pids) {
    const commandLine = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    if (!commandLine.split('\0').some(argument => argument.startsWith(address))) continue
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // The process has ended meanwhile.
    }
  }
}
