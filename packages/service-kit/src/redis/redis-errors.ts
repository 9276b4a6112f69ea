import { TimeLimitError } from '../lifecycle/time-limit.ts'

/** Answers of a server that cannot serve at the moment, by how they begin. */
const notNow =
  /^(LOADING|BUSY|READONLY|MASTERDOWN|OOM|MISCONF|NOREPLICAS|CLUSTERDOWN|TRYAGAIN|NOAUTH|WRONGPASS|NOPERM|ERR max number of clients)/

/** What ioredis says when it has no connection or no answer. */
const unanswered =
  /^(Command timed out|Connection is closed|Stream isn't writeable|Socket timeout|Reached the max)/

/** Whether an error means that Redis does not serve at the moment, rather than that a command was wrong. */
export function isRedisAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  if (error.name === 'ReplyError') return notNow.test(error.message)
  const isNetworkError = 'syscall' in error || error instanceof TimeLimitError
  return isNetworkError || unanswered.test(error.message)
}

/** Takes what may be secret out of an error: ioredis attaches the command with its arguments, such as a password.
 *  @returns the same error */
export function withoutArguments<E>(error: E): E {
  const { command } = (error ?? {}) as { command?: { name?: string } }
  if (command) Object.assign(error as object, { command: { name: command.name } })
  return error
}
