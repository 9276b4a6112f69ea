import { z } from 'zod'
import { audioFormat } from './conversion-options.ts'

const seconds = (what: string) => z.int().nullable().describe(`${what}, in seconds; \`null\` is for ever.`)

/** What auth allows in this installation: answer of its `GET /internal/service`. */
export const accountService = z.object({
  registration: z.boolean().describe('Whether anybody can register.'),
  mail: z.boolean().describe('Whether mails are sent. Without them addresses count as confirmed.'),
  /** `null` if nobody can try without an account. */
  guests: z.object({ keptSeconds: z.int() }).nullable(),
})
export type AccountService = z.infer<typeof accountService>

/** What the service offers: answer of `GET /service`. */
export const serviceInfo = accountService
  .extend({
    formats: z.array(audioFormat).describe('What videos are converted to, the default first.'),
    maxUploadBytes: z.int().describe('Largest file of a user.'),
    unverified: z
      .object({
        maxUploadBytes: z.int().describe('Largest file.'),
        uploadsPerDay: z.int().describe('How many files a day.'),
      })
      .describe('Limits of a user until the mail address is confirmed.'),
    retention: z.object({
      sourceSeconds: seconds('How long uploaded files are kept after their jobs have ended'),
      audioSeconds: seconds('How long audio is kept'),
      jobSeconds: seconds('How long jobs are listed whose files are gone'),
    }),
    guests: z
      .object({
        maxUploadBytes: z.int().describe('Largest file of a guest.'),
        maxStoredBytes: z.int().describe('Bytes that a guest may store.'),
        maxOpenJobs: z.int().describe('Jobs of a guest that have not ended.'),
        keptSeconds: z.int().describe('How long a guest and his files are kept, in seconds.'),
      })
      .nullable()
      .describe('Limits of guests; `null` if nobody can try without an account.'),
  })
  .meta({ id: 'ServiceInfo' })
export type ServiceInfo = z.infer<typeof serviceInfo>

/** What a user has, and may have: answer of `GET /account/usage`. */
export const accountUsage = z
  .object({
    storedBytes: z.int().describe('Bytes of uploaded files and audio.'),
    maxStoredBytes: z.int().nullable().describe('`null` is no limit.'),
    openJobs: z.int().describe('Jobs that have not ended, and uploads that go on.'),
    maxOpenJobs: z.int().nullable().describe('`null` is no limit.'),
  })
  .meta({ id: 'AccountUsage' })
export type AccountUsage = z.infer<typeof accountUsage>
