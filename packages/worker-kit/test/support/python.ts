import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const VENV = join(import.meta.dirname, '../../../../.jackalope/python-pika')

/** A Python that has pika: the system's, or a virtual environment that is made once, which takes some seconds.
 *  `undefined` where there is no Python that can make one, or nothing to install from. */
export async function pythonWithPika(): Promise<string | undefined> {
  const own = join(VENV, 'bin/python')
  try {
    await run('python3', ['-c', 'import pika'])
    return 'python3'
  } catch {
    // Debian's python3-pika is not installed.
  }
  try {
    await run(own, ['-c', 'import pika'])
    return own
  } catch {
    // Not made yet.
  }
  try {
    await run('python3', ['-m', 'venv', '--clear', VENV], { timeout: 180_000 })
    await run(own, ['-m', 'pip', 'install', '--quiet', 'pika==1.3.2'], { timeout: 180_000 })
    await access(own)
    return own
  } catch {
    return undefined
  }
}
