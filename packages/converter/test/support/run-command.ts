import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execFileAsync = promisify(execFile)

/** Runs ffmpeg to make a test file; its complaints are in the error. */
export async function ffmpeg(...args: string[]): Promise<void> {
  await execFileAsync('ffmpeg', ['-nostdin', '-hide_banner', '-v', 'error', '-y', ...args])
}
