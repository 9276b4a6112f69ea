import { resolve } from 'node:path'
import type { Command, CommandContext } from '../command.ts'
import { checkVideo } from '../demo/check-video.ts'
import { convertByPage } from '../demo/convert-by-page.ts'
import { type AudioFormat, audioFormats, convertVideo } from '../demo/convert-video.ts'
import { makeSampleVideo } from '../demo/sample-video.ts'
import { parseArguments } from '../parse-arguments.ts'
import { withComposeServers } from '../system/compose-addresses.ts'
import { givenMailSetting } from '../system/mail-setting.ts'
import { preparePrograms, prepareSystem } from '../system/prepare-programs.ts'
import { type RunningSystem, startSystem } from '../system/start-system.ts'
import { stopSystem } from '../system/stop-system.ts'
import { lockSystem } from '../system/system-lock.ts'
import { findRunningUp } from '../system/system-record.ts'

export const demo: Command = {
  async run(args, context) {
    const { switches, values, operands } = parseArguments('demo', args, {
      switches: ['yes', 'page'],
      values: { format: audioFormats },
      maxOperands: 1,
    })
    const given = operands[0] === undefined ? undefined : resolve(context.cwd, operands[0])
    if (given !== undefined) await checkVideo(given)
    const format = values.format as AudioFormat | undefined
    const browser = switches.has('page')
    await withSystem(context, { yes: switches.has('yes'), browser }, async system => {
      const video = given ?? (await makeSampleVideo(context))
      await (browser ? convertByPage : convertVideo)({ video, format }, system, context)
    })
    return 0
  },
}

/** Uses the system of `up` if it runs. Otherwise it starts a system, and always stops it at the end. */
async function withSystem(
  context: CommandContext,
  programs: { yes: boolean; browser: boolean },
  work: (system: RunningSystem) => Promise<void>,
): Promise<void> {
  const { project, terminal } = context
  const lock = await lockSystem(context, 'demo')
  let stopNeeded = false
  try {
    const up = await findRunningUp(project)
    if (up) {
      if (programs.browser && !context.env.CHROMIUM_PATH)
        await preparePrograms(context, { yes: programs.yes, needs: ['chromium'] })
      const system = await startSystem(await withComposeServers(context), up)
      await lock.release()
      return await work(system)
    }
    const mail = givenMailSetting(context.env)
    // A killed demo may have left processes.
    await stopSystem(project)
    stopNeeded = true
    const composed = await withComposeServers(context)
    const blobs = await prepareSystem(composed, { ...programs, purpose: 'system' })
    await work(await startSystem(composed, { startedBy: 'demo', blobs, mail }))
  } finally {
    if (stopNeeded) {
      const began = performance.now()
      terminal.line('Stopping everything ...')
      await stopSystem(project)
      terminal.done('Nothing runs any more', performance.now() - began)
    }
    await lock.release()
  }
}
