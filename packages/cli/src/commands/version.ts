import packageJson from '../../package.json' with { type: 'json' }
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'

export const version: Command = {
  async run(args, { terminal }) {
    parseArguments('version', args)
    terminal.line(`jackalope ${packageJson.version} (Node.js ${process.versions.node})`)
    return 0
  },
}
