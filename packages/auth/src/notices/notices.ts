import type { NoticeOutcome, NoticeState } from '@jackalope/contracts'
import type { Database } from '../database/database.ts'

/** Which mails about jobs were sent. The notifier asks before it sends one: Redis, which remembers it as a completed job, may
 *  have been set back to an older copy. */
export interface Notices {
  find(id: string): Promise<NoticeState>
  /** Stores what came of sending it. Of a user who is gone nothing is stored. */
  record(id: string, outcome: NoticeOutcome): Promise<NoticeState>
  /** Removes at most `limit` entries from before a time; gives their number. */
  removeBefore(time: Date, limit: number): Promise<number>
}

export function createNotices({ select, change }: Database): Notices {
  async function find(id: string): Promise<NoticeState> {
    const [row] = await select<{ sentAt: Date | null; doubts: number }>(
      'SELECT sent_at AS sentAt, doubts FROM notices WHERE id = ?',
      [id],
    )
    return { sent: row?.sentAt != null, doubts: Number(row?.doubts ?? 0) }
  }
  return {
    find,
    async record(id, { userId, outcome }) {
      const now = new Date()
      const [sentAt, doubts] = outcome === 'sent' ? [now, 0] : [null, 1]
      await change(
        `INSERT INTO notices (id, user_id, sent_at, doubts, created_at) SELECT ?, id, ?, ?, ? FROM users WHERE id = ?
         ON DUPLICATE KEY UPDATE sent_at = COALESCE(notices.sent_at, ?), doubts = notices.doubts + ?`,
        [id, sentAt, doubts, now, userId, sentAt, doubts],
      )
      return find(id)
    },
    removeBefore: (time, limit) =>
      change('DELETE FROM notices WHERE created_at < ? ORDER BY created_at LIMIT ?', [time, limit]),
  }
}
