import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'

export const help: Command = {
  async run(args, { terminal }) {
    parseArguments('help', args)
    // A file, so that ./jackalope can show it without Node.js.
    terminal.line((await readFile(join(import.meta.dirname, '../../help.txt'), 'utf8')).trimEnd())
    return 0
  },
}
