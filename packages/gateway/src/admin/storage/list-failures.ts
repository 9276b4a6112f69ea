import type { FailureList, FailureReason } from '@jackalope/contracts'
import type { adminStorage } from '@jackalope/contracts/api'
import type { EndpointHandler } from '@jackalope/service-kit'
import type { UserState } from '../../access/require-user.ts'
import type { Census } from '../../upkeep/census/census.ts'
import { countedDays, maxExamples } from '../../upkeep/census/count-failures.ts'
import type { AdminDeps } from '../admin-deps.ts'

const dayMs = 86_400_000

/** Days that are shown if none are asked for. */
const usualDays = 7

/** `GET /admin/failures`: what the upkeep counted. */
export function listFailures({
  censusMemory,
}: Pick<AdminDeps, 'censusMemory'>): EndpointHandler<typeof adminStorage.listFailures, UserState> {
  return async (ctx, { query }) => {
    const since = firstDay(query.since, Date.now())
    const counted = await censusMemory.recall()
    const days = (counted?.failures ?? []).filter(({ day }) => day >= since)
    const reasons = addUp(days)
    ctx.set('Cache-Control', 'no-store')
    ctx.body = {
      countedAt: counted?.at,
      since,
      total: reasons.reduce((total, { count }) => total + count, 0),
      reasons,
      days: days.map(({ day, reasons: ofDay }) => ({ day, count: sum(ofDay) })),
    } satisfies FailureList
  }
}

/** The first day that is shown, in UTC. */
export function firstDay(since: Date | undefined, now: number): string {
  const wanted = since?.getTime() ?? now - usualDays * dayMs
  const earliest = now - countedDays * dayMs
  return new Date(Math.min(now, Math.max(wanted, earliest))).toISOString().slice(0, 10)
}

/** The reasons of some days, oldest first, put together: the most frequent first, with the newest examples. */
export function addUp(days: Census['failures']): FailureReason[] {
  const reasons = new Map<string, FailureReason>()
  for (const day of days)
    for (const reason of day.reasons) {
      const { code, count, lastAt, examples } = reasons.get(reason.code) ?? {
        ...reason,
        count: 0,
        examples: [],
      }
      reasons.set(code, {
        code,
        count: count + reason.count,
        lastAt: later(reason.lastAt, lastAt),
        examples: [...reason.examples, ...examples].slice(0, maxExamples),
      })
    }
  return [...reasons.values()].sort((one, other) => other.count - one.count)
}

/** The later of two times in the form of RFC 3339, in UTC. */
function later(one: string, other: string): string {
  return one < other ? other : one
}

function sum(reasons: readonly Pick<FailureReason, 'count'>[]): number {
  return reasons.reduce((total, { count }) => total + count, 0)
}
