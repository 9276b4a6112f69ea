import { type NoticeOutcome, type NoticeState, noticeState } from '@jackalope/contracts'
import { type AuthOptions, askAuth } from './ask-auth.ts'

/** What auth remembers of mails about jobs. All methods
 *  @throws {NotifierError} `ERR_AUTH_REFUSED`, `ERR_AUTH_UNAVAILABLE` */
export interface NoticeDirectory {
  find(id: string, signal: AbortSignal): Promise<NoticeState>
  record(id: string, outcome: NoticeOutcome, signal: AbortSignal): Promise<NoticeState>
}

export function createNoticeDirectory(options: AuthOptions): NoticeDirectory {
  const questionOf = (id: string) => ({
    path: `/internal/notices/${encodeURIComponent(id)}`,
    ...{ what: `notice ${id}`, schema: noticeState, isRight: () => true, verdicts: {} },
  })
  return {
    find: (id, signal) => askAuth(options, questionOf(id), signal),
    record: (id, body, signal) => askAuth(options, { ...questionOf(id), method: 'PUT', body }, signal),
  }
}
