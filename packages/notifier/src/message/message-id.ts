import { createHash } from 'node:crypto'

/** Message-ID (RFC 5322, section 3.6.4) of the mail about a job: the same for every attempt to send it, so that
 *  a mail sent twice can be recognized as one. The domain is the sender's.
 *  @param kind - tells mails about the same job apart. */
export function messageIdOf(
  jobId: string,
  senderAddress: string,
  kind: 'audio-ready' | 'conversion-failed' = 'audio-ready',
): string {
  const domain = senderAddress.slice(senderAddress.lastIndexOf('@') + 1).toLowerCase()
  // Other characters, and very long ids, have no place in a header.
  const name = /^[\w-]{1,64}$/.test(jobId) ? jobId : createHash('sha256').update(jobId).digest('hex')
  return `<${kind}.${name}@${domain}>`
}
