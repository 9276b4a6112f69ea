import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'
import { eraseData, stopSystem } from '../system/stop-system.ts'
import { lockSystem } from '../system/system-lock.ts'

export const down: Command = {
  async run(args, context) {
    const { switches } = parseArguments('down', args, { switches: ['erase', 'yes'] })
    const { project, terminal } = context
    const lock = await lockSystem(context, 'down')
    try {
      const began = performance.now()
      terminal.line('Stopping ...')
      await stopSystem(project)
      if (switches.has('erase')) await eraseData(project)
      const data = switches.has('erase') ? 'its data are deleted' : 'its data are kept'
      terminal.done(`Nothing runs any more; ${data}`, performance.now() - began)
      return 0
    } finally {
      await lock.release()
    }
  },
}
