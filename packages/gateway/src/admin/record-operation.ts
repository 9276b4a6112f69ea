import type { Operation, OperatorAction } from '@jackalope/contracts'
import { operations } from '@jackalope/contracts/api'
import { scopeMissing, unavailable } from '@jackalope/service-kit'
import type { Context } from 'koa'
import type { UserState } from '../access/require-user.ts'
import type { AuthClient } from '../auth/auth-client.ts'

/** Longest text of a detail, in characters. */
const maxDetail = 300

/** Records in auth's audit log what an admin is about to do. What cannot be recorded is not done: nothing happens to the
 *  service without an entry. Auth asks its database whether the user is an admin now; an access token is minutes old.
 *  @throws {HttpProblem} 403 if he is none any more, 503 when auth does not answer */
export async function recordOperation(
  ctx: Context & { state: UserState },
  { action, detail }: { action: OperatorAction; detail: Record<string, string> },
  { auth }: { auth: Pick<AuthClient, 'sendAsService'> },
): Promise<void> {
  const body: Operation = {
    actorId: ctx.state.userId,
    action,
    clientAddress: ctx.ip,
    userAgent: ctx.get('User-Agent').slice(0, 1_000) || undefined,
    detail: Object.fromEntries(
      Object.entries(detail).map(([name, text]) => [name, text.slice(0, maxDetail)]),
    ),
  }
  const { path, method } = operations.recordOperation
  const answer = await auth.sendAsService({ method, path, body: Buffer.from(JSON.stringify(body)) })
  if (answer.status === 204) return
  if (answer.status === operations.notAnAdmin.status) throw scopeMissing('role admin')
  throw unavailable('The user service', { cause: new Error(`auth answered ${answer.status}`) })
}
