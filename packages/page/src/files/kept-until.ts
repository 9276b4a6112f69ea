import type { Job } from '../jobs/job.ts'

/** Until when the audio of a job is kept; `undefined` for ever, or while nobody knows.
 *  @param audioSeconds - how long audio is kept; `null` for ever
 *  @param guestUntil - when a guest's files are removed */
export function keptUntil(
  { finishedAt }: Pick<Job, 'finishedAt'>,
  { audioSeconds, guestUntil }: { audioSeconds: number | null | undefined; guestUntil?: string | undefined },
): Date | undefined {
  const ends = [
    audioSeconds && finishedAt ? Date.parse(finishedAt) + audioSeconds * 1_000 : undefined,
    guestUntil ? Date.parse(guestUntil) : undefined,
  ].filter(end => end !== undefined)
  return ends.length > 0 ? new Date(Math.min(...ends)) : undefined
}
