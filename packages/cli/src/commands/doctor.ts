import type { Command, CommandContext } from '../command.ts'
import { type Finding, formatFinding } from '../doctor/finding.ts'
import { inspectFolder } from '../doctor/inspect-folder.ts'
import { inspectRecords } from '../doctor/inspect-records.ts'
import { inspectServers } from '../doctor/inspect-servers.ts'
import { inspectTools } from '../doctor/inspect-tools.ts'
import { parseArguments } from '../parse-arguments.ts'

const sections: [title: string, inspect: (context: CommandContext) => Promise<Finding[]>][] = [
  ['Folder', inspectFolder],
  ['Programs', inspectTools],
  ['Servers', inspectServers],
  ['Runs', inspectRecords],
]

/** Reports what is found, missing and wrong. It starts and installs nothing. */
export const doctor: Command = {
  async run(args, context) {
    parseArguments('doctor', args)
    const { terminal } = context
    const all: Finding[] = []
    for (const [title, inspect] of sections) {
      const findings = await inspect(context)
      terminal.line(title)
      for (const finding of findings) terminal.line(formatFinding(finding))
      all.push(...findings)
    }
    const wrong = all.filter(({ kind }) => kind === 'wrong').length
    terminal.line()
    terminal.line(wrong === 0 ? 'Nothing is wrong.' : `${wrong} to be mended; they are marked WRONG.`)
    return wrong === 0 ? 0 : 1
  },
}
