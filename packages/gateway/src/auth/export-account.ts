import { once } from 'node:events'
import { Readable } from 'node:stream'
import type { JobView } from '@jackalope/contracts'
import { accounts } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../access/require-user.ts'
import type { AppDeps } from '../app-deps.ts'
import { bytesOfDownload } from '../files/download-limits.ts'
import { type AllJobsDeps, allJobs } from '../jobs/all-jobs.ts'
import { headersFor, relayAnswer } from './pass-to-auth.ts'

/** `GET /account/export`: what auth knows of the user, then all jobs. They are read while the client takes them, so that
 *  the memory in use does not grow with their number. */
export function exportAccount(
  deps: AllJobsDeps & Pick<AppDeps, 'auth' | 'downloadLimits'>,
): EndpointHandler<typeof accounts.exportAccount, UserState> {
  return async ctx => {
    const { userId } = ctx.state
    deps.downloadLimits.enter(ctx.res, userId, bytesOfDownload)
    const { path } = accounts.exportAccountRecords
    const records = await deps.auth.send({
      method: 'GET',
      path,
      headers: headersFor(ctx),
      body: Buffer.alloc(0),
    })
    if (records.status !== 200) return relayAnswer(ctx, records)
    const stream = Readable.from(exportText(await records.text(), allJobs(userId, deps)))
    // Wait for the first jobs before the status is sent: later errors can only cut the connection.
    await once(stream, 'readable')
    if (ctx.res.destroyed) stream.destroy()
    ctx.set('Cache-Control', 'no-store')
    ctx.attachment('account.json')
    ctx.type = 'json'
    ctx.body = stream
  }
}

/** The JSON text of an object, with the member `jobs` added.
 *  @param records - the object, as JSON */
async function* exportText(records: string, pages: AsyncIterable<JobView[]>): AsyncGenerator<string, void> {
  let text = `${records.trimEnd().replace(/\}$/, '')},"jobs":[`
  let separator = ''
  for await (const page of pages) {
    for (const job of page) {
      text += separator + JSON.stringify(job)
      separator = ','
    }
    yield text
    text = ''
  }
  yield ']}'
}
