import { CliError, UsageError } from '../cli-error.ts'
import type { Command, CommandContext } from '../command.ts'
import { parseArguments } from '../parse-arguments.ts'
import { runScript } from '../run-script.ts'
import { findRunningUp } from '../system/system-record.ts'

/** Makes a user of the running system an admin, by a program of auth. */
export const admin: Command = {
  async run(args, context) {
    const { operands } = parseArguments('admin', args, { maxOperands: 1 })
    const [email] = operands
    if (email === undefined) throw new UsageError('admin: the e-mail address is missing')
    if (!email.includes('@')) throw new UsageError(`admin: expected an e-mail address, got "${email}"`)
    const env = { ...context.env, ...(await findDatabase(context)) }
    return await runScript(
      'packages/auth/src/grant-admin.ts',
      [email],
      { ...context, env },
      { stdio: 'inherit' },
    )
  },
}

/** The database of the running system takes precedence: nobody is to become an admin of another one. */
async function findDatabase({ project, env }: CommandContext): Promise<Record<string, string>> {
  const running = await findRunningUp(project)
  if (running) return { MYSQL_URL: running.addresses.MYSQL_URL, MAIL: running.mail === 'off' ? 'off' : '' }
  if (env.MYSQL_URL || env.MYSQL_URL_FILE) return {}
  throw new CliError(
    'admin: nothing is running: ./jackalope up starts it; or give MYSQL_URL of the database of another system',
  )
}
