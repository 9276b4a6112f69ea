// Makes a user an admin: `node grant-admin.ts EMAIL`, with MYSQL_URL, and MAIL as auth has it, in the environment. Exit code
// 0 if he is one now, 1 if not, 64 for wrong arguments, 78 for a wrong environment.
import { ConfigError, oneOf, readConfig } from '@jackalope/service-kit'
import { z } from 'zod'
import { grantAdmin } from './admin/grant-admin.ts'
import { createAuditLog } from './audit/audit-log.ts'
import { databaseUrl } from './auth-config.ts'
import { openDatabase } from './database/database.ts'
import { createUserStore } from './users/user-store.ts'

/** Longest time for everything, in milliseconds. */
const timeLimitMs = 30_000

const variables = z.object({ MYSQL_URL: databaseUrl(), MAIL: oneOf('off').optional() })

process.exitCode = await run(process.argv.slice(2))

async function run([email, ...more]: string[]): Promise<number> {
  if (!email || more.length > 0) return say('Say who: node grant-admin.ts EMAIL', 64)
  let config: z.output<typeof variables>
  try {
    config = readConfig(variables, process.env)
  } catch (error) {
    if (error instanceof ConfigError) return say(error.message, 78)
    throw error
  }
  const database = openDatabase(config.MYSQL_URL)
  try {
    await database.prepare(AbortSignal.timeout(timeLimitMs))
    const users = createUserStore(database, { verification: config.MAIL === undefined })
    const outcome = await grantAdmin({ database, users, audit: createAuditLog(database) }, email)
    if (outcome === 'unknown')
      return say(`Nobody has registered ${email}. Register first, then call this again.`, 1)
    if (outcome === 'unverified')
      return say(
        `${email} has not been confirmed, so anybody may have registered it. Open the link in the mail first, or set MAIL=off if this installation sends no mail.`,
        1,
      )
    process.stdout.write(
      outcome === 'granted'
        ? `${email} is an admin now. Log in again, or refresh the token.\n`
        : `${email} is an admin already.\n`,
    )
    return 0
  } catch (error) {
    return say(`The user database cannot be asked: ${(error as Error).message}`, 1)
  } finally {
    await database.close()
  }
}

function say(text: string, exitCode: number): number {
  process.stderr.write(`${text}\n`)
  return exitCode
}
