import { mailOfNotice, type NoticeOutcome, type NoticeState } from '@jackalope/contracts'
import type { Database } from '../database/database.ts'

/** Which mails were sent: those about jobs are in `notices`, those about accounts in `account_mails`. The notifier asks before it sends one: Redis, which remembers it as a completed job, may
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
    const mailId = mailOfNotice(id)
    const table = mailId === undefined ? 'notices' : 'account_mails'
    const [row] = await select<{ sentAt: Date | null; doubts: number }>(
      `SELECT sent_at AS sentAt, doubts FROM ${table} WHERE id = ?`,
      [mailId ?? id],
    )
    return { sent: row?.sentAt != null, doubts: Number(row?.doubts ?? 0) }
  }
  return {
    find,
    async record(id, { userId = '', outcome }) {
      const now = new Date()
      const [sentAt, doubts] = outcome === 'sent' ? [now, 0] : [null, 1]
      const mailId = mailOfNotice(id)
      if (mailId !== undefined) {
        const sql =
          'UPDATE account_mails SET sent_at = COALESCE(sent_at, ?), doubts = doubts + ? WHERE id = ?'
        await change(sql, [sentAt, doubts, mailId])
        return find(id)
      }
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
