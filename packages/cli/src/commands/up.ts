import { openPage } from '../browser/open-page.ts'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'
import { withComposeServers } from '../system/compose-addresses.ts'
import { givenMailSetting } from '../system/mail-setting.ts'
import { prepareSystem } from '../system/prepare-programs.ts'
import { type RunningSystem, startSystem } from '../system/start-system.ts'
import { stopSystem } from '../system/stop-system.ts'
import { lockSystem } from '../system/system-lock.ts'
import { findRunningUp } from '../system/system-record.ts'
import type { Terminal } from '../terminal.ts'

export const up: Command = {
  async run(args, context) {
    const { switches } = parseArguments('up', args, { switches: ['yes', 'no-open'] })
    const { project, terminal, env } = context
    const mail = givenMailSetting(context.env)
    const lock = await lockSystem(context, 'up')
    try {
      const wasUp = await findRunningUp(project)
      // Stop what a killed demo left: its processes end soon, and must not become part of this system.
      if (!wasUp) await stopSystem(project)
      let isWhole = wasUp !== undefined
      try {
        const composed = await withComposeServers(context)
        const blobs = await prepareSystem(composed, { yes: switches.has('yes'), purpose: 'system' })
        isWhole = false
        const system = await startSystem(composed, { startedBy: 'up', blobs, mail })
        const { isInteractive } = terminal
        const isOpened = !switches.has('no-open') && openPage(system.urls.gateway, { env, isInteractive })
        printAddresses(system, isOpened, terminal, project.logs)
      } catch (error) {
        // A running system was not changed: leave it alone.
        if (isWhole) throw error
        terminal.line('Stopping what was started ...')
        await stopSystem(project)
        throw error
      }
      return 0
    } finally {
      await lock.release()
    }
  },
}

function printAddresses(
  { urls, mail, mailDir }: RunningSystem,
  isOpened: boolean,
  { line }: Terminal,
  logs: string,
): void {
  line()
  line(`Jackalope is up: ${urls.gateway}`)
  line(isOpened ? '  Your browser opens it.' : '  Open it in a browser, and drop a video.')
  line()
  line(`  mails   ${mail === 'off' ? 'are not sent (MAIL=off)' : (mailDir ?? 'go to the given SMTP_URL')}`)
  line(`  logs    ${logs}`)
  line()
  line('The same without a browser:')
  line(`  curl -X POST ${urls.gateway}/register -H 'Content-Type: application/json' \\`)
  line(`       -d '{"email":"ada@example.com","password":"Correct-horse-9"}'`)
  line(`  curl -X POST ${urls.gateway}/login -u ada@example.com:Correct-horse-9`)
  line(`  curl -X POST -F 'file=@./song.mp4' -H 'Authorization: Bearer TOKEN' ${urls.gateway}/upload`)
  line()
  line('./jackalope down stops it.')
}
