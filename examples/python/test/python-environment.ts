import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)
const folder = join(import.meta.dirname, '../../../.jackalope/python-bullmq')
const python = join(folder, 'bin/python')
const requirements = join(import.meta.dirname, '../requirements.txt')

/** A Python with BullMQ's client, in a virtual environment that is made once, which takes some seconds.
 *  `undefined` where there is no Python that can make one, or nothing to install from. */
export async function pythonWithBullmq(): Promise<string | undefined> {
  const hasBullmq = () => run(python, ['-c', 'import bullmq'])
  try {
    await hasBullmq()
  } catch {
    try {
      await run('python3', ['-m', 'venv', '--clear', folder], { timeout: 180_000 })
      await run(python, ['-m', 'pip', 'install', '--quiet', '-r', requirements], { timeout: 180_000 })
      await hasBullmq()
    } catch {
      return undefined
    }
  }
  return python
}
