import { z } from 'zod'
import { type Explained, explained } from './explanations/explain.ts'
import { explanation } from './explanations/schema.ts'

/** One attempt of a conversion, as its owner sees it. */
export const attemptRecord = z.object({
  /** 1 for the first. */
  attempt: z.number(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
  reason: z.string().optional().describe('Why the attempt failed.'),
  explanation: explanation.optional(),
})
export type AttemptRecord = z.infer<typeof attemptRecord>

const line = z.union([
  z.object({ attempt: z.number(), startedAt: z.iso.datetime() }),
  z.object({
    attempt: z.number(),
    endedAt: z.iso.datetime(),
    reason: z.string().optional(),
    explanation: explanation.optional(),
  }),
])

/** Line of a job's log: an attempt has started. */
export function attemptStarted(attempt: number, at = new Date()): string {
  return JSON.stringify({ attempt, startedAt: at.toISOString() })
}

/** Line of a job's log: an attempt has ended.
 *  @param failure - why it failed, for the owner; `undefined` when it succeeded */
export function attemptEnded(attempt: number, failure?: Partial<Explained>, at = new Date()): string {
  const { text: reason, explanation } = failure ?? {}
  return JSON.stringify({ attempt, endedAt: at.toISOString(), reason, explanation })
}

/** Puts the lines of a job's log together; other lines are skipped. An attempt without an end runs, or lost its converter:
 *  then the next one has started, or the job has ended.
 *  @param isOver - whether the job does not run now
 *  @param last - the attempt that ended the job, as the video's metadata have it: the log may not tell its end yet, or be
 *    lost */
export function readAttempts(
  lines: readonly string[],
  isOver: boolean,
  last?: AttemptRecord,
): AttemptRecord[] {
  const attempts: AttemptRecord[] = []
  for (const text of lines) {
    const entry = parseLine(text)
    if (!entry) continue
    const begun = attempts.at(-1)
    if ('startedAt' in entry) attempts.push(entry)
    else if (begun?.attempt === entry.attempt && !begun.endedAt)
      attempts[attempts.length - 1] = { ...begun, ...entry }
  }
  if (last) {
    const logged = attempts.at(-1)
    if (!logged) return [last]
    if (!logged.endedAt && logged.attempt === last.attempt)
      attempts[attempts.length - 1] = { ...last, startedAt: logged.startedAt }
  }
  return attempts.map((each, index) =>
    each.endedAt || (index === attempts.length - 1 && !isOver) ? each : { ...each, ...lost },
  )
}

const stopped = explained('converter-stopped', {})
const lost = { reason: stopped.text, explanation: stopped.explanation }

function parseLine(text: string) {
  try {
    const parsed = line.safeParse(JSON.parse(text))
    return parsed.success ? parsed.data : undefined
  } catch {
    return undefined
  }
}
