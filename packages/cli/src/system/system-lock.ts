import { join } from 'node:path'
import { CliError } from '../cli-error.ts'
import type { CommandContext } from '../command.ts'
import { type RunLock, takeLock } from '../run-lock.ts'

/** Takes the lock of the system: one command at a time starts or stops it, and others wait. `down` does not wait for a
 *  `demo`, which stops the system itself. */
export async function lockSystem(
  { project, terminal, signal }: CommandContext,
  purpose: 'up' | 'down' | 'demo',
): Promise<RunLock> {
  return await takeLock(join(project.state, 'system.lock'), {
    purpose,
    signal,
    onWait(holder) {
      if (purpose === 'down' && holder.purpose === 'demo')
        throw new CliError(
          `a demo is running (process ${holder.pid}) and stops everything when it ends; to end it now: kill ${holder.pid}`,
        )
      terminal.line(`Waiting for ./jackalope ${holder.purpose} (process ${holder.pid}) to finish ...`)
    },
  })
}
