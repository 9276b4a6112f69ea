import type { Language } from '@jackalope/contracts'
import type { MailAddress } from '../mail/outgoing-mail.ts'
import { displayFileName } from './display-values.ts'
import { fill, textsIn } from './language.ts'
import { type Letter, link, paragraph } from './letter.ts'

/** What every mail about a job needs besides the job. */
export interface MessageOptions {
  from: MailAddress
  /** The owner's address. */
  to: string
  /** The gateway's address as users see it, without a trailing slash. */
  publicUrl: string
  /** Whether this is the last mail that the owner gets for a while. @default false */
  isLast?: boolean
  /** @default en */
  language?: Language
  /** Address with which the owner ends mails about jobs. @default none is offered */
  unsubscribeUrl?: string
}

/** What every letter about a job has: its end, and a last paragraph when no other mail comes for a while. */
export function jobLetter(
  { jobId, title, blocks }: { jobId: string } & Pick<Letter, 'title' | 'blocks'>,
  { publicUrl, isLast = false, language, unsubscribeUrl }: MessageOptions,
): Letter {
  const texts = textsIn(language)
  const last = isLast ? [paragraph(fill(texts.lastMail, { site: publicUrl }))] : []
  return {
    ...{ title, blocks: [...blocks, ...last], language },
    footer: fill(texts.aboutJob, { job: displayFileName(jobId) }),
    postscript: unsubscribeUrl === undefined ? [] : [paragraph(texts.unsubscribe), link(unsubscribeUrl)],
  }
}
